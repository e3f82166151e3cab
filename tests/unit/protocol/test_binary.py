"""Binary messages: their bytes for ever, one form of each, and a coded refusal of everything else.

`tests/vectors/wire` holds whole messages and broken ones of every kind; the rest is damage done to the whole ones.
"""

import base64
import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.limits import LARGEST_NUMBER, MOST_ANSWER_BYTES, MOST_EPOCH, MOST_PIECES, MOST_ROWS
from protocol.messages.feed import Page, PageHead, page_bytes, read_page
from protocol.messages.pieces import Piece, PieceSet, piece_set_bytes, read_piece_set
from protocol.messages.rows import Batch, Row, Segment, batch_bytes, read_batch, signed_bytes
from protocol.messages.wraps import Wrap, WrapSet
from tests import places
from tests.examples import examples
from tests.fuzz.mutation import damaged

CORPUS = places.VECTORS / "wire"
DOSSIER = DossierId("00112233445566778899aabbccddeeff")
DEVICE = DeviceId("ffeeddccbbaa99887766554433221100")
ROW = Row("core", 1, bytes(range(32)), b"sealed")
SEGMENT = Segment.of(DOSSIER, DEVICE, 7, (ROW, Row("health", MOST_EPOCH, bytes(32), b"\0")), bytes(range(64)))
WRAPS = WrapSet(DOSSIER, OrganisationId("1" * 32), (Wrap("core", 1, b"wrapped"),))
HEAD = PageHead((), (WRAPS,), (), 9, more=False, generation="3" * 32, mark=5, left_out=("4" * 32,))
BATCH = Batch((SEGMENT, Segment.of(DossierId("5" * 32), DEVICE, LARGEST_NUMBER, (ROW,))))
PIECES = PieceSet(DOSSIER, "6" * 32, (Piece(3, b"three"), Piece(4, b"four")))
PAGE = Page(HEAD, (SEGMENT,))

_Read = Callable[[bytes], Any]
_Write = Callable[[Any], bytes]
KINDS: dict[str, tuple[Any, _Write, _Read]] = {
    "batch": (BATCH, batch_bytes, read_batch),
    "pieces": (PIECES, piece_set_bytes, read_piece_set),
    "page": (PAGE, page_bytes, read_page),
}
WHOLE: dict[str, str] = json.loads((CORPUS / "v1.json").read_text("utf-8"))
BROKEN: list[dict[str, str]] = json.loads((CORPUS / "malformed.json").read_text("utf-8"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_binary_message_has_these_bytes_for_ever(kind: str) -> None:
    message, write, read = KINDS[kind]

    assert write(message).hex() == WHOLE[kind]
    assert read(bytes.fromhex(WHOLE[kind])) == message


def test_a_segment_is_signed_over_these_bytes_for_ever() -> None:
    assert signed_bytes(SEGMENT).decode("latin-1") == WHOLE["signed"]
    (read,) = read_batch(batch_bytes(Batch((SEGMENT,)))).segments
    assert signed_bytes(read) == signed_bytes(SEGMENT)
    for other in (SEGMENT.rows[::-1], SEGMENT.rows[:1]):
        assert signed_bytes(Segment.of(DOSSIER, DEVICE, 7, other)) != signed_bytes(SEGMENT)
    assert signed_bytes(Segment.of(DOSSIER, DEVICE, 8, SEGMENT.rows)) != signed_bytes(SEGMENT)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: f"{broken['kind']}: {broken['name']}")
def test_a_broken_message_is_refused_by_its_code(broken: dict[str, str]) -> None:
    _, _, read = KINDS[broken["kind"]]

    with pytest.raises(UserError) as refused:
        read(base64.b64decode(broken["data"]))
    assert (refused.value.code, dict(refused.value.details)) == (broken["code"], {"what": broken["what"]})


@pytest.mark.parametrize("kind", KINDS)
def test_a_binary_message_above_the_limit_is_not_even_read(kind: str) -> None:
    with pytest.raises(UserError, match=r"sync\.too_large"):
        KINDS[kind][2](bytes(MOST_ANSWER_BYTES + 1))


@pytest.mark.parametrize("kind", KINDS)
def test_a_binary_message_is_read_to_its_very_end(kind: str) -> None:
    message, write, read = KINDS[kind]
    whole = write(message)
    for data in (*(whole[:end] for end in range(len(whole))), whole + b"\0"):
        with pytest.raises(UserError, match=r"sync\.message_broken"):
            read(data)


def test_a_batch_holds_at_most_so_many_rows_over_all_segments() -> None:
    half = Segment.of(DOSSIER, DEVICE, 1, (ROW,) * (MOST_ROWS // 2))
    whole = Batch((half, half))
    assert read_batch(batch_bytes(whole)) == whole

    with pytest.raises(UserError, match=r"sync\.message_broken"):
        read_batch(batch_bytes(Batch((half, half, SEGMENT))))


@given(
    sealed=st.binary(min_size=1, max_size=300),
    epoch=st.integers(1, MOST_EPOCH),
    first=st.integers(1, LARGEST_NUMBER),
    count=st.integers(1, 5),
    compartment=st.from_regex("[a-z][a-z_]{0,15}", fullmatch=True),
)
def test_what_is_written_reads_back(sealed: bytes, epoch: int, first: int, count: int, compartment: str) -> None:
    segment = Segment.of(DOSSIER, DEVICE, first, (Row(compartment, epoch, bytes(32), sealed),) * count)

    assert read_batch(batch_bytes(Batch((segment,)))).segments == (segment,)
    assert segment.last == first + count - 1


@pytest.mark.parametrize("numbers", [(), (0,), (7,), (0, 1, 2), (4, 5), (MOST_PIECES - 1, MOST_PIECES)])
def test_pieces_without_a_gap_travel(numbers: tuple[int, ...]) -> None:
    pieces = PieceSet(DOSSIER, "6" * 32, tuple(Piece(number, b"x") for number in numbers))
    assert read_piece_set(piece_set_bytes(pieces)) == pieces


@pytest.mark.parametrize("numbers", [(0, 2), (1, 0), (3, 3)])
def test_pieces_with_a_gap_are_refused(numbers: tuple[int, ...]) -> None:
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        PieceSet(DOSSIER, "6" * 32, tuple(Piece(number, b"x") for number in numbers))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=examples(200))
@given(seed=st.integers(0, 2**32))
def test_a_damaged_message_is_another_one_or_refused(kind: str, seed: int) -> None:
    _damage(kind, seed)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=examples(20_000))
@given(seed=st.integers(0, 2**32))
def test_many_damaged_messages_are_other_ones_or_refused(kind: str, seed: int) -> None:
    _damage(kind, seed)


def _damage(kind: str, seed: int) -> None:
    """What reads at all has to be the one byte form of what it reads as."""
    message, write, read = KINDS[kind]
    data = damaged([write(message)], Random(seed))  # noqa: S311  # repeatable
    try:
        found = read(data)
    except UserError as error:
        assert error.code == "sync.message_broken"
    else:
        assert write(found) == data
