"""How a device joins: an invitation file (on a stick if need be) and a code that is given separately.

The file holds in clear where the server is, who invites and until when; sealed under the code the organisation's
private wrapping key and a signing key that may certify one device. No network is needed to open it.
Bytes: docs/formats/trust.md.
"""

from dataclasses import dataclass
from datetime import datetime

from msgspec import UNSET, UnsetType

from desktop.vault.crypto.codec import JsonFields
from desktop.vault.crypto.identity import SEED_BYTES, DeviceIdentity, SigningKey
from desktop.vault.crypto.locked_file import LockedFile, read_locked, write_locked
from desktop.vault.crypto.one_time_codes import new_code, plain_code
from desktop.vault.crypto.stretching import DEFAULT, Cost
from desktop.vault.crypto.wrapping import public_key
from desktop.vault.trust.escrow import EscrowKey
from desktop.vault.trust.organisation import OrganisationRoot
from protocol.canonical import JsonValue, canonical_bytes
from protocol.certificates import DeviceCertificate, DeviceChain, InvitationCertificate, OrganisationCard
from protocol.encoding import to_base64
from protocol.errors import UserError
from protocol.identifiers import new_id
from protocol.times import time_text

LARGEST = 64 * 1024
"""A larger file is not an invitation."""

_KIND = "invitation"
_DAMAGED = "enrol.invitation_damaged"
_WITH_ESCROW, _WITH_FORMER = 2, 3
"""Version 2 adds the escrow key, so that an administrator can help a colleague who lost every way in; version 3 the
wrapping keys from before, and is written only where there are any.
"""


@dataclass(frozen=True, slots=True)
class InvitationInfo:
    """What the invitation says in clear, to be shown before the code is asked. Proven only once it is opened."""

    server: str
    card: OrganisationCard
    certificate: InvitationCertificate
    escrow: EscrowKey | None


@dataclass(frozen=True, slots=True, repr=False)
class OpenedInvitation:
    """What an opened invitation gives: the organisation's private wrapping key and the right to certify one device.

    `escrow` is None in an invitation of version 1. `former` are the wrapping keys that were renewed since, newest
    first: what was wrapped for them lies on the server.
    """

    server: str
    card: OrganisationCard
    certificate: InvitationCertificate
    wrap: bytes
    key: SigningKey
    escrow: EscrowKey | None = None
    former: tuple[bytes, ...] = ()

    def certify(self, device: DeviceIdentity, moment: datetime) -> DeviceChain:
        """Return the chain that proves that `device` belongs to this organisation.

        Raises UserError `enrol.invitation_expired`.
        """
        issued = DeviceCertificate.make(self.key, self.certificate, public=device.public, issued=moment)
        return DeviceChain(self.certificate, issued)


def make_invitation(
    organisation: OrganisationRoot,
    *,
    server: str,
    expires: datetime,
    person: str | UnsetType = UNSET,
    cost: Cost = DEFAULT,
) -> tuple[bytes, str]:
    """Return the invitation file for `person` and its one-time code, such as `7K3Q-22JD-9MXA` (60 bits).

    Raises UserError `trust.document_damaged` for a name that is no `PersonName`.
    """
    code, key = new_code(), SigningKey.new()
    certificate = InvitationCertificate.make(
        organisation.root, invitation=new_id(), public=key.public, expires=expires, person=person
    )
    public = {
        "card": organisation.card.to_json(),
        "certificate": certificate.signed.to_json(),
        "escrow": EscrowKey.make(organisation.card.id, organisation.root).to_json(),
        "expires": time_text(expires),
        "server": server,
    }
    secret: dict[str, JsonValue] = {"key": to_base64(key.seed), "wrap": to_base64(organisation.wrap)}
    if organisation.former:
        secret["former"] = [to_base64(wrap) for wrap in organisation.former]
    version = _WITH_FORMER if organisation.former else _WITH_ESCROW
    return write_locked(_KIND, public, canonical_bytes(secret), plain_code(code), cost, version=version), code


def read_invitation(data: bytes) -> InvitationInfo:
    """Return what the file says in clear. Raises UserError `enrol.invitation_damaged` or `enrol.invitation_newer`."""
    return _parse(data)[1]


def open_invitation(data: bytes, code: str, moment: datetime) -> OpenedInvitation:
    """Return what the file holds, opened with `code` (any case, with or without dashes) at `moment`.

    Raises UserError `enrol.invitation_damaged`, `enrol.invitation_newer`, `enrol.invitation_expired` or
    `enrol.wrong_code`. Nothing is used up by a wrong code.
    """
    file, shown = _parse(data)
    if moment > shown.certificate.expires:
        raise UserError("enrol.invitation_expired")
    fields = JsonFields.parse(file.unlock(plain_code(code), "enrol.wrong_code"), _DAMAGED)
    key, wrap = SigningKey(fields.binary("key", SEED_BYTES)), fields.binary("wrap")
    former = fields.binaries("former") if file.version >= _WITH_FORMER else ()
    fields.finish()
    if key.public != shown.certificate.public or public_key(wrap) != shown.card.wrap:
        raise UserError(_DAMAGED)
    return OpenedInvitation(shown.server, shown.card, shown.certificate, wrap, key, shown.escrow, former)


def _parse(data: bytes) -> tuple[LockedFile, InvitationInfo]:
    if len(data) > LARGEST:
        raise UserError(_DAMAGED)
    file = read_locked(data, _KIND, damaged=_DAMAGED, newer="enrol.invitation_newer", newest=_WITH_FORMER)
    try:
        card = OrganisationCard.from_json(file.public.value("card"))
        certificate = InvitationCertificate.from_json(file.public.value("certificate"), card.root)
        escrow = EscrowKey.from_json(file.public.value("escrow"), card.root) if file.version >= _WITH_ESCROW else None
    except UserError as error:
        raise UserError(_DAMAGED) from error
    server, expires = file.public.text("server"), file.public.moment("expires")
    file.public.finish()
    if expires != certificate.expires or (escrow is not None and escrow.organisation != card.id):
        raise UserError(_DAMAGED)
    return file, InvitationInfo(server, card, certificate, escrow)
