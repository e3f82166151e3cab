"""Everything the server can refuse, and how it says so (RFC 9457).

A refusal is raised as `Refusal(code, details)` anywhere below the routes, and becomes a response in one place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desktop.sync.wire import Problem, to_bytes

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Kind:
    """How one code is answered: HTTP status, a title for people who read traffic, and what to do about it."""

    status: int
    title: str
    detail: str


PROBLEMS: Mapping[str, Kind] = MappingProxyType(
    {
        "enrol.chain_broken": Kind(403, "Certificates refused", "The chain from the root to the device is not sound."),
        "enrol.device_taken": Kind(409, "Device known", "Another key is enrolled under this device identifier."),
        "enrol.invitation_expired": Kind(403, "Invitation expired", "Ask the administrator for a new invitation."),
        "enrol.invitation_used": Kind(409, "Invitation used", "An invitation enrols one device; ask for a new one."),
        "enrol.organisation_unknown": Kind(404, "Organisation unknown", "This server does not serve the organisation."),
        "offer.already_open": Kind(409, "Offer open", "The dossier is already being offered; withdraw that first."),
        "offer.not_yours": Kind(403, "Not your step", "Another organisation has to take this step."),
        "offer.recipient_unknown": Kind(404, "Recipient unknown", "This server does not serve the recipient."),
        "offer.wrong_step": Kind(409, "Wrong step", "The offer is not where this step can follow; fetch it again."),
        "sync.client_newer": Kind(409, "Server too old", "The laptop speaks a newer protocol; update the server."),
        "sync.clock_differs": Kind(401, "Clocks differ", "The request is too old or too new; set the laptop's clock."),
        "sync.device_revoked": Kind(403, "Device revoked", "The administrator revoked this device."),
        "sync.device_unknown": Kind(401, "Device unknown", "The device is not enrolled here."),
        "sync.foreign_stream": Kind(403, "Foreign stream", "A device pushes only what it wrote and signed itself."),
        "sync.gap": Kind(409, "Rows missing", "A row before these is missing; push from the expected one."),
        "sync.message_broken": Kind(400, "Message refused", "The message is not of the published form."),
        "sync.method_wrong": Kind(405, "Method not allowed", "The resource does not support this method."),
        "sync.not_found": Kind(404, "Not found", "There is no such resource."),
        "sync.not_member": Kind(403, "Not a member", "The dossier belongs to other organisations."),
        "sync.piece_conflict": Kind(409, "Pieces differ", "Other bytes are stored at this place; nothing was stored."),
        "sync.request_replayed": Kind(401, "Request repeated", "A request with this nonce was answered before."),
        "sync.row_conflict": Kind(409, "Rows differ", "Other bytes are stored at this place; nothing was stored."),
        "sync.server_failed": Kind(500, "Server failed", "The request was not carried out; try again later."),
        "sync.server_newer": Kind(426, "Laptop too old", "The laptop speaks an older protocol; update Opmaat there."),
        "sync.signature_wrong": Kind(401, "Signature refused", "The request or its content is not signed as agreed."),
        "sync.too_large": Kind(413, "Message too large", "Send less at once."),
    }
)
"""The answer to each code. Laptops have a message for each in the language of the person."""


class Refusal(Exception):  # noqa: N818 - the server refuses; that is no error of the server
    """The server will not do what was asked; `code` is a key of `PROBLEMS`, `details` hold ids and numbers only."""

    def __init__(self, code: str, details: Mapping[str, str] = _NOTHING) -> None:
        """Keep the code and the details."""
        super().__init__(code)
        self.code = code
        self.details = MappingProxyType(dict(details))


def problem_body(code: str, details: Mapping[str, str] = _NOTHING) -> tuple[int, bytes]:
    """Return the HTTP status and the body of the problem `code`."""
    kind = PROBLEMS[code]
    problem = Problem(
        type=f"urn:opmaat:problem:{code}",
        title=kind.title,
        status=kind.status,
        detail=kind.detail,
        code=code,
        details=details,
    )
    return kind.status, to_bytes(problem)
