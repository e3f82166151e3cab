"""JSON Schema of every message (2020-12, as OpenAPI 3.1 uses it), made from the message classes themselves."""

from typing import Any

import msgspec

from protocol.messages.enrolment import CertificateChain, Enrolled
from protocol.messages.erasure import ErasureBatch, ErasureReceipt
from protocol.messages.feed import PageHead
from protocol.messages.membership import MembershipAnswer, MembershipBatch, MembershipLog
from protocol.messages.message import Message, Octets
from protocol.messages.rows import Receipt
from protocol.messages.wraps import WrapBatch, WrapReceipt
from protocol.problems import Problem

MESSAGES: tuple[type[Message], ...] = (
    CertificateChain,
    Enrolled,
    ErasureBatch,
    ErasureReceipt,
    MembershipAnswer,
    MembershipBatch,
    MembershipLog,
    PageHead,
    Problem,
    Receipt,
    WrapBatch,
    WrapReceipt,
)
"""What travels in a body of its own; what lies inside them follows."""

_PLACE = "#/components/schemas/{name}"


def message_schemas() -> dict[str, Any]:
    """Return the schema of every message and of what lies inside them, by class name, for `components/schemas`."""
    return msgspec.json.schema_components(MESSAGES, schema_hook=_octets_schema, ref_template=_PLACE)[1]


def schema_reference(kind: type[Message]) -> dict[str, str]:
    """Return the reference to the schema of `kind` in an OpenAPI document."""
    return {"$ref": _PLACE.format(name=kind.__name__)}


def _octets_schema(kind: type) -> dict[str, Any]:
    if not issubclass(kind, Octets):
        raise NotImplementedError(kind)
    return {
        "type": "string",
        "contentEncoding": "base64url",
        "pattern": "^[A-Za-z0-9_-]*$",
        "maxLength": kind.longest_text(),
    }
