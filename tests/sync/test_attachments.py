"""Attachments travel with the case, sealed, a few pieces at a time, over a real server and through cut connections."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from desktop.records import CORE, AttachmentAdded, AttachmentLabel, NewContent
from protocol.errors import EnvironmentProblem
from protocol.identifiers import DossierId
from protocol.limits import MOST_PIECES_AT_ONCE
from protocol.messages.membership import MembershipStep
from protocol.messages.pieces import Piece, PieceSet
from tests.sync.machines import AT_THE_TABLE, CANARY, Laptop, Office, Online, ServerProcess, found_office
from tests.sync.proxy import cutting_proxy

Join = Callable[..., Laptop]
FIVE_MB = 5 * 1024 * 1024


def _attach(laptop: Laptop, case: DossierId, data: bytes, name: str = f"{CANARY}.jpg") -> AttachmentAdded:
    attachments = laptop.journal.attachments
    sealing = attachments.begin(case, CORE, AttachmentLabel("", name), NewContent("image/jpeg", data, CANARY.encode()))
    while attachments.step(sealing):
        pass
    return attachments.finish(sealing, AT_THE_TABLE)


def _content(laptop: Laptop, case: DossierId) -> bytes:
    (one,) = laptop.journal.attachments.standing(case)
    assert laptop.journal.attachments.thumbnail(case, one) == CANARY.encode()
    return laptop.journal.attachments.content(case, one)


def test_a_colleague_finds_what_was_attached(azc: Office, join: Join) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    case, data = anna.open_case(), os.urandom(3_000_000)
    _attach(anna, case, data)
    assert anna.online().synchronise.state().waiting == 4

    anna.once()
    rounds = bram.once()

    assert anna.journal.transfers.waiting() == 0
    assert bram.journal.transfers.wanted() == ()
    assert _content(bram, case) == data
    assert not any(one.refused for one in rounds)


def test_five_megabytes_travel_with_the_handover_through_a_cut_connection(
    azc: Office, town: Office, join: Join
) -> None:
    azc.know(town)
    town.know(azc)
    anna, cora = join(azc, "anna"), join(town, "cora")
    case, data = anna.open_case(), os.urandom(FIVE_MB)
    cora.once()
    anna.once()
    _attach(anna, case, data)
    anna.offer(case, town.root.card)

    sent = _through_cuts(anna, azc.server, 3_500_000)
    fetched = _through_cuts(cora, azc.server, 3_500_000)

    assert sent > 0
    assert fetched > 0
    assert _content(cora, case) == data


def test_who_is_told_of_a_case_finds_its_attachments(azc: Office, town: Office, join: Join) -> None:
    azc.know(town)
    town.know(azc)
    anna, cora = join(azc, "anna"), join(town, "cora")
    case, data = anna.open_case(), os.urandom(FIVE_MB)
    anna.once()
    cora.once()
    _attach(anna, case, data)
    anna.offer(case, town.root.card)
    online, membership = anna.online(), anna.journal.membership

    first = online.synchronise.round()

    assert first is not None
    assert first.again
    assert [each.step for each in membership.waiting()] == [MembershipStep.OFFERED]
    online.rounds()
    assert membership.waiting() == ()
    cora.once()
    assert _content(cora, case) == data


def test_a_case_does_not_wait_for_the_attachments_of_another(azc: Office, town: Office, join: Join) -> None:
    azc.know(town)
    town.know(azc)
    anna = join(azc, "anna")
    case, other = anna.open_case(), anna.open_case("Amina")
    anna.once()
    _attach(anna, other, os.urandom(FIVE_MB))
    anna.offer(case, town.root.card)

    anna.online().synchronise.round()

    assert anna.journal.membership.waiting() == ()
    assert anna.journal.transfers.waiting() == 1


def test_pieces_are_taken_once_and_never_replaced(azc: Office, town: Office, join: Join) -> None:
    anna, cora = join(azc, "anna"), join(town, "cora")
    case = anna.open_case()
    _attach(anna, case, b"x" * 600_000)
    online, stranger = anna.online(), cora.online()
    online.rounds()
    stranger.rounds()
    anna.journal.outbox.send_again()
    pieces = anna.journal.transfers.unsent(MOST_PIECES_AT_ONCE)
    asked = PieceSet(case, pieces[0].blob, tuple(Piece(piece.number, piece.sealed) for piece in pieces))

    receipt = online.client.push_pieces(asked)

    assert (receipt.stored, receipt.known) == (0, 11)
    forged = replace(asked, pieces=(Piece(2, b"other"), Piece(3, b"other")))
    _refused(lambda: online.client.push_pieces(forged), "sync.piece_conflict")
    _refused(lambda: stranger.client.push_pieces(asked), "sync.not_member")
    _refused(lambda: stranger.client.pieces(case, asked.blob, 0), "sync.not_member")
    assert online.client.pieces(case, asked.blob, 0) == asked
    assert online.client.pieces(case, asked.blob, 11).pieces == ()
    assert online.client.pieces(case, "ab" * 16, 0).pieces == ()


def test_a_content_the_server_does_not_have_yet_holds_nothing_up(azc: Office, join: Join) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    case = anna.open_case()
    anna.once()
    _attach(anna, case, b"x" * 600_000)
    _push_rows_only(anna.online(), anna)

    rounds = bram.once()

    assert len(rounds) < 5
    assert len(bram.journal.transfers.wanted()) == 1
    anna.once()
    bram.once()
    assert _content(bram, case) == b"x" * 600_000


def test_a_server_that_came_back_from_a_backup_gets_the_pieces_again(azc: Office, join: Join) -> None:
    anna = join(azc, "anna")
    case = anna.open_case()
    _attach(anna, case, b"x" * 600_000)
    anna.once()
    anna.journal.outbox.send_again()
    anna.once()
    assert anna.journal.transfers.waiting() == 0


def test_neither_name_nor_content_can_be_read_on_the_server(
    own_server: ServerProcess, tmp_path: Path, join: Join
) -> None:
    azc = found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception")
    anna = join(azc, "anna")
    _attach(anna, anna.open_case(), CANARY.encode() * 4000)
    anna.once()
    own_server.stop()
    if "://" not in own_server.database:
        with closing(sqlite3.connect(own_server.database)) as connection:
            assert connection.execute("select count(*) from pieces").fetchone()[0] == 2
        files = [path for path in Path(own_server.database).parent.iterdir() if path.is_file()]
        assert not any(CANARY.encode() in path.read_bytes() for path in files)
    assert CANARY not in own_server.log.read_text("utf-8")


def _push_rows_only(online: Online, laptop: Laptop) -> None:
    from desktop.sync import outgoing

    rows = outgoing.collect(laptop.journal, laptop.vault.device)
    assert rows is not None
    outgoing.settle(laptop.journal, outgoing.send(online.client, rows))


def _refused(operation: Callable[[], object], code: str) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        operation()
    assert caught.value.code == code


def _through_cuts(laptop: Laptop, server: ServerProcess, allowance: int) -> int:
    """Synchronise over connections of which each breaks after `allowance` bytes; return how often one broke."""
    with cutting_proxy(server.port, lambda _number: allowance) as proxy:
        for _ in range(50):
            try:
                laptop.online(proxy.address).rounds()
            except EnvironmentProblem as error:
                assert error.code == "sync.unreachable"
            else:
                return proxy.cuts
    raise AssertionError("never done")
