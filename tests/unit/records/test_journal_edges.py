"""What the journal tells and takes in where something is damaged, out of order, or cannot be written."""

from datetime import timedelta
from types import MappingProxyType

import pytest
from msgspec.structs import replace as with_fields

from desktop.records import CORE, HEALTH, AttachmentAdded, AttachmentLabel, CaseViewed, NewContent
from desktop.records.dossiers.keyring import Keyring
from desktop.records.dossiers.snapshots import Summariser
from desktop.records.events.bodies import AnswerGiven, FromNewerVersion, PlanFieldSet, kind_of
from desktop.records.events.fold import fold, fold_all
from desktop.records.events.news import changes_of
from desktop.records.events.upcasting import lift
from desktop.records.store.piece_table import want
from protocol.errors import UserError
from protocol.identifiers import DeviceId
from tests.unit.records.cases import CONTEXT, Laptop, share

NAMES = Summariser(1, lambda view: view.name.encode())


def test_the_outbox_names_the_dossiers_that_wait_and_the_rows_of_others(one: Laptop, two: Laptop) -> None:
    first, second = one.new_dossier(), one.new_dossier("Ahmed")
    assert one.journal.outbox.dossiers_waiting() == {first, second}
    one.journal.outbox.acknowledge(1)
    assert one.journal.outbox.dossiers_waiting() == {second}
    share(one, two)
    came = two.journal.outbox.rows_written_by(one.vault.device.id, 0, 10)
    assert [row.dossier for row in came] == [first, second]
    assert two.journal.outbox.dossiers_waiting() == frozenset()


def test_the_outbox_counts_each_former_device_apart_and_all_of_them_again(one: Laptop) -> None:
    first, second = (DeviceId(letter * 32) for letter in "ab")
    one.journal.outbox.acknowledge_of(first, 7)
    one.journal.outbox.acknowledge(3)
    found = [one.journal.outbox.acknowledged_of(each) for each in (first, second)]
    assert (found, one.journal.outbox.acknowledged()) == ([7, 0], 3)

    one.journal.outbox.send_again()

    assert (one.journal.outbox.acknowledged_of(first), one.journal.outbox.acknowledged()) == (0, 0)


def test_what_is_taken_in_as_one_step_is_here_whole_or_not_at_all(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()

    def take_in_half() -> None:
        with two.journal.in_one_step():
            share(one, two)
            raise ValueError("cut off")

    with pytest.raises(ValueError, match="cut off"):
        take_in_half()
    assert two.journal.dossiers() == ()
    two.reopen()
    assert two.journal.dossiers() == ()

    with two.journal.in_one_step():
        share(one, two)
    assert two.journal.dossiers() == (dossier,)
    assert two.journal.view(dossier).name == "Selam"


def test_an_event_of_a_later_version_keeps_its_own_kind() -> None:
    assert kind_of(FromNewerVersion("consent_given", 9)) == "consent_given"
    assert kind_of(PlanFieldSet("goal", "text")) == PlanFieldSet.KIND


def test_the_history_counts_what_there_is_no_key_to(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    one.answer(dossier, "/gezondheid", "goed", HEALTH)
    share(one, two)
    events, hidden = two.journal.history(dossier)
    assert (events, hidden) == (two.journal.events(dossier), 1)
    assert len(events) == 1


def test_all_that_is_set_aside_or_was_found_broken_is_told_over_all_dossiers(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    one.answer(dossier, "/a", "1")
    one.answer(dossier, "/a", "2")
    share(one, two)
    assert two.journal.known_quarantine() == ()
    other = two.new_dossier("Ahmed")
    two.change("update events set sealed = zeroblob(60) where id = 2")
    assert two.journal.known_quarantine() == ()
    two.journal.view(dossier)
    two.journal.view(other)
    assert [(item.dossier, item.code, item.count) for item in two.journal.known_quarantine()] == [
        (dossier, "records.row_damaged", 2)
    ]
    two.journal.accept_rows(one.rows())
    two.journal.view(dossier)
    assert {item.code for item in two.journal.known_quarantine()} == {"records.row_repaired"}


def test_a_row_that_was_lost_comes_back_in_its_place(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    for value in "123":
        one.answer(dossier, "/a", value)
    share(one, two)
    two.change("delete from events where id = 2")
    assert two.journal.quarantined(dossier)[0].code == "records.row_gap"
    two.journal.accept_rows(one.rows())
    assert two.journal.view(dossier) == one.journal.view(dossier)


def test_own_rows_that_come_back_count_as_written_here(one: Laptop) -> None:
    dossier = one.new_dossier()
    one.clock.moment += timedelta(hours=1)
    one.answer(dossier, "/a", "1")
    rows = one.rows()
    one.change("delete from events where id = 2")
    one.clock.moment -= timedelta(hours=1)
    assert not one.journal.view(dossier).register("/a").entries

    one.journal.accept_rows(rows)
    one.answer(dossier, "/a", "2")

    first, second = one.journal.events(dossier)[-2:]
    assert second.time == first.time


def test_no_events_are_written_with_what_is_kept_beside_them(one: Laptop) -> None:
    dossier = one.new_dossier()
    before, head = one.journal.view(dossier), one.rows()
    kept: list[str] = []
    assert one.journal.append_all(dossier, (), CONTEXT, also=lambda: kept.append("yes")) == ()
    assert (kept, one.rows(), one.journal.view(dossier)) == (["yes"], head, before)


@pytest.mark.parametrize("damage", ["epoch = 'one'", "compartment = x'00'", "epoch = 1.5"])
def test_a_row_whose_compartment_or_epoch_is_of_another_type_is_damaged(one: Laptop, damage: str) -> None:
    dossier = one.new_dossier()
    one.answer(dossier, "/a", "1")
    one.change(f"update events set {damage} where id = 2")  # noqa: S608  # constants
    assert [item.code for item in one.journal.quarantined(dossier)] == ["records.row_damaged"]
    assert one.journal.view(dossier).name == "Selam"


def test_a_key_of_which_damage_took_the_dossier_hides_no_other(one: Laptop) -> None:
    lost, kept = one.new_dossier(), one.new_dossier("Ahmed")
    one.change(f"update dossier_keys set dossier = 'lost' where dossier = x'{lost}'")  # noqa: S608  # an identifier
    assert one.journal.keys.readable(CORE) == {kept}
    assert one.journal.summaries(NAMES) == {kept: b"Ahmed"}
    one.journal.erase(lost, "duty_ended", CONTEXT)
    assert one.journal.view(kept).name == "Ahmed"
    assert one.journal.dossiers() == (kept,)


def test_a_vault_that_cannot_open_keys_is_not_taken_for_damaged_keys(one: Laptop) -> None:
    dossier = one.new_dossier()

    def locked(_associated_data: bytes, _sealed: bytes) -> bytes:
        raise UserError("vault.locked")

    with pytest.raises(UserError, match=r"vault\.locked"):
        Keyring.open_all(locked, dossier, one.journal._store.keys(dossier))


def test_the_check_names_a_changed_grant(one: Laptop) -> None:
    one.new_dossier()
    one.change("update wraps set blob = zeroblob(80)")
    check = one.journal.verification(NAMES)
    while check.step():
        pass
    assert [(found.table, found.code, found.rows) for found in check.report.findings] == [
        ("wraps", "records.key_damaged", (1,))
    ]


def test_summaries_that_cannot_be_kept_are_told_all_the_same(one: Laptop) -> None:
    dossier = one.new_dossier()
    one.journal._store.run("pragma query_only = on")
    assert one.journal.summaries(NAMES) == {dossier: b"Selam"}
    one.journal._store.run("pragma query_only = off")
    assert one.journal._store.run("select count(*) from snapshots") == [(0,)]


def test_attachments_that_are_not_here_are_wanted_and_impossible_ones_are_not(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    sealing = one.journal.attachments.begin(
        dossier, CORE, AttachmentLabel("", "a.jpg"), NewContent("image/jpeg", b"x", b"y")
    )
    while one.journal.attachments.step(sealing):
        pass
    body = one.journal.attachments.finish(sealing, CONTEXT)
    share(one, two)
    with two.journal._store.atomic():
        two.journal._store.run("delete from blobs")
    assert two.journal.transfers.wanted() == ()
    two.journal.attachments.want_missing([dossier])
    assert [each.blob for each in two.journal.transfers.wanted()] == [body.blob]
    assert one.journal.transfers.pending() == ((dossier, body.blob, 2),)
    event = one.journal.events(dossier)[-1]
    impossible = [with_fields(body, blob="no id"), with_fields(body, blob="ab" * 16, count=0)]
    with two.journal._store.atomic():
        want(two.journal._store.pieces, [with_fields(event, body=each) for each in impossible])
    assert [each.blob for each in two.journal.transfers.wanted()] == [body.blob]


def test_a_fold_is_the_same_in_whatever_order_the_events_of_a_device_come(one: Laptop) -> None:
    dossier = one.new_dossier()
    for value in "12":
        one.clock.moment += timedelta(minutes=1)
        one.answer(dossier, "/a", value)
    opened, first, last = one.journal.events(dossier)
    base = fold_all(one.journal._cache.open(dossier).view.__class__(dossier), [opened])
    straight = fold_all(base, [first, last])
    assert fold_all(base, [last, first]).seen == straight.seen
    assert fold(fold(base, last), first).seen == straight.seen
    assert fold(fold(base, last), first).answers["/a"][0].text == "2"
    assert fold_all(base, [last, first]).answers == fold(fold(base, last), first).answers
    entry = straight.answers["/a"][0]
    assert (entry.language, entry.interpreter, entry.author, entry.time) == ("nl", True, "J. de Vries", last.time)


def test_a_viewing_changes_no_page(one: Laptop) -> None:
    dossier = one.new_dossier()
    viewed = one.journal.append(dossier, CaseViewed(), CONTEXT)
    assert not changes_of([viewed])
    answered = one.answer(dossier, "/a", "1")
    assert changes_of([viewed, answered]).dossiers == {dossier}


@pytest.mark.parametrize(
    "fields", [{}, {"ref": 1}, {"ref": "/a", "status": "perhaps"}, {"ref": "/a", "status": "given", "x": 1}]
)
def test_a_body_with_other_fields_is_damaged(fields: dict[str, str]) -> None:
    with pytest.raises(UserError, match=r"records\.event_damaged"):
        AnswerGiven.from_json(fields)
    with pytest.raises(UserError, match=r"records\.event_damaged"):
        AttachmentAdded.from_json(fields)


@pytest.mark.parametrize("version", [0, -3])
def test_a_version_before_the_first_was_never_written(version: int) -> None:
    with pytest.raises(UserError, match=r"records\.event_damaged"):
        lift("k", version, 2, {}, MappingProxyType({("k", 1): lambda value: value}))


def test_a_value_that_is_no_text_is_not_shown_as_one(one: Laptop) -> None:
    dossier = one.new_dossier()
    one.journal.append(dossier, PlanFieldSet("goal/1", {"weeks": 3}), CONTEXT)
    (entry,) = one.journal.view(dossier).plan["goal/1"]
    with pytest.raises(UserError, match=r"records\.event_damaged"):
        assert entry.text
