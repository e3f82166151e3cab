"""Everything the server can refuse, and how it says so (RFC 9457, problem details)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

from msgspec import Meta

from protocol.messages.fields import text_of
from protocol.messages.message import Message

_NOTHING: Mapping[str, str] = MappingProxyType({})
_Word = Annotated[str, text_of(r"[A-Za-z0-9 ._:\-]{0,64}")]


class Problem(Message, frozen=True):
    """A refusal. `code` is stable and is what a laptop acts on; title and detail are for people who read traffic.

    `details` holds ids and numbers only, such as the sequence number the server expects next.
    """

    type: Annotated[str, text_of(r"[a-z:._\-]{1,120}")]
    title: Annotated[str, text_of(".{1,200}")]
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: Annotated[str, text_of(".{1,500}")]
    code: Annotated[str, text_of(r"[a-z]+\.[a-z_]+")]
    details: Annotated[Mapping[_Word, _Word], Meta(max_length=8)]


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """How one code is answered: HTTP status, a title for people who read traffic, and what to do about it.

    `mendable` tells that a person at the laptop can mend it; every other refusal is the world's.
    """

    status: int
    title: str
    detail: str
    mendable: bool = False


PROBLEMS: Mapping[str, ProblemKind] = MappingProxyType(
    {
        "enrol.chain_broken": ProblemKind(
            403, "Certificates refused", "The chain from the root to the device is not sound."
        ),
        "enrol.device_taken": ProblemKind(409, "Device known", "Another key is enrolled under this device identifier."),
        "enrol.invitation_expired": ProblemKind(
            403, "Invitation expired", "Ask the administrator for a new invitation.", mendable=True
        ),
        "enrol.invitation_used": ProblemKind(
            409, "Invitation used", "An invitation enrols one device; ask for a new one.", mendable=True
        ),
        "enrol.organisation_unknown": ProblemKind(
            404, "Organisation unknown", "This server does not serve the organisation."
        ),
        "membership.forked": ProblemKind(
            409,
            "Another predecessor",
            "Another statement came first; fetch the log again.",
            mendable=True,
        ),
        "membership.gap": ProblemKind(409, "Not the next", "A statement before this one is missing; send it first."),
        "membership.log_full": ProblemKind(
            409, "Log full", "There is no room for this step and what follows from it.", mendable=True
        ),
        "membership.not_yours": ProblemKind(403, "Not your step", "Another organisation has to take this step."),
        "membership.recipient_unknown": ProblemKind(
            404, "Recipient unknown", "This server does not serve the recipient."
        ),
        "membership.wrong_step": ProblemKind(
            409, "Wrong step", "The dossier is not where this step can follow; fetch its log again.", mendable=True
        ),
        "sync.busy": ProblemKind(503, "Server busy", "The server cannot take this now; try again later."),
        "sync.client_newer": ProblemKind(
            409, "Server too old", "The laptop speaks a newer protocol; update the server."
        ),
        "sync.clock_differs": ProblemKind(
            401, "Clocks differ", "The request is too old or too new; set the laptop's clock.", mendable=True
        ),
        "sync.cursor_ahead": ProblemKind(
            409, "Cursor unknown", "This feed never gave the cursor out; read from 0 and send everything again."
        ),
        "sync.database_away": ProblemKind(
            503, "Database away", "It is not known that the request was carried out; send it again later."
        ),
        "sync.device_revoked": ProblemKind(403, "Device revoked", "The administrator revoked this device."),
        "sync.device_unknown": ProblemKind(401, "Device unknown", "The device is not enrolled here."),
        "sync.dossier_erased": ProblemKind(
            410, "Dossier erased", "Its organisation erased the dossier, so nothing more of it is taken from there."
        ),
        "sync.foreign_stream": ProblemKind(
            403, "Foreign stream", "A device pushes only what it wrote and signed itself."
        ),
        "sync.gap": ProblemKind(409, "Rows missing", "A row before these is missing; push from the expected one."),
        "sync.message_broken": ProblemKind(400, "Message refused", "The message is not of the published form."),
        "sync.method_wrong": ProblemKind(405, "Method not allowed", "The resource does not support this method."),
        "sync.not_found": ProblemKind(404, "Not found", "There is no such resource."),
        "sync.not_member": ProblemKind(403, "Not a member", "The dossier belongs to other organisations."),
        "sync.piece_conflict": ProblemKind(
            409, "Pieces differ", "Other bytes are stored at this place; nothing was stored."
        ),
        "sync.request_replayed": ProblemKind(401, "Request repeated", "A request with this nonce was answered before."),
        "sync.row_conflict": ProblemKind(
            409, "Rows differ", "Other bytes are stored at this place; nothing was stored."
        ),
        "sync.server_failed": ProblemKind(500, "Server failed", "The request was not carried out; try again later."),
        "sync.server_newer": ProblemKind(
            426, "Laptop too old", "The laptop speaks an older protocol; update Opmaat there.", mendable=True
        ),
        "sync.signature_wrong": ProblemKind(
            401, "Signature refused", "The request or its content is not signed as agreed."
        ),
        "sync.too_large": ProblemKind(413, "Message too large", "Send less at once."),
    }
)
"""The answer to each code. Laptops have a message for each in the language of the person."""


def problem_of(code: str, details: Mapping[str, str] = _NOTHING) -> Problem:
    """Return the problem `code`, which is a key of `PROBLEMS`."""
    kind = PROBLEMS[code]
    return Problem(f"urn:opmaat:problem:{code}", kind.title, kind.status, kind.detail, code, details)
