"""A laptop is restored from a backup older than its last stick: nothing is lost, and no stream forks."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.bootstrap.opening import open_services
from desktop.records import AnswerGiven, EventContext
from desktop.services.backups.backup_file import Cancelled, restore
from desktop.services.bundles.bundle_files import LARGEST_PART
from desktop.vault.file.slots import SlotKind
from desktop.vault.trust.invitation import make_invitation
from protocol.errors import UserError
from tests.content import content
from tests.unit.services.backup_parts import ignore_progress, unlock
from tests.unit.services.bundles.sticks import give, made, offered, put, take
from tests.unit.services.plan_world import Laptop, World, organisations
from tests.unit.vault.people import MOMENT, still_clock

EARLY, LATE, AFTER = "/intake/q1", "/intake/q2", "/intake/q3"


def _answer(laptop: Laptop, world: World, ref: str) -> None:
    context = EventContext(laptop.vault.person, "nl", interpreter=False)
    laptop.services.journal.append(world.dossier, AnswerGiven(ref, "given", ref), context)


def _answered(laptop: Laptop, world: World) -> set[str]:
    return {ref for ref in (EARLY, LATE, AFTER) if laptop.services.journal.view(world.dossier).answers.get(ref)}


@pytest.fixture
def again(world: World, tmp_path: Path) -> Iterator[Laptop]:
    """The reception's laptop out of a backup of before the stick that the town read; the laptop itself is gone."""
    azc = world.azc
    _answer(azc, world, EARLY)
    azc.services.backups.make(tmp_path / "backup", ignore_progress, Cancelled())
    _answer(azc, world, LATE)
    offered(world)
    take(world.town, give(azc, world.town, tmp_path / "there")[0])
    world.town.services.bundles.incoming.receive([world.dossier])

    (tmp_path / "again").mkdir(mode=0o700)
    vault = restore(tmp_path / "backup", tmp_path / "again", unlock, SlotKind.PASSPHRASE, still_clock())
    laptop = Laptop(vault, open_services(vault, content(), still_clock()), still_clock())
    own, _partner = organisations()
    file, code = make_invitation(
        own, server=vault.membership.server, expires=MOMENT + timedelta(days=1), person=vault.person
    )
    (tmp_path / "invitation").write_bytes(file)
    laptop.services.rejoining.rejoin(tmp_path / "invitation", code)
    yield laptop
    laptop.close()


def test_what_only_the_stick_had_comes_back_and_what_is_written_since_goes_on(
    world: World, again: Laptop, tmp_path: Path
) -> None:
    assert _answered(again, world) == {EARLY}
    _answer(again, world, AFTER)
    with pytest.raises(UserError, match=r"bundle\.nothing_shared"):
        give(again, world.town, tmp_path / "early")
    heard = take(again, give(world.town, again, tmp_path / "back")[0])
    assert heard.refused == {}

    went = take(world.town, give(again, world.town, tmp_path / "more")[0])
    assert (went.refused, went.waiting) == ({}, 0)
    assert _answered(world.town, world) == {EARLY, LATE, AFTER}
    came = take(again, give(world.town, again, tmp_path / "rest")[0])
    assert (came.refused, came.waiting) == ({}, 0)
    assert _answered(again, world) == {EARLY, LATE, AFTER}
    assert again.services.handover.view(world.dossier).receipt is not None
    journals = [laptop.services.journal for laptop in (again, world.town)]
    assert [journal.quarantined(world.dossier) for journal in journals] == [(), ()]
    gone = world.azc.vault.device.id
    here, there = (journal.view(world.dossier).seen for journal in journals)
    assert here[gone] == there[gone] == world.azc.services.journal.view(world.dossier).seen[gone]
    assert again.vault.device.id in there


def test_a_bundle_of_everything_brings_it_back_at_once(world: World, again: Laptop, tmp_path: Path) -> None:
    whole = made(world.town, again.vault.membership.card.id, everything=True)
    (tmp_path / "whole").mkdir()
    sealed = world.town.services.bundles.outgoing.seal(whole, LARGEST_PART)
    written, _entry = put(world.town, sealed, tmp_path / "whole")
    came = take(again, written.paths[0])
    assert (came.refused, came.waiting) == ({}, 0)
    assert _answered(again, world) == {EARLY, LATE}
    assert again.services.journal.quarantined(world.dossier) == ()
