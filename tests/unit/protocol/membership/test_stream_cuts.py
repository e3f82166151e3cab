"""Places in streams, packed: what is written reads back, and nothing else is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.errors import UserError
from protocol.identifiers import DeviceId
from protocol.messages.stream_cuts import CUT_BYTES, StreamCut, pack_cuts, unpack_cuts

LOW, HIGH = DeviceId("0" * 31 + "1"), DeviceId("f" * 32)
CUTS = {HIGH: StreamCut(2**53 - 1, bytes(range(32))), LOW: StreamCut(1, bytes(32))}


def test_they_have_these_bytes_for_ever() -> None:
    assert pack_cuts({LOW: StreamCut(258, b"\7" * 32)}) == bytes(15) + b"\1" + bytes(6) + b"\1\2" + b"\7" * 32
    assert len(pack_cuts(CUTS)) == 2 * CUT_BYTES
    assert pack_cuts({}) == b""


@given(
    st.dictionaries(
        st.text("0123456789abcdef", min_size=32, max_size=32),
        st.tuples(st.integers(0, 2**64 - 1), st.binary(min_size=32, max_size=32)),
        max_size=5,
    )
)
def test_what_is_packed_reads_back(found: dict[str, tuple[int, bytes]]) -> None:
    cuts = {DeviceId(name): StreamCut(*place) for name, place in found.items()}
    assert unpack_cuts(pack_cuts(cuts), "sync.message_broken") == cuts


@pytest.mark.parametrize(
    "packed",
    [
        pack_cuts(CUTS)[:-1],
        pack_cuts(CUTS) + b"\0",
        pack_cuts({LOW: CUTS[LOW]}) * 2,
        pack_cuts({HIGH: CUTS[HIGH]}) + pack_cuts({LOW: CUTS[LOW]}),
    ],
)
def test_part_of_a_place_and_names_out_of_order_are_damaged(packed: bytes) -> None:
    with pytest.raises(UserError, match=r"trust\.document_damaged"):
        unpack_cuts(packed, "trust.document_damaged")
