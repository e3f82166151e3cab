"""What the certificates between an organisation's root and a device say; vault and server both read them.

    root ──signs──> invitation certificate (names the invitation key)
    invitation key ──signs──> device certificate (names the device key)

Each is the body of a signed document (`desktop.kernel.signed`). Times are whole seconds in UTC,
as `2026-11-22T09:30:00Z`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from desktop.kernel.canonical import JsonValue
from desktop.kernel.errors import UserError
from desktop.kernel.ids import DeviceId, OrganisationId
from desktop.kernel.signed import from_base64, to_base64

_KEY_BYTES = 32
_ID_CHARACTERS = 32
_FORM = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class InvitationCertificate:
    """The root lets the holder of `key` enrol one device in `organisation`, until `expires`."""

    KIND: ClassVar[str] = "invitation-certificate"
    invitation: str
    organisation: OrganisationId
    key: bytes
    expires: datetime

    def to_body(self) -> Mapping[str, JsonValue]:
        """Return the body that the root signs."""
        return {
            "expires": write_moment(self.expires),
            "invitation": self.invitation,
            "key": to_base64(self.key),
            "organisation": self.organisation,
        }

    @classmethod
    def from_body(cls, body: Mapping[str, JsonValue]) -> "InvitationCertificate":
        """Read what `to_body` wrote; raises UserError `signed.broken` for anything else."""
        texts = _texts(body, frozenset({"expires", "invitation", "key", "organisation"}))
        return cls(
            _identifier(texts["invitation"]),
            OrganisationId(_identifier(texts["organisation"])),
            _key(texts["key"]),
            read_moment(texts["expires"]),
        )


@dataclass(frozen=True, slots=True)
class DeviceCertificate:
    """The holder of the invitation says: `device` of `organisation` signs with `key`, since `created`."""

    KIND: ClassVar[str] = "device-certificate"
    device: DeviceId
    organisation: OrganisationId
    invitation: str
    key: bytes
    created: datetime

    def to_body(self) -> Mapping[str, JsonValue]:
        """Return the body that the invitation key signs."""
        return {
            "created": write_moment(self.created),
            "device": self.device,
            "invitation": self.invitation,
            "key": to_base64(self.key),
            "organisation": self.organisation,
        }

    @classmethod
    def from_body(cls, body: Mapping[str, JsonValue]) -> "DeviceCertificate":
        """Read what `to_body` wrote; raises UserError `signed.broken` for anything else."""
        texts = _texts(body, frozenset({"created", "device", "invitation", "key", "organisation"}))
        return cls(
            DeviceId(_identifier(texts["device"])),
            OrganisationId(_identifier(texts["organisation"])),
            _identifier(texts["invitation"]),
            _key(texts["key"]),
            read_moment(texts["created"]),
        )


def write_moment(moment: datetime) -> str:
    """Return the text of `moment` (aware), in UTC, cut to whole seconds."""
    return moment.astimezone(UTC).strftime(_FORM)


def read_moment(text: str) -> datetime:
    """Return the moment of `text`, aware, in UTC; raises UserError `signed.broken` for another form."""
    try:
        moment = datetime.strptime(text, _FORM).replace(tzinfo=UTC)
    except ValueError as error:
        raise UserError("signed.broken") from error
    if write_moment(moment) != text:
        raise UserError("signed.broken")
    return moment


def _texts(body: Mapping[str, JsonValue], names: frozenset[str]) -> dict[str, str]:
    texts = {name: value for name, value in body.items() if isinstance(value, str)}
    if texts.keys() != names or body.keys() != names:
        raise UserError("signed.broken")
    return texts


def _identifier(text: str) -> str:
    if len(text) != _ID_CHARACTERS or not set(text) <= set("0123456789abcdef"):
        raise UserError("signed.broken")
    return text


def _key(text: str) -> bytes:
    data = from_base64(text)
    if len(data) != _KEY_BYTES:
        raise UserError("signed.broken")
    return data
