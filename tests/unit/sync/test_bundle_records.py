"""The messages in the stream of a bundle: what was written is read, and everything else is damaged."""

import pytest

from desktop.records import SegmentProof
from desktop.sync.batches import proven_segment
from desktop.sync.bundle_records import framed, read_contents, read_messages
from desktop.vault.crypto.chunk_stream import SealedReader
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId
from protocol.messages.bundles import BundleContents, CaseHeld, StreamHeld

CASE, DEVICE = DossierId("1" * 32), DeviceId("2" * 32)
CONTENTS = BundleContents((CASE,), 3, 1, ())
HELD = CaseHeld(CASE, (StreamHeld(DEVICE, 3),), ())


def _reader(data: bytes) -> SealedReader:
    return SealedReader(iter([data]), "bundle.damaged")


def test_messages_come_back_one_after_the_other() -> None:
    reader = _reader(framed(CONTENTS) + framed(HELD) + framed(HELD))
    assert read_contents(reader) == CONTENTS
    assert list(read_messages(reader)) == [HELD, HELD]


@pytest.mark.parametrize(
    "data",
    [
        framed(HELD),
        b"\0",
        b"\x09\0\0\0\0",
        framed(CONTENTS)[:-1],
        b"\1\xff\xff\xff\xff",
        framed(CONTENTS)[:5] + b"!" + framed(CONTENTS)[6:],
        framed(CONTENTS) + framed(CONTENTS),
        b"",
    ],
)
def test_anything_else_is_damaged(data: bytes) -> None:
    def read_all() -> None:
        reader = _reader(data)
        read_contents(reader)
        list(read_messages(reader))

    with pytest.raises(UserError, match=r"bundle\.damaged"):
        read_all()


def test_rows_of_which_one_is_missing_are_not_what_was_signed() -> None:
    assert proven_segment(SegmentProof(CASE, DEVICE, 1, 2, bytes(64)), ()) is None
