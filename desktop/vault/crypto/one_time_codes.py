"""One-time codes that are given apart from a file: 12 characters of Crockford's alphabet, such as `7K3Q-22JD-9MXA`."""

import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_GROUPS = 3
_GROUP = 4


def new_code() -> str:
    """Return a fresh random code of 60 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))


def plain_code(code: str) -> str:
    """Return the characters that count, with letters read as the digits people take them for."""
    return "".join(code.replace("-", " ").split()).upper().translate(_READ_AS)
