"""Attachments are whole or absent, open for whoever reads their compartment, and are noticed when anything changes."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records import (
    CORE,
    HEALTH,
    AttachmentAdded,
    AttachmentLabel,
    AttachmentRecord,
    NewContent,
    SealedPiece,
    SealingJob,
    open_journal,
)
from desktop.records.dossiers.snapshots import Summariser
from desktop.vault.crypto.content_pieces import PieceStream, open_piece, seal_piece
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import MUNICIPALITY, RECEPTION
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DossierId
from protocol.limits import LARGEST_ATTACHMENT, PIECE_BYTES
from tests.unit.records.cases import CONTEXT, Laptop, new_laptop, share

AZC = create_organisation("AZC Haarlem", RECEPTION)
TOWN = create_organisation("Gemeente Haarlem", MUNICIPALITY)
LABEL = AttachmentLabel("/intake/opleiding", "diploma.jpg", "diploma")
THREE_PIECES = bytes(range(251)) * 550


def _content(data: bytes = THREE_PIECES) -> NewContent:
    return NewContent("image/jpeg", data, b"thumbnail")


def _attach(laptop: Laptop, dossier: DossierId, data: bytes = THREE_PIECES, compartment: str = CORE) -> AttachmentAdded:
    attachments = laptop.journal.attachments
    sealing = attachments.begin(dossier, compartment, LABEL, _content(data))
    while attachments.step(sealing):
        pass
    return attachments.finish(sealing, CONTEXT)


def _seal_all(laptop: Laptop, sealing: SealingJob) -> None:
    while laptop.journal.attachments.step(sealing):
        pass


def _only(laptop: Laptop, dossier: DossierId) -> AttachmentRecord:
    (one,) = laptop.journal.attachments.standing(dossier)
    return one


def _laptop(root: Path) -> tuple[Laptop, DossierId]:
    laptop = new_laptop(root, AZC)
    return laptop, laptop.journal.create_dossier("Selam", ("ti",), CONTEXT)


@pytest.mark.parametrize("size", [1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES])
def test_what_is_attached_is_read_back_after_a_restart(tmp_path: Path, size: int) -> None:
    laptop, dossier = _laptop(tmp_path)
    data = (b"0123456789" * (size // 10 + 1))[:size]
    body = _attach(laptop, dossier, data)
    laptop.reopen()
    one = _only(laptop, dossier)
    assert one.body == body
    assert laptop.journal.attachments.content(dossier, one) == data
    assert laptop.journal.attachments.thumbnail(dossier, one) == b"thumbnail"
    assert (one.stamp.author, one.compartment) == (CONTEXT.author, CORE)
    laptop.journal.close()


def test_a_half_written_attachment_is_invisible_and_swept(tmp_path: Path) -> None:
    laptop, dossier = _laptop(tmp_path)
    sealing = laptop.journal.attachments.begin(dossier, CORE, LABEL, _content())
    laptop.journal.attachments.step(sealing)
    laptop.journal.attachments.step(sealing)
    assert laptop.journal.attachments.standing(dossier) == ()
    assert laptop.journal.transfers.unsent(10) == ()
    laptop.journal.close()
    assert _counts(laptop.file) == (1, 2)
    laptop.reopen()
    assert laptop.journal.attachments.standing(dossier) == ()
    laptop.journal.close()
    assert _counts(laptop.file) == (0, 0)


def test_a_cancelled_attachment_leaves_nothing(tmp_path: Path) -> None:
    laptop, dossier = _laptop(tmp_path)
    sealing = laptop.journal.attachments.begin(dossier, CORE, LABEL, _content())
    laptop.journal.attachments.step(sealing)
    laptop.journal.attachments.cancel(sealing)
    laptop.journal.close()
    assert _counts(laptop.file) == (0, 0)


def test_an_attachment_cannot_be_finished_before_its_last_piece(tmp_path: Path) -> None:
    laptop, dossier = _laptop(tmp_path)
    sealing = laptop.journal.attachments.begin(dossier, CORE, LABEL, _content())
    laptop.journal.attachments.step(sealing)
    with pytest.raises(UserError, match=r"records\.piece_damaged"):
        laptop.journal.attachments.finish(sealing, CONTEXT)
    assert laptop.journal.attachments.standing(dossier) == ()
    laptop.journal.close()


def test_more_than_50_mb_and_nothing_at_all_are_refused(tmp_path: Path) -> None:
    laptop, dossier = _laptop(tmp_path)
    for data in (b"", bytes(LARGEST_ATTACHMENT + 1)):
        with pytest.raises(UserError, match=r"attachment\.too_large"):
            laptop.journal.attachments.begin(dossier, CORE, LABEL, _content(data))
    laptop.journal.close()


def test_the_same_content_is_found_within_a_dossier_and_compartment_only(tmp_path: Path) -> None:
    laptop, dossier = _laptop(tmp_path)
    other = laptop.journal.create_dossier("Amina", ("ar",), CONTEXT)
    body = _attach(laptop, dossier)
    same = laptop.journal.attachments.same
    assert same(dossier, CORE, THREE_PIECES) == body
    assert same(dossier, CORE, THREE_PIECES[:-1] + b"\0") is None
    assert same(dossier, HEALTH, THREE_PIECES) is None
    assert same(other, CORE, THREE_PIECES) is None
    assert _attach(laptop, other).content != body.content
    assert _attach(laptop, dossier, compartment=HEALTH).content != body.content
    laptop.renew(dossier)
    assert same(dossier, CORE, THREE_PIECES) == body
    laptop.journal.close()


def test_a_removed_attachment_comes_back_until_the_vault_closes(tmp_path: Path) -> None:
    laptop, dossier = _laptop(tmp_path)
    body = _attach(laptop, dossier)
    attachments = laptop.journal.attachments
    one = attachments.remove(dossier, body.attachment, CONTEXT)
    assert attachments.standing(dossier) == ()
    attachments.add(dossier, one.body, one.compartment, CONTEXT)
    assert attachments.content(dossier, _only(laptop, dossier)) == THREE_PIECES
    attachments.remove(dossier, body.attachment, CONTEXT)
    laptop.journal.close()
    assert _counts(laptop.file) == (0, 0)


def test_a_content_used_twice_stays_until_the_last_use_is_removed(tmp_path: Path) -> None:
    laptop, dossier = _laptop(tmp_path)
    first = _attach(laptop, dossier)
    values = {**first.to_json(), "attachment": "ab" * 16, "ref": ""}
    laptop.journal.attachments.add(dossier, AttachmentAdded.from_json(values), CORE, CONTEXT)
    laptop.journal.attachments.remove(dossier, first.attachment, CONTEXT)
    laptop.reopen()
    assert laptop.journal.attachments.content(dossier, _only(laptop, dossier)) == THREE_PIECES
    laptop.journal.close()


def test_without_the_key_of_its_compartment_an_attachment_opens_no_more(tmp_path: Path) -> None:
    laptop, dossier = _laptop(tmp_path)
    _attach(laptop, dossier, compartment=HEALTH)
    one = _only(laptop, dossier)
    laptop.journal.erase(dossier, "health_key", CONTEXT, HEALTH)
    assert laptop.journal.attachments.standing(dossier) == ()
    with pytest.raises(UserError, match=r"records\.no_key"):
        laptop.journal.attachments.content(dossier, one)
    laptop.journal.close()


def test_an_erased_dossier_takes_its_attachments_along(tmp_path: Path) -> None:
    laptop, dossier = _laptop(tmp_path)
    _attach(laptop, dossier)
    laptop.journal.erase(dossier, "retention.test", CONTEXT)
    laptop.journal.close()
    assert _counts(laptop.file) == (0, 0)


@pytest.mark.parametrize("change", ["flip", "swap", "drop", "cut", "grow", "version"])
def test_a_changed_file_is_noticed(tmp_path: Path, change: str) -> None:
    laptop, dossier = _laptop(tmp_path)
    _attach(laptop, dossier)
    laptop.journal.close()
    with closing(sqlite3.connect(laptop.file)) as connection, connection:
        _damage(connection, change)
    laptop.journal = open_journal(laptop.vault.directory, laptop.vault, laptop.clock)
    with pytest.raises(UserError, match=r"records\.piece_(damaged|newer)"):
        laptop.journal.attachments.content(dossier, _only(laptop, dossier))
    laptop.journal.close()


@pytest.mark.parametrize("change", ["", "flip", "drop"])
def test_verifying_the_vault_reads_every_piece(tmp_path: Path, change: str) -> None:
    laptop, dossier = _laptop(tmp_path)
    _attach(laptop, dossier)
    laptop.journal.close()
    with closing(sqlite3.connect(laptop.file)) as connection, connection:
        if change:
            _damage(connection, change)
    laptop.journal = open_journal(laptop.vault.directory, laptop.vault, laptop.clock)
    check = laptop.journal.verification(Summariser(1, lambda view: view.name.encode()))
    while check.step():
        pass
    found = [(finding.table, finding.code, finding.dossier) for finding in check.report.findings]
    assert check.report.contents == 1
    assert found == ([("pieces", "records.piece_damaged", dossier)] if change else [])
    laptop.journal.close()


def test_a_full_disk_leaves_nothing_of_a_file_and_everything_else(tmp_path: Path) -> None:
    laptop, dossier = _laptop(tmp_path)
    attachments = laptop.journal.attachments
    sealing = attachments.begin(dossier, CORE, LABEL, _content())
    pages = laptop.journal._store.run("pragma page_count")[0][0]
    laptop.journal._store.run(f"pragma max_page_count = {pages + 20}")
    with pytest.raises(EnvironmentProblem, match=r"records\.disk_full"):
        _seal_all(laptop, sealing)
    attachments.cancel(sealing)
    assert attachments.standing(dossier) == ()
    laptop.answer(dossier, "/a", "still kept")
    laptop.journal._store.run("pragma max_page_count = 1000000")
    body = _attach(laptop, dossier)
    laptop.reopen()
    assert _only(laptop, dossier).body == body
    assert laptop.journal.view(dossier).answers["/a"][0].text == "still kept"
    laptop.journal.close()


def test_a_colleague_gets_what_was_attached_piece_by_piece(tmp_path: Path) -> None:
    (laptop, dossier), colleague = _laptop(tmp_path / "a"), new_laptop(tmp_path / "b", AZC, "P. Bakker")
    _attach(laptop, dossier)
    share(laptop, colleague)
    transfers = colleague.journal.transfers
    assert [(want.dossier, want.number) for want in transfers.wanted()] == [(dossier, 0)]
    pieces = laptop.journal.transfers.unsent(100)
    assert [piece.number for piece in pieces] == [0, 1, 2, 3]
    one = _only(colleague, dossier)
    for piece in pieces[:2]:
        assert transfers.accept([piece])[1] == ()
    assert colleague.journal.attachments.thumbnail(dossier, one) == b"thumbnail"
    with pytest.raises(UserError, match=r"attachment\.not_here"):
        colleague.journal.attachments.content(dossier, one)
    colleague.reopen()
    assert [want.number for want in colleague.journal.transfers.wanted()] == [2]
    assert colleague.journal.transfers.accept(pieces)[1] == ()
    assert colleague.journal.transfers.wanted() == ()
    assert colleague.journal.attachments.content(dossier, one) == THREE_PIECES
    laptop.journal.close()
    colleague.journal.close()


def test_a_piece_that_was_changed_swapped_or_never_asked_for_is_refused(tmp_path: Path) -> None:
    (laptop, dossier), colleague = _laptop(tmp_path / "a"), new_laptop(tmp_path / "b", AZC, "P. Bakker")
    _attach(laptop, dossier)
    share(laptop, colleague)
    first, second, *_ = laptop.journal.transfers.unsent(100)
    flipped = SealedPiece(dossier, first.blob, 0, first.sealed[:-1] + bytes((first.sealed[-1] ^ 1,)))
    moved = SealedPiece(dossier, first.blob, 0, second.sealed)
    strange = SealedPiece(dossier, "ab" * 16, 0, first.sealed)
    _, refused = colleague.journal.transfers.accept([flipped, moved, strange, second])
    assert refused == ("records.piece_damaged", "records.piece_damaged", "attachment.unknown", "records.row_gap")
    assert [want.number for want in colleague.journal.transfers.wanted()] == [0]
    laptop.journal.close()
    colleague.journal.close()


def test_pieces_that_open_but_are_not_those_sent_are_fetched_again(tmp_path: Path) -> None:
    (laptop, dossier), colleague = _laptop(tmp_path / "a"), new_laptop(tmp_path / "b", AZC, "P. Bakker")
    body = _attach(laptop, dossier)
    share(laptop, colleague)
    stream = PieceStream(dossier, CORE, body.epoch, body.blob, body.count)
    key = stream.key(laptop.journal._cache.open(dossier).keyring.newest(CORE).key)
    forged = [SealedPiece(dossier, body.blob, n, seal_piece(key, stream, n, b"x")) for n in range(body.count + 1)]
    _, refused = colleague.journal.transfers.accept(forged)
    assert refused == ("records.piece_damaged",)
    assert [want.number for want in colleague.journal.transfers.wanted()] == [0]
    laptop.journal.close()
    colleague.journal.close()


def test_what_the_server_has_is_not_sent_twice_unless_it_forgot(tmp_path: Path) -> None:
    laptop, dossier = _laptop(tmp_path)
    _attach(laptop, dossier)
    transfers = laptop.journal.transfers
    pieces = transfers.unsent(2)
    transfers.acknowledge(pieces[-1])
    assert [piece.number for piece in transfers.unsent(10)] == [2, 3]
    transfers.acknowledge(transfers.unsent(10)[-1])
    assert (transfers.unsent(10), transfers.waiting()) == ((), 0)
    laptop.journal.outbox.send_again()
    assert len(transfers.unsent(10)) == 4
    laptop.journal.close()


def test_what_was_removed_is_sent_no_further_unless_it_comes_back(tmp_path: Path) -> None:
    laptop, dossier = _laptop(tmp_path)
    body = _attach(laptop, dossier)
    transfers, attachments = laptop.journal.transfers, laptop.journal.attachments
    under_way = transfers.unsent(2)
    one = attachments.remove(dossier, body.attachment, CONTEXT)
    transfers.acknowledge(under_way[-1])
    assert (transfers.unsent(10), transfers.waiting()) == ((), 0)
    laptop.journal.outbox.send_again()
    assert transfers.unsent(10) == ()
    attachments.add(dossier, one.body, one.compartment, CONTEXT)
    assert len(transfers.unsent(10)) == 4
    laptop.journal.close()


STREAM = PieceStream(DossierId("00" * 16), CORE, 1, "11" * 16, 3)
KEY = STREAM.key(bytes(32))
SEALED = [seal_piece(KEY, STREAM, number, b"piece %d" % number) for number in range(4)]


@given(st.integers(0, 3), st.binary(max_size=80), st.integers(-1, 5))
def test_a_piece_opens_in_its_own_place_or_not_at_all(number: int, noise: bytes, place: int) -> None:
    assert open_piece(KEY, STREAM, number, SEALED[number]) == b"piece %d" % number
    tries = [noise, SEALED[number] + noise + b"\0", SEALED[number][: len(noise) % len(SEALED[number])], b"\x01" + noise]
    for broken in tries:
        with pytest.raises(UserError, match=r"records\.piece_(damaged|newer)"):
            open_piece(KEY, STREAM, number, broken)
    if place != number:
        with pytest.raises(UserError, match=r"records\.piece_damaged"):
            open_piece(KEY, STREAM, place, SEALED[number])


@pytest.mark.parametrize(
    "other",
    [
        PieceStream(DossierId("01" * 16), CORE, 1, "11" * 16, 3),
        PieceStream(DossierId("00" * 16), HEALTH, 1, "11" * 16, 3),
        PieceStream(DossierId("00" * 16), CORE, 2, "11" * 16, 3),
        PieceStream(DossierId("00" * 16), CORE, 1, "12" * 16, 3),
        PieceStream(DossierId("00" * 16), CORE, 1, "11" * 16, 2),
    ],
)
def test_a_piece_opens_in_no_other_content(other: PieceStream) -> None:
    for key in (KEY, other.key(bytes(32))):
        with pytest.raises(UserError, match=r"records\.piece_damaged"):
            open_piece(key, other, 1, SEALED[1])


def _counts(file: Path) -> tuple[int, int]:
    """Return how many contents and how many pieces lie in the file."""
    with closing(sqlite3.connect(file)) as connection:
        blobs = connection.execute("select count(*) from blobs").fetchone()[0]
        return blobs, connection.execute("select count(*) from pieces").fetchone()[0]


def _damage(connection: sqlite3.Connection, change: str) -> None:
    if change == "swap":
        connection.execute("update pieces set number = 9 where number = 1")
        connection.execute("update pieces set number = 1 where number = 2")
        connection.execute("update pieces set number = 2 where number = 9")
    elif change == "drop":
        connection.execute("delete from pieces where number = 3")
    else:
        sealed = bytes(connection.execute("select sealed from pieces where number = 2").fetchone()[0])
        changed = {
            "flip": sealed[:40] + bytes((sealed[40] ^ 1,)) + sealed[41:],
            "cut": sealed[:-1],
            "grow": sealed + b"\0",
            "version": b"\x02" + sealed[1:],
        }[change]
        connection.execute("update pieces set sealed = ? where number = 2", [changed])
