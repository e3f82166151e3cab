"""Bytes as text: base64url without padding (RFC 4648, section 5), in one form only."""

import base64
import binascii

from protocol.errors import UserError


def to_base64(data: bytes) -> str:
    """Return `data` in the one base64url form without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64(text: str, code: str) -> bytes:
    """Return what `to_base64` wrote. Raises UserError `code` for any other text, another form of the same bytes too."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise UserError(code) from error
    if to_base64(data) != text:
        raise UserError(code)
    return data
