"""Reading a request, in this order: its protocol, who signed it, its body within the limit, whether that was signed.

Nothing of a body is read before the signature over its digest is verified. The one exception, an enrolment, brings the
key to its signature in the body, and has a small limit of its own.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from starlette.requests import ClientDisconnect

from protocol.errors import UserError
from protocol.limits import MOST_BODY_BYTES
from protocol.messages.message import Message, from_bytes
from protocol.version import OLDEST_PROTOCOL, PROTOCOL, PROTOCOL_HEADER
from server.http.calls import VerifiedCall, require_admitted
from server.refusals import Refusal
from server.services import ServerContext
from server.signatures import SignedRequest, VerifiedSignature, require_content, verify
from server.store import devices
from server.store.calling_device import CallingDevice

_Message = TypeVar("_Message", bound=Message)
_Read = TypeVar("_Read")

_MOST_ENROLMENT_BYTES = 8 * 1024
"""Four times a chain with the longest names."""


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A request whose signature is verified and whose content is not read yet, with the device that signed it."""

    request: SignedRequest
    proof: VerifiedSignature
    device: CallingDevice


async def services_of(request: Request) -> ServerContext:
    """Return what the application is made of. What waits for nothing is no work for another thread."""
    services: ServerContext = request.app.state.services
    return services


async def require_protocol(request: Request) -> None:
    """Refuse a laptop of another time: `sync.server_newer` for an older one, `sync.client_newer` for a newer one."""
    version = request.headers.get(PROTOCOL_HEADER, "")
    if not (version.isascii() and version.isdecimal() and len(version) <= len(str(2**31))):
        raise Refusal("sync.message_broken", {"what": "protocol"})
    if int(version) < OLDEST_PROTOCOL:
        raise Refusal("sync.server_newer", {"protocol": str(PROTOCOL)})
    if int(version) > PROTOCOL:
        raise Refusal("sync.client_newer", {"protocol": str(PROTOCOL)})


def signed_request(request: Request, services: ServerContext) -> SignedRequest:
    """Return the parts of `request` that its signature is about, under the address that laptops use."""
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    origin = services.config.origin or f"{request.url.scheme}://{request.headers.get('host', '')}"
    return SignedRequest(request.method, origin.rstrip("/") + target, request.headers)


Server = Annotated[ServerContext, Depends(services_of)]


def signed_head(request: Request, services: Server) -> SignedHead:
    """Return the enrolled device that signed the head of this request.

    Raises Refusal `sync.device_unknown`, `sync.signature_wrong`, `sync.clock_differs`, `sync.too_large` for the length
    that it announces, or `sync.device_revoked` for one that was not here before; of others it is asked later.
    """
    if _announced(request) > MOST_BODY_BYTES:
        raise Refusal("sync.too_large")
    found: list[CallingDevice] = []

    def key_of(device: str) -> bytes:
        known = services.known.find(device) or _looked_up(services, device)
        found.append(known)
        return known.key

    parts = signed_request(request, services)
    proof = verify(parts, key_of, services.config.clock)
    services.known.keep(found[0])
    return SignedHead(parts, proof, found[0])


def _looked_up(services: ServerContext, device: str) -> CallingDevice:
    known = require_admitted(services.store.run(lambda connection: devices.find_device(connection, device)))
    return CallingDevice(known.device, known.organisation, known.key)


async def admitted_body(
    request: Request, head: Annotated[SignedHead, Depends(signed_head)], services: Server
) -> AsyncIterator[bytes]:
    """Give the body, and hold room and a turn for the organisation until the request is answered.

    Raises Refusal `sync.busy`, `sync.too_large` or `sync.message_broken`.
    """
    organisation = head.device.organisation
    with services.shares.room(organisation, _announced(request)):
        body = await _read(request, MOST_BODY_BYTES)
        async with services.shares.turn(organisation):
            yield body


async def enrolment_body(request: Request) -> bytes:
    """Return the body of a request that nobody has signed yet; raises Refusal `sync.too_large` above a few KiB."""
    return await _read(request, _MOST_ENROLMENT_BYTES)


Body = Annotated[bytes, Depends(admitted_body)]
EnrolmentBody = Annotated[bytes, Depends(enrolment_body)]


def authenticate(
    request: Request, head: Annotated[SignedHead, Depends(signed_head)], body: Body, services: Server
) -> VerifiedCall:
    """Return the request as one that its device signed whole; whether it may, is asked when it is carried out.

    Raises Refusal `sync.signature_wrong` when the content is another one.
    """
    require_content(head.request, head.proof, body)
    request.state.device = head.device.device
    return VerifiedCall(services, head.device, head.proof, writes=request.method != "GET")


def read_octets(request: Request, media_type: str, read: Callable[[bytes], _Read], body: bytes) -> _Read:
    """Return what `read` finds in a binary body of `media_type`; raises Refusal `sync.message_broken`."""
    if request.headers.get("content-type") != media_type:
        raise Refusal("sync.message_broken", {"what": "type"})
    try:
        return read(body)
    except UserError as error:
        raise Refusal(error.code, error.details) from error


def read_message(kind: type[_Message], body: bytes) -> _Message:
    """Return the message in `body`; raises Refusal `sync.message_broken` with what was wrong."""
    try:
        return from_bytes(kind, body)
    except UserError as error:
        raise Refusal(error.code, error.details) from error


Call = Annotated[VerifiedCall, Depends(authenticate)]


def _announced(request: Request) -> int:
    """Return how long the body is said to be, or can be at most when it is not said."""
    announced = request.headers.get("content-length")
    if announced is None:
        return MOST_BODY_BYTES if "transfer-encoding" in request.headers else 0
    if not (announced.isascii() and announced.isdecimal()) or len(announced) > len(str(2**63)):
        raise Refusal("sync.message_broken", {"what": "length"})
    return int(announced)


async def _read(request: Request, most: int) -> bytes:
    """Return the body; raises Refusal `sync.too_large` as soon as it is longer than `most`."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                raise Refusal("sync.too_large")
    except ClientDisconnect as error:
        raise Refusal("sync.message_broken", {"what": "cut off"}) from error
    return bytes(body)
