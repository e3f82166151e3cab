"""Places in streams, and many of them packed as bytes: what a document says that somebody's rows reach.

Packed are 56 bytes for each: a name of 16 bytes (of a device or a dossier), the sequence as 8 bytes, big end first, and
the SHA-256 of the row there; by ascending name. Bytes: docs/formats/trust.md.
"""

from collections.abc import Mapping
from typing import NamedTuple

from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId

_NAME_BYTES = 16
_SEQUENCE_BYTES = 8
_DIGEST_BYTES = 32
CUT_BYTES = _NAME_BYTES + _SEQUENCE_BYTES + _DIGEST_BYTES


class StreamCut(NamedTuple):
    """The last row of a stream that still counts: its sequence and its digest."""

    sequence: int
    digest: bytes


def pack_cuts(cuts: Mapping[DeviceId, StreamCut] | Mapping[DossierId, StreamCut]) -> bytes:
    """Return `cuts` as bytes, by the hexadecimal names of what they are places in."""
    return b"".join(
        bytes.fromhex(name) + cut.sequence.to_bytes(_SEQUENCE_BYTES, "big") + cut.digest
        for name, cut in sorted(cuts.items())
    )


def unpack_cuts(packed: bytes, damaged: str) -> dict[str, StreamCut]:
    """Return what `pack_cuts` packed. Raises UserError `damaged` for a part of a place or names out of order."""
    if len(packed) % CUT_BYTES:
        raise UserError(damaged)
    cuts: dict[str, StreamCut] = {}
    last = ""
    for start in range(0, len(packed), CUT_BYTES):
        entry = packed[start : start + CUT_BYTES]
        name, number, digest = entry[:_NAME_BYTES].hex(), entry[_NAME_BYTES:-_DIGEST_BYTES], entry[-_DIGEST_BYTES:]
        if name <= last:
            raise UserError(damaged)
        cuts[name] = StreamCut(int.from_bytes(number, "big"), digest)
        last = name
    return cuts
