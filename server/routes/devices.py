"""Joining, and looking others up: devices, directories, and what an organisation published."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from sqlalchemy import Connection
from starlette.responses import Response

from protocol.errors import UserError
from protocol.identifiers import DeviceId, OrganisationId
from protocol.messages.documents import SignedDocument
from protocol.messages.enrolment import CertificateChain, Enrolled
from protocol.renewal import WrappingKey
from server.http.answers import document, message
from server.http.calls import forget_old_nonces, use_nonce
from server.http.requests import Body, Call, EnrolmentBody, Server, read_message, signed_request
from server.openapi import described
from server.refusals import Refusal
from server.signatures import require_content, verify
from server.store import damage, devices
from server.trust import device_of, verify_enrolment

ROUTER = APIRouter()

_Identifier = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
_Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


@ROUTER.post("/v1/devices", **described("Enrol a device by its chain", CertificateChain, Enrolled, status=201))
def enrol(request: Request, body: EnrolmentBody, services: Server) -> Response:
    """Enrol the first device of an invitation; the request is signed with the key that the chain names."""
    chain = read_message(CertificateChain, body)
    claimed = device_of(chain)
    parts = signed_request(request, services)
    proof = verify(parts, lambda _: claimed.public, services.config.clock)
    require_content(parts, proof, body)
    if proof.device != claimed.device:
        raise Refusal("sync.signature_wrong")
    root, known = services.store.run(
        lambda connection: (
            devices.root_of(connection, claimed.organisation),
            devices.find_device(connection, claimed.device),
        )
    )
    if root is None:
        raise Refusal("enrol.organisation_unknown")
    again = known is not None and known.key == claimed.public
    asked = verify_enrolment(chain, root, services.config.clock, again=again)
    now = services.seconds()

    def join(connection: Connection) -> None:
        use_nonce(connection, proof)
        devices.enrol(connection, asked, now)
        damage.mend_document(connection, damage.DocumentKind.CHAIN, asked.device, now)

    forget_old_nonces(services, now)
    services.store.run(join)
    request.state.device = asked.device
    return message(Enrolled(OrganisationId(asked.organisation), DeviceId(asked.device)), 201)


@ROUTER.get("/v1/devices/{device}", **described("The chain of a device", None, CertificateChain))
def chain(device: _Identifier, call: Call) -> Response:
    """Return the chain that a device showed, so that what it signed can be verified."""
    found = call.run(lambda connection: damage.readable_chain(connection, device))
    if found is None:
        raise Refusal("sync.not_found")
    return document(found)


@ROUTER.get("/v1/devices/{device}/revocation", **described("How far a revoked device is trusted", None, None))
def revocation(device: _Identifier, call: Call) -> Response:
    """Return the document that the organisation's root signed about a revoked device, byte for byte."""
    found = call.run(lambda connection: devices.revocation_of(connection, device))
    if found is None:
        raise Refusal("sync.not_found")
    return document(found)


@ROUTER.post("/v1/wrapping-key", **described("Show the own wrapping key of a device", SignedDocument, SignedDocument))
def wrapping_key(body: Body, call: Call) -> Response:
    """Keep the public wrapping key that the calling device signed; repeating it is harmless."""
    shown = read_message(SignedDocument, body)
    try:
        key = WrappingKey.verified(shown, call.device.key)
    except UserError as error:
        raise Refusal("sync.message_broken", {"what": "wrapping key"}) from error
    call.run(lambda connection: devices.put_wrapping_key(connection, key.device, body))
    return message(shown)


@ROUTER.get("/v1/renewal", **described("The newest keys of the organisation, for this device", None, None))
def renewal(call: Call) -> Response:
    """Return the document that the organisation's root signed for the calling device last, byte for byte."""
    found = call.run(lambda connection: devices.renewal_of(connection, call.device.device))
    if found is None:
        raise Refusal("sync.not_found")
    return document(found)


@ROUTER.get(
    "/v1/organisations/{organisation}/directory", **described("The newest directory of an organisation", None, None)
)
def directory(organisation: _Identifier, call: Call) -> Response:
    """Return the directory that the organisation's root signed last, byte for byte."""
    found = call.run(lambda connection: damage.readable_directory(connection, organisation))
    if found is None:
        raise Refusal("sync.not_found")
    return document(found)


@ROUTER.get(
    "/v1/organisations/{organisation}/contents/{digest}", **described("What an organisation published", None, None)
)
def content(organisation: _Identifier, digest: _Digest, call: Call) -> Response:
    """Return a set that the root of the caller's own organisation signed, byte for byte."""
    found = call.run(lambda connection: devices.content_of(connection, call.device.organisation, digest))
    if found is None or organisation != call.device.organisation:
        raise Refusal("sync.not_found")
    return document(found)
