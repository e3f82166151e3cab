"""Reading a request: its body within the limit, its protocol, and who signed it."""

from typing import Annotated, TypeVar

from fastapi import Depends, Request
from starlette.requests import ClientDisconnect

from protocol.errors import UserError
from protocol.limits import MOST_BODY_BYTES
from protocol.messages.message import Message, from_bytes
from protocol.version import OLDEST_PROTOCOL, PROTOCOL, PROTOCOL_HEADER
from server.refusals import Refusal
from server.services import ServerContext
from server.signatures import SignedRequest, VerifiedSignature, verify
from server.store import devices
from server.store.calling_device import CallingDevice

_Message = TypeVar("_Message", bound=Message)


def services_of(request: Request) -> ServerContext:
    """Return what the application is made of."""
    services: ServerContext = request.app.state.services
    return services


async def read_body(request: Request) -> bytes:
    """Return the body; raises Refusal `sync.too_large` as soon as it is longer than `MOST_BODY_BYTES`."""
    announced = request.headers.get("content-length", "0")
    if announced.isascii() and announced.isdecimal() and int(announced) > MOST_BODY_BYTES:
        raise Refusal("sync.too_large")
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BODY_BYTES:
                raise Refusal("sync.too_large")
    except ClientDisconnect as error:
        raise Refusal("sync.message_broken", {"what": "cut off"}) from error
    return bytes(body)


def require_protocol(request: Request) -> None:
    """Refuse a laptop of another time: `sync.server_newer` for an older one, `sync.client_newer` for a newer one."""
    version = request.headers.get(PROTOCOL_HEADER, "")
    if not (version.isascii() and version.isdecimal() and len(version) <= len(str(2**31))):
        raise Refusal("sync.message_broken", {"what": "protocol"})
    if int(version) < OLDEST_PROTOCOL:
        raise Refusal("sync.server_newer", {"protocol": str(PROTOCOL)})
    if int(version) > PROTOCOL:
        raise Refusal("sync.client_newer", {"protocol": str(PROTOCOL)})


def signed_request(request: Request, body: bytes, services: ServerContext) -> SignedRequest:
    """Return the parts of `request` that its signature is about, under the address that laptops use."""
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    origin = services.config.origin or f"{request.url.scheme}://{request.headers.get('host', '')}"
    return SignedRequest(request.method, origin.rstrip("/") + target, request.headers, body)


Server = Annotated[ServerContext, Depends(services_of)]
Body = Annotated[bytes, Depends(read_body)]


def authenticate(request: Request, body: Body, services: Server) -> CallingDevice:
    """Return the enrolled device that signed this request, and use its nonce up.

    Raises Refusal `sync.device_unknown`, `sync.device_revoked`, `sync.signature_wrong`, `sync.clock_differs` or
    `sync.request_replayed`.
    """
    found: list[devices.Device] = []

    def key_of(device: str) -> bytes:
        known = services.store.run(lambda connection: devices.find_device(connection, device))
        if known is None:
            raise Refusal("sync.device_unknown")
        found.append(known)
        return known.key

    proof = verify(signed_request(request, body, services), key_of, services.config.clock)
    caller = found[0]
    if caller.revoked is not None:
        raise Refusal("sync.device_revoked")
    use_up(services, proof)
    request.state.device = caller.device
    return CallingDevice(caller.device, caller.organisation, caller.key)


def use_up(services: ServerContext, proof: VerifiedSignature) -> None:
    """Use the nonce of a verified request up; raises Refusal `sync.request_replayed`."""
    now = services.seconds()
    services.store.run(lambda connection: devices.use_nonce(connection, proof.device, proof.nonce, proof.expires, now))


def read_message(kind: type[_Message], body: bytes) -> _Message:
    """Return the message in `body`; raises Refusal `sync.message_broken` with what was wrong."""
    try:
        return from_bytes(kind, body)
    except UserError as error:
        raise Refusal(error.code, error.details) from error


Signer = Annotated[CallingDevice, Depends(authenticate)]
