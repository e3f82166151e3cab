"""Digests and encodings (XForms 1.1 `digest()`; ODK XForms `base64-decode()`)."""

import base64
import binascii
import hashlib
from collections.abc import Mapping

from desktop.forms.errors import FormError
from desktop.forms.xpath.compiler import Builder
from desktop.forms.xpath.library.define import function

_ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def _digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    """No secret rests on these digests: forms use them to compare and to number."""
    name = _ALGORITHMS.get(algorithm.upper())
    if name is None or encoding.lower() not in {"base64", "hex"}:
        raise FormError("form.value", function="digest")
    found = hashlib.new(name, text.encode(), usedforsecurity=False)
    return found.hexdigest() if encoding.lower() == "hex" else base64.b64encode(found.digest()).decode("ascii")


def _decode(text: str) -> str:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


FUNCTIONS: Mapping[str, Builder] = {
    "digest": function("text", _digest, "text", "text", "text", optional=1),
    "base64-decode": function("text", _decode, "text"),
}
"""Functions by name."""
