"""The one thing worth keeping of EXIF: which way up the picture is.

Source: Exif 2.32 (CIPA DC-008), tag 0x0112; TIFF 6.0 for the block it stands in.
"""

UPRIGHT = 1

_ORIENTATION = 0x0112
_ENTRY_BYTES = 12
_MOST_ENTRIES = 1000
_TURNED = range(2, 9)


def orientation_of(block: bytes) -> int:
    """Return the orientation (1 to 8) in a TIFF-like EXIF block; 1 where there is none or the block is nonsense."""
    order = {b"II": "little", b"MM": "big"}.get(block[:2])
    if order is None:
        return UPRIGHT

    def number(at: int, size: int) -> int:
        return int.from_bytes(block[at : at + size], "little" if order == "little" else "big")

    start = number(4, 4)
    for at in range(start + 2, start + 2 + min(number(start, 2), _MOST_ENTRIES) * _ENTRY_BYTES, _ENTRY_BYTES):
        if number(at, 2) == _ORIENTATION:
            found = number(at + 8, 2)
            return found if found in _TURNED else UPRIGHT
    return UPRIGHT


def orientation_block(orientation: int) -> bytes:
    """Return an EXIF block that says `orientation` and nothing else."""
    entry = _ORIENTATION.to_bytes(2, "big") + b"\0\x03\0\0\0\x01" + orientation.to_bytes(2, "big") + b"\0\0"
    return b"MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"
