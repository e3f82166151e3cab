"""Attachments where something is missing: a key, a thumbnail, a piece, the leave to write; and contents that lie."""

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.structs import replace as with_fields

from desktop.records import CORE, HEALTH, AttachmentAdded, AttachmentLabel, NewContent
from desktop.records.dossiers.snapshots import Summariser
from desktop.records.maintenance.verification import IntegrityReport
from protocol.errors import UserError
from protocol.identifiers import DossierId
from tests.unit.records.cases import AZC, CONTEXT, Laptop, new_laptop, share

DATA = bytes(range(251)) * 1100
CONTENT = NewContent("image/jpeg", DATA, b"thumbnail")
LABEL = AttachmentLabel("/intake/opleiding", "diploma.jpg", "diploma")


@pytest.fixture
def dossier(laptop: Laptop) -> DossierId:
    return laptop.new_dossier()


def _attach(
    laptop: Laptop, dossier: DossierId, content: NewContent = CONTENT, compartment: str = CORE
) -> AttachmentAdded:
    sealing = laptop.journal.attachments.begin(dossier, compartment, LABEL, content)
    while laptop.journal.attachments.step(sealing):
        pass
    return laptop.journal.attachments.finish(sealing, CONTEXT)


def _verify(laptop: Laptop) -> IntegrityReport:
    check = laptop.journal.verification(Summariser(1, lambda view: view.name.encode()))
    while check.step():
        pass
    return check.report


def _contents(laptop: Laptop) -> int:
    return int(laptop.journal._store.run("select count(*) from blobs")[0][0])


def test_an_attachment_nobody_added_is_unknown(laptop: Laptop, dossier: DossierId) -> None:
    _attach(laptop, dossier)
    with pytest.raises(UserError, match=r"attachment\.unknown"):
        laptop.journal.attachments.find(dossier, "ab" * 16)
    with pytest.raises(UserError, match=r"attachment\.unknown"):
        laptop.journal.attachments.remove(dossier, "ab" * 16, CONTEXT)
    assert len(laptop.journal.attachments.standing(dossier)) == 1


def test_two_contents_of_one_size_are_told_apart(laptop: Laptop, dossier: DossierId) -> None:
    first = _attach(laptop, dossier)
    second = _attach(laptop, dossier, replace(CONTENT, data=DATA[::-1]))
    same = laptop.journal.attachments.same
    assert (same(dossier, CORE, DATA), same(dossier, CORE, DATA[::-1])) == (first, second)
    assert same(dossier, CORE, DATA[:-1] + b"?") is None


def test_a_disk_that_cannot_be_written_keeps_what_is_to_go_for_another_time(laptop: Laptop, dossier: DossierId) -> None:
    removed = _attach(laptop, dossier)
    laptop.journal.attachments.remove(dossier, removed.attachment, CONTEXT)
    half = laptop.journal.attachments.begin(dossier, CORE, LABEL, CONTENT)
    laptop.journal.attachments.step(half)
    laptop.journal._store.run("pragma query_only = on")
    laptop.journal.attachments.cancel(half)
    laptop.journal.attachments.sweep()
    laptop.journal.attachments.forget_removed()
    assert _contents(laptop) == 2
    laptop.journal._store.run("pragma query_only = off")
    laptop.journal.attachments.sweep()
    assert _contents(laptop) == 1
    laptop.journal.attachments.forget_removed()
    assert _contents(laptop) == 0


def test_what_a_colleague_only_knows_of_has_no_thumbnail_yet(
    tmp_path: Path, laptop: Laptop, dossier: DossierId
) -> None:
    colleague = new_laptop(tmp_path / "b", AZC, "P. Bakker")
    _attach(laptop, dossier)
    share(laptop, colleague)
    (one,) = colleague.journal.attachments.standing(dossier)
    assert colleague.journal.attachments.thumbnail(dossier, one) == b""
    assert _verify(colleague).contents == 0
    colleague.journal.close()


def test_pieces_that_open_and_are_not_what_the_event_says_are_no_content(laptop: Laptop, dossier: DossierId) -> None:
    """The event names another content or other sealed pieces: each piece opens, and the whole is refused."""
    body = _attach(laptop, dossier)
    other = with_fields(body, attachment="ab" * 16, content="00" * 32, digest="00" * 32)
    laptop.journal.attachments.remove(dossier, body.attachment, CONTEXT)
    laptop.journal.attachments.add(dossier, other, CORE, CONTEXT)
    (one,) = laptop.journal.attachments.standing(dossier)
    with pytest.raises(UserError, match=r"records\.piece_damaged"):
        laptop.journal.attachments.content(dossier, one)
    assert [(found.table, found.code, found.rows) for found in _verify(laptop).findings] == [
        ("pieces", "records.piece_damaged", ())
    ]


def test_a_content_without_its_key_is_passed_over_by_the_check(laptop: Laptop, dossier: DossierId) -> None:
    """A key of one epoch can be gone while the event, under a later one, still opens."""
    body = _attach(laptop, dossier)
    laptop.renew(dossier)
    again = with_fields(body, attachment="ab" * 16)
    laptop.journal.attachments.add(dossier, again, CORE, CONTEXT)
    assert _verify(laptop).contents == 1
    strange = with_fields(again, key_id="00" * 8)
    laptop.journal.attachments.add(dossier, strange, CORE, CONTEXT)
    report = _verify(laptop)
    assert (report.contents, report.findings) == (0, ())


def test_a_lost_piece_is_named_with_the_ones_that_are_damaged(laptop: Laptop, dossier: DossierId) -> None:
    _attach(laptop, dossier)
    laptop.change("update pieces set sealed = 7 where number = 1")
    (found,) = _verify(laptop).findings
    ((place,),) = laptop.journal._store.run("select id from pieces where number = 1")
    assert (found.code, found.rows) == ("records.piece_damaged", (place,))


def test_what_is_dropped_with_its_compartment_leaves_the_rest_alone(laptop: Laptop, dossier: DossierId) -> None:
    kept = _attach(laptop, dossier)
    _attach(laptop, dossier, compartment=HEALTH)
    laptop.journal.erase(dossier, "health_key", CONTEXT, HEALTH)
    (one,) = laptop.journal.attachments.standing(dossier)
    assert one.body == kept
    assert laptop.journal.attachments.content(dossier, one) == DATA
    laptop.journal.attachments.want_missing([dossier])
    assert laptop.journal.transfers.wanted() == ()
