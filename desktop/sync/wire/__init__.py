"""The messages between laptop and server: the one package of `desktop` that the server imports.

Standard library and kernel only. Everything here is about bytes: nothing signs, verifies, stores or sends. The few
words of the kernel that the server shares (canonical bytes, errors, ids, clock, hardening) are handed on from here.
`docs/formats/wire.md` describes the same for readers without Python.
"""

from desktop.sync.wire.codec import fields_of, from_bytes, from_value, schema_of, to_bytes, to_value
from desktop.sync.wire.enrolment import (
    DEVICE,
    INVITATION,
    Certificate,
    DeviceBody,
    DeviceChain,
    Enrolled,
    InvitationBody,
    device_id_of,
    read_certificate,
)
from desktop.sync.wire.feed import Page
from desktop.sync.wire.offers import NEXT, SAID_BY_SENDER, Offer, Statement, Step, statement_message, subject_of
from desktop.sync.wire.pieces import Piece, PieceSet
from desktop.sync.wire.problem import Problem
from desktop.sync.wire.rows import Batch, Receipt, Row, Segment, row_digest, segment_message
from desktop.sync.wire.wraps import MOST_WRAPS, Wrap, WrapSet
from protocol.canonical import JsonValue, canonical_bytes, parse_canonical
from protocol.errors import EnvironmentProblem, OpmaatError, UserError
from protocol.hardening import harden
from protocol.identifiers import DeviceId, DossierId, OrganisationId, new_id
from protocol.times import Clock, SystemClock

__all__ = [
    "DEVICE",
    "INVITATION",
    "MOST_WRAPS",
    "NEXT",
    "SAID_BY_SENDER",
    "Batch",
    "Certificate",
    "Clock",
    "DeviceBody",
    "DeviceChain",
    "DeviceId",
    "DossierId",
    "Enrolled",
    "EnvironmentProblem",
    "InvitationBody",
    "JsonValue",
    "Offer",
    "OpmaatError",
    "OrganisationId",
    "Page",
    "Piece",
    "PieceSet",
    "Problem",
    "Receipt",
    "Row",
    "Segment",
    "Statement",
    "Step",
    "SystemClock",
    "UserError",
    "Wrap",
    "WrapSet",
    "canonical_bytes",
    "device_id_of",
    "fields_of",
    "from_bytes",
    "from_value",
    "harden",
    "new_id",
    "parse_canonical",
    "read_certificate",
    "row_digest",
    "schema_of",
    "segment_message",
    "statement_message",
    "subject_of",
    "to_bytes",
    "to_value",
]
