"""The messages that only a bundle holds."""

import pytest

from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId
from protocol.messages.bundles import CaseHeld, StreamHeld, read_bundle_head
from protocol.messages.message import from_bytes, to_bytes

DOSSIER, DEVICE = DossierId("1" * 32), DeviceId("2" * 32)


def test_a_stream_is_named_once() -> None:
    held = CaseHeld(DOSSIER, (StreamHeld(DEVICE, 3),), ("4" * 32,))
    assert from_bytes(CaseHeld, to_bytes(held)) == held
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        CaseHeld(DOSSIER, (StreamHeld(DEVICE, 3), StreamHeld(DEVICE, 4)), ())


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"chain":1,"document":2}', b"\xff"])
def test_what_is_no_head_is_damaged(data: bytes) -> None:
    with pytest.raises(UserError, match=r"bundle\.damaged"):
        read_bundle_head(data)
