"""What a bundle on a stick may be, and what is said of each: twice, for others, damaged, in parts, cut off, stopped."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest

from desktop.records import AnswerGiven
from desktop.services.backups.backup_file import Cancelled
from desktop.services.bundles import bundle_files
from desktop.services.bundles.bundle_files import bundles_folder, read_part_front, room_on
from desktop.services.bundles.bundles import KEPT_DAYS
from desktop.services.interview.attachments import take_in
from desktop.vault.file.bundle_container import write_front
from protocol.errors import EnvironmentProblem, OpmaatError, UserError
from protocol.identifiers import OrganisationId
from tests.unit.media.samples import pdf
from tests.unit.records.cases import CONTEXT
from tests.unit.services.attaching import attach
from tests.unit.services.bundles.sticks import (
    gathered,
    give,
    going_on,
    ignore,
    judged,
    made,
    offered,
    put,
    read,
    sealed,
    take,
)
from tests.unit.services.plan_world import TOWN, World, make_world

SMALL = 8_000


def _attached(world: World) -> None:
    attach(world.azc.services.attachments, world.dossier, take_in("a.pdf", pdf()))


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[World]:
    """Return the two organisations, with an attachment in the case and the case sent but not told."""
    made = make_world(tmp_path, _attached, offered)
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Return the folder of a stick."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(OpmaatError) as caught:
        act()
    return caught.value.code


def everything_in(world: World) -> list[object]:
    journal = world.town.journal
    return [*journal.outbox.rows_after(0, 9999), *journal.dossiers(), journal.quarantined(world.dossier)]


def test_the_same_bundle_twice_changes_nothing_and_says_so(sent: World, stick: Path) -> None:
    (bundle,) = give(sent.azc, sent.town, stick)
    take(sent.town, bundle)
    before = everything_in(sent)
    assert judged(sent.town, bundle).known is not None
    again = take(sent.town, bundle)
    assert again.all_known
    assert everything_in(sent) == before


def test_what_the_other_side_said_it_holds_is_left_out_unless_everything_is_asked_for(sent: World, stick: Path) -> None:
    (first,) = give(sent.azc, sent.town, stick)
    sent.town.services.bundles.incoming.receive(take(sent.town, first).dossiers)
    (receipt,) = give(sent.town, sent.azc, stick)
    take(sent.azc, receipt)
    sent.azc.journal.append(sent.dossier, AnswerGiven("/intake/woonplaats", "given", "Haarlem"), CONTEXT)
    town = sent.town.vault.membership.card.id

    less, all_of_it = made(sent.azc, town), made(sent.azc, town, everything=True)
    assert (less.plans[0].rows, less.attachments) == (2, 0)  # the key that was let go, the answer
    assert (all_of_it.plans[0].rows > 50, all_of_it.attachments) == (True, 1)
    for making in (less, all_of_it):
        sent.azc.services.bundles.outgoing.cancel(making)
        assert not making.folder.exists()

    (second,) = give(sent.azc, sent.town, stick)
    came = take(sent.town, second)
    assert (came.rows, came.waiting, came.refused) == (2, 0, {})


def test_rows_whose_predecessors_are_in_another_bundle_wait_for_it(sent: World, stick: Path) -> None:
    (first,) = give(sent.azc, sent.town, stick)
    town = sent.town.vault.membership.card.id
    holdings = sent.azc.journal.passing.holdings(sent.dossier)
    sent.azc.journal.passing.keep_held(town, sent.dossier, holdings)
    sent.azc.journal.append(sent.dossier, AnswerGiven("/intake/woonplaats", "given", "Haarlem"), CONTEXT)
    sent.azc.clock.moment += timedelta(minutes=1)
    (second,) = give(sent.azc, sent.town, stick)

    early = take(sent.town, second)
    assert (early.rows, early.waiting, early.all_known) == (0, 1, False)
    late = take(sent.town, first)
    assert judged(sent.town, first).older
    assert late.waiting == 0
    assert sent.town.journal.quarantined(sent.dossier) == ()
    assert "Haarlem" in {entry.text for entry in sent.town.journal.view(sent.dossier).answers["/intake/woonplaats"]}


def test_parts_come_in_any_order_over_several_sticks(sent: World, tmp_path: Path, stick: Path) -> None:
    paths = give(sent.azc, sent.town, stick, SMALL)
    assert len(paths) > 3
    for number, path in reversed(list(enumerate(paths, 1))):
        other = tmp_path / f"stick-{number}"
        other.mkdir()
        shutil.copy(path, other / "renamed.opmaat")
        card, missing = gathered(sent.town, other / "renamed.opmaat")
        assert missing == tuple(range(1, number))
        if missing:
            with pytest.raises(UserError) as caught:
                sent.town.services.bundles.incoming.begin_reading(card)
            assert caught.value.code == "bundle.parts_missing"
            assert caught.value.details == {"parts": ", ".join(map(str, missing)), "count": str(len(paths))}
    assert read(sent.town, card).refused == {}
    assert not sent.town.services.bundles.incoming.staging(card).exists()


def test_what_does_not_fit_goes_to_the_next_stick(
    sent: World, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = sealed(sent.azc, sent.town.vault.membership.card.id, SMALL)
    free = iter([*[1_000_000] * 2, 0])
    usage = shutil.disk_usage(stick)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=next(free, 0)))
    written, _entry = put(sent.azc, bundle, stick)
    assert (written.written, len(written.left)) == ((1, 2), len(bundle.body.parts) - 2)
    sent.azc.services.bundles.settle()

    resumed = sent.azc.services.bundles.outgoing.resume(bundle.body.bundle[:6])
    assert code_of(lambda: put(sent.azc, resumed, tmp_path / "stick")) == "bundle.no_room"
    monkeypatch.undo()
    (tmp_path / "next").mkdir()
    rest, _entry = put(sent.azc, resumed, tmp_path / "next")
    assert rest.written == written.left
    assert code_of(lambda: sent.azc.services.bundles.outgoing.resume(bundle.body.bundle)) == "bundle.unknown"
    gathered(sent.town, written.paths[0])
    card, missing = gathered(sent.town, rest.paths[0])
    assert missing == ()
    assert read(sent.town, card).refused == {}


def test_a_name_on_the_stick_is_a_random_number(sent: World, stick: Path) -> None:
    paths = give(sent.azc, sent.town, stick, SMALL)
    number = judged(sent.town, paths[0]).front.body.bundle[:8]
    assert [path.name for path in paths] == [
        f"bundle-{number}-{each}of{len(paths)}.opmaat" for each in range(1, len(paths) + 1)
    ]
    assert sorted(path.name for path in stick.iterdir()) == sorted(path.name for path in paths)


def test_a_part_that_lies_there_is_left_and_another_file_of_its_name_is_replaced(sent: World, stick: Path) -> None:
    bundle = sealed(sent.azc, sent.town.vault.membership.card.id, SMALL)
    write = sent.azc.services.bundles.outgoing.write
    first = write(bundle, stick, ignore, going_on()).paths
    times = [path.stat().st_mtime_ns for path in first]
    first[1].write_bytes(b"something else")
    write(bundle, stick, ignore, going_on())
    assert first[0].stat().st_mtime_ns == times[0]
    assert read_part_front(first[1]).number == 2


def test_a_bundle_for_somebody_else_is_refused_by_its_name(sent: World, stick: Path) -> None:
    (bundle,) = give(sent.azc, sent.town, stick)
    with pytest.raises(UserError) as caught:
        judged(sent.azc, bundle)
    assert caught.value.code == "bundle.other_recipient"
    assert caught.value.details == {"organisation": TOWN}


def test_a_bundle_of_an_organisation_nobody_vouches_for_is_refused(sent: World, stick: Path) -> None:
    (bundle,) = give(sent.azc, sent.town, stick)
    own = sent.town.vault.membership.card
    sent.town.vault.put("directory", None)
    assert code_of(lambda: judged(sent.town, bundle)) == "bundle.sender_unknown"
    assert own.id == sent.town.vault.organisation_id


def test_who_shares_nothing_gets_nothing(world: World) -> None:
    outgoing, town = world.azc.services.bundles.outgoing, world.town.vault.membership.card.id
    assert outgoing.partners() == ()
    assert code_of(lambda: outgoing.begin(town)) == "bundle.nothing_shared"
    assert code_of(lambda: outgoing.begin(OrganisationId("0" * 32))) == "trust.organisation_unknown"


@pytest.mark.parametrize("place", [0, 9, 12, 40, 3000, -1])
def test_a_changed_byte_anywhere_is_noticed_and_changes_nothing(sent: World, stick: Path, place: int) -> None:
    (bundle,) = give(sent.azc, sent.town, stick)
    data = bytearray(bundle.read_bytes())
    data[place] ^= 1
    bundle.write_bytes(data)
    before = everything_in(sent)
    assert code_of(lambda: take(sent.town, bundle)) in {
        "bundle.not_one",
        "bundle.newer_version",
        "bundle.damaged",
        "bundle.not_signed",
        "bundle.parts_damaged",
    }
    assert everything_in(sent) == before


@pytest.mark.parametrize("kept", [4, 10, 13, 100, 3000, 20_000])
def test_a_file_that_is_cut_off_or_longer_is_damaged(sent: World, stick: Path, kept: int) -> None:
    (bundle,) = give(sent.azc, sent.town, stick)
    whole = bundle.read_bytes()
    for data in (whole[:kept], whole + b"\0"):
        bundle.write_bytes(data)
        assert code_of(lambda: take(sent.town, bundle)) in {"bundle.not_one", "bundle.damaged", "bundle.parts_damaged"}


def test_a_damaged_part_says_how_many_are_whole_and_the_rest_is_kept(sent: World, stick: Path) -> None:
    paths = give(sent.azc, sent.town, stick, SMALL)
    whole = paths[1].read_bytes()
    paths[1].write_bytes(whole[:-1] + bytes((whole[-1] ^ 1,)))
    with pytest.raises(UserError) as caught:
        gathered(sent.town, paths[0])
    assert caught.value.details == {"whole": str(len(paths) - 1), "parts": str(len(paths))}
    paths[1].write_bytes(whole)
    card, missing = gathered(sent.town, paths[1])
    assert missing == ()
    assert read(sent.town, card).refused == {}


def test_stopping_while_writing_leaves_nothing_on_the_stick(sent: World, stick: Path) -> None:
    bundle = sealed(sent.azc, sent.town.vault.membership.card.id, SMALL)
    told: list[int] = []

    def stop_after(steps: int) -> None:
        stop = going_on()

        def progress(done: int, _total: int) -> None:
            told.append(done)
            stop.wanted = stop.wanted or len(told) == steps

        told.clear()
        sent.azc.services.bundles.outgoing.write(bundle, stick, progress, stop)

    steps = 0
    while True:
        steps += 1
        try:
            stop_after(steps)
        except UserError as error:
            assert error.code == "bundle.cancelled"
            assert list(stick.iterdir()) == []
        else:
            break
    assert steps > len(bundle.body.parts)


def test_stopping_while_gathering_keeps_what_is_whole(sent: World, stick: Path) -> None:
    paths = give(sent.azc, sent.town, stick, SMALL)
    card = judged(sent.town, paths[0])
    staging = sent.town.services.bundles.incoming.staging(card)
    stop = Cancelled("bundle.cancelled")

    def progress(_done: int, _total: int) -> None:
        stop.wanted = True

    assert code_of(lambda: bundle_files.gather(paths, staging, progress, stop)) == "bundle.cancelled"
    assert {path.name for path in staging.iterdir()} == {"part-1"}
    assert gathered(sent.town, paths[0])[1] == ()


def test_reading_that_was_broken_off_at_any_step_is_completed_by_reading_again(
    sent: World, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.services.bundles.reading.MOST_AT_ONCE", 1)
    (bundle,) = give(sent.azc, sent.town, stick)
    incoming = sent.town.services.bundles.incoming
    steps = 0
    while True:
        steps += 1
        card, _missing = gathered(sent.town, bundle)
        reading = incoming.begin_reading(card)
        for _ in range(steps):
            incoming.step_reading(reading)
        reading.parts.close()
        sent.town.services.bundles.settle()
        if reading.complete:
            break
    assert take(sent.town, bundle).refused == {}
    assert sent.town.journal.view(sent.dossier).name == "Luwam"
    assert steps > 5


def test_what_a_crash_left_is_removed_and_what_waits_for_a_stick_is_kept_a_week(sent: World) -> None:
    town = sent.town.vault.membership.card.id
    half, bundles = made(sent.azc, town), sent.azc.services.bundles
    half.stream.close()
    waiting = sealed(sent.azc, town)
    root = bundles_folder(sent.azc.vault)
    bundles.settle()
    assert [folder.name for folder in root.iterdir()] == [waiting.folder.name]
    sent.azc.clock.moment = datetime.now(UTC).astimezone() + timedelta(days=KEPT_DAYS)
    bundles.settle()
    assert list(root.iterdir()) == []


def test_an_erased_case_is_forgotten_and_leaves_what_waits_for_a_stick(sent: World, stick: Path) -> None:
    town = sent.town.vault.membership.card.id
    give(sent.azc, sent.town, stick)
    waiting = sealed(sent.azc, town)
    sent.azc.journal.erase(sent.dossier, "test", CONTEXT)
    sent.azc.services.retention.settle(backups=False)
    assert all(sent.dossier not in entry.dossiers for entry in sent.azc.services.bundles.entries())
    assert not waiting.folder.exists()


def test_a_full_stick_and_one_that_is_away_have_codes(
    sent: World, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = sealed(sent.azc, sent.town.vault.membership.card.id)
    outgoing = sent.azc.services.bundles.outgoing
    assert room_on(stick) > 0
    assert code_of(lambda: room_on(stick / "away")) == "files.not_found"
    assert code_of(lambda: outgoing.write(bundle, stick / "away", ignore, going_on())) == "files.not_found"
    usage = shutil.disk_usage(stick)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    assert code_of(lambda: room_on(stick)) == "bundle.no_room"
    assert code_of(lambda: outgoing.write(bundle, stick, ignore, going_on())) == "bundle.no_room"
    monkeypatch.undo()
    assert code_of(lambda: outgoing.seal(made(sent.azc, bundle.body.recipient), 10)) == "bundle.too_many_parts"


def test_a_disk_that_fails_in_the_middle_leaves_nothing(
    sent: World, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = sealed(sent.azc, sent.town.vault.membership.card.id, SMALL)
    calls: list[int] = []

    def fails_at_the_third(stream: IO[bytes], number: int, head: bytes) -> None:
        calls.append(number)
        if len(calls) == 3:
            raise OSError(28, "full")
        write_front(stream, number, head)

    monkeypatch.setattr(bundle_files, "write_front", fails_at_the_third)
    with pytest.raises(EnvironmentProblem) as caught:
        sent.azc.services.bundles.outgoing.write(bundle, stick, ignore, going_on())
    assert caught.value.code == "files.disk_full"
    assert list(stick.iterdir()) == []


def test_a_copy_that_was_restored_makes_no_bundle_before_it_joined_again(
    sent: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.services.bundles.outgoing_bundles.is_certified", lambda _vault: False)
    town = sent.town.vault.membership.card.id
    assert code_of(lambda: sent.azc.services.bundles.outgoing.begin(town)) == "vault.not_certified"
