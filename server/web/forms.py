"""Forms that come in: short, and sent by a page of ours.

A form carries a token made from the cookie that the browser sends with it, under a key of this process. Another site
can neither read the cookie nor make the token, and browsers say by themselves when a form comes from elsewhere.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

TOKEN_FIELD = "token"  # noqa: S105 - the name of a field
_MOST_BYTES = 8 * 1024
_MOST_FIELDS = 8
_MEDIA_TYPE = "application/x-www-form-urlencoded"


class FormTokens:
    """Makes and checks the tokens of forms."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def of(self, cookie: str) -> str:
        """Return the token of the forms of a page that is shown to who has `cookie`."""
        return hmac.new(self._key, cookie.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def is_ours(self, request: Request, cookie: str, fields: Mapping[str, str]) -> bool:
        """Tell whether `request` with `fields` is a form of a page of ours that was shown to who has `cookie`."""
        from_here = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
        given = fields.get(TOKEN_FIELD, "").encode("utf-8", "replace")
        return bool(cookie) and from_here and hmac.compare_digest(given, self.of(cookie).encode("ascii"))


async def read_form(request: Request) -> Mapping[str, str] | None:
    """Return the fields of a form, the last of each name; None where it is none, or longer than 8 KiB."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _MEDIA_TYPE:
        return None
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > _MOST_BYTES:
                return None
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except (ClientDisconnect, ValueError):
        return None
    return dict(pairs)
