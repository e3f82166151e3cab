"""Attachments where something is missing: a key, a thumbnail, a piece, the leave to write; and contents that lie."""

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.structs import replace as with_fields

from desktop.records import CORE, HEALTH, AttachmentAdded, Label, NewContent
from desktop.records.dossiers.snapshots import Summarise
from desktop.records.maintenance.verification import IntegrityReport
from protocol.errors import UserError
from protocol.identifiers import DossierId
from tests.unit.records.cases import AZC, CONTEXT, Desk, desk_of, share

DATA = bytes(range(251)) * 1100
CONTENT = NewContent("image/jpeg", DATA, b"thumbnail")
LABEL = Label("/intake/opleiding", "diploma.jpg", "diploma")


@pytest.fixture
def dossier(desk: Desk) -> DossierId:
    return desk.new_dossier()


def _attach(desk: Desk, dossier: DossierId, content: NewContent = CONTENT, compartment: str = CORE) -> AttachmentAdded:
    sealing = desk.journal.attachments.begin(dossier, compartment, LABEL, content)
    while desk.journal.attachments.step(sealing):
        pass
    return desk.journal.attachments.finish(sealing, CONTEXT)


def _verify(desk: Desk) -> IntegrityReport:
    check = desk.journal.verification(Summarise(1, lambda view: view.name.encode()))
    while check.step():
        pass
    return check.report


def _contents(desk: Desk) -> int:
    return int(desk.journal._store.run("select count(*) from blobs")[0][0])


def test_an_attachment_nobody_added_is_unknown(desk: Desk, dossier: DossierId) -> None:
    _attach(desk, dossier)
    with pytest.raises(UserError, match=r"attachment\.unknown"):
        desk.journal.attachments.find(dossier, "ab" * 16)
    with pytest.raises(UserError, match=r"attachment\.unknown"):
        desk.journal.attachments.remove(dossier, "ab" * 16, CONTEXT)
    assert len(desk.journal.attachments.standing(dossier)) == 1


def test_two_contents_of_one_size_are_told_apart(desk: Desk, dossier: DossierId) -> None:
    first = _attach(desk, dossier)
    second = _attach(desk, dossier, replace(CONTENT, data=DATA[::-1]))
    same = desk.journal.attachments.same
    assert (same(dossier, CORE, DATA), same(dossier, CORE, DATA[::-1])) == (first, second)
    assert same(dossier, CORE, DATA[:-1] + b"?") is None


def test_a_disk_that_cannot_be_written_keeps_what_is_to_go_for_another_time(desk: Desk, dossier: DossierId) -> None:
    removed = _attach(desk, dossier)
    desk.journal.attachments.remove(dossier, removed.attachment, CONTEXT)
    half = desk.journal.attachments.begin(dossier, CORE, LABEL, CONTENT)
    desk.journal.attachments.step(half)
    desk.journal._store.run("pragma query_only = on")
    desk.journal.attachments.cancel(half)
    desk.journal.attachments.sweep()
    desk.journal.attachments.forget_removed()
    assert _contents(desk) == 2
    desk.journal._store.run("pragma query_only = off")
    desk.journal.attachments.sweep()
    assert _contents(desk) == 1
    desk.journal.attachments.forget_removed()
    assert _contents(desk) == 0


def test_what_a_colleague_only_knows_of_has_no_thumbnail_yet(tmp_path: Path, desk: Desk, dossier: DossierId) -> None:
    colleague = desk_of(tmp_path / "b", AZC, "P. Bakker")
    _attach(desk, dossier)
    share(desk, colleague)
    (one,) = colleague.journal.attachments.standing(dossier)
    assert colleague.journal.attachments.thumbnail(dossier, one) == b""
    assert _verify(colleague).contents == 0
    colleague.journal.close()


def test_pieces_that_open_and_are_not_what_the_event_says_are_no_content(desk: Desk, dossier: DossierId) -> None:
    """The event names another content or other sealed pieces: each piece opens, and the whole is refused."""
    body = _attach(desk, dossier)
    other = with_fields(body, attachment="ab" * 16, content="00" * 32, digest="00" * 32)
    desk.journal.attachments.remove(dossier, body.attachment, CONTEXT)
    desk.journal.attachments.add(dossier, other, CORE, CONTEXT)
    (one,) = desk.journal.attachments.standing(dossier)
    with pytest.raises(UserError, match=r"records\.piece_damaged"):
        desk.journal.attachments.content(dossier, one)
    assert [(found.table, found.code, found.rows) for found in _verify(desk).findings] == [
        ("pieces", "records.piece_damaged", ())
    ]


def test_a_content_without_its_key_is_passed_over_by_the_check(desk: Desk, dossier: DossierId) -> None:
    """A key of one epoch can be gone while the event, under a later one, still opens."""
    body = _attach(desk, dossier)
    desk.journal.keys.new_epoch(dossier, [])
    again = with_fields(body, attachment="ab" * 16)
    desk.journal.attachments.add(dossier, again, CORE, CONTEXT)
    assert _verify(desk).contents == 1
    strange = with_fields(again, key_id="00" * 8)
    desk.journal.attachments.add(dossier, strange, CORE, CONTEXT)
    report = _verify(desk)
    assert (report.contents, report.findings) == (0, ())


def test_a_lost_piece_is_named_with_the_ones_that_are_damaged(desk: Desk, dossier: DossierId) -> None:
    _attach(desk, dossier)
    desk.change("update pieces set sealed = 7 where number = 1")
    (found,) = _verify(desk).findings
    ((place,),) = desk.journal._store.run("select id from pieces where number = 1")
    assert (found.code, found.rows) == ("records.piece_damaged", (place,))


def test_what_is_dropped_with_its_compartment_leaves_the_rest_alone(desk: Desk, dossier: DossierId) -> None:
    kept = _attach(desk, dossier)
    _attach(desk, dossier, compartment=HEALTH)
    desk.journal.erase(dossier, "health_key", CONTEXT, HEALTH)
    (one,) = desk.journal.attachments.standing(dossier)
    assert one.body == kept
    assert desk.journal.attachments.content(dossier, one) == DATA
    desk.journal.attachments.want_missing(dossier)
    assert desk.journal.arrivals.wanted() == ()
