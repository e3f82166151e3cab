"""Identifiers. Every one is random or derived from random: none says anything about a person."""

import base64
import hashlib
import uuid
from typing import NewType

DossierId = NewType("DossierId", str)
DeviceId = NewType("DeviceId", str)
OrganisationId = NewType("OrganisationId", str)
VaultId = NewType("VaultId", str)
InstanceId = NewType("InstanceId", str)
"""Identity of one repeat instance; stable across devices and restarts."""

_CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_NUMBER_BYTES = 5
_ID_BYTES = 16
_ID_CHARACTERS = 2 * _ID_BYTES
_HEX = frozenset("0123456789abcdef")
_INSTANCE_CHARACTERS = 8


def new_id() -> str:
    """Return a fresh random identifier: 32 lower-case hexadecimal characters (RFC 9562, version 4)."""
    return uuid.uuid4().hex


def new_instance_id() -> InstanceId:
    """Return a fresh repeat instance identifier: 8 lower-case hexadecimal characters."""
    return InstanceId(uuid.uuid4().hex[:_INSTANCE_CHARACTERS])


def case_number(dossier: DossierId) -> str:
    """Return the case number people say aloud, such as `OP-7K3Q-22JD`.

    It is derived from the dossier id alone, in Crockford's alphabet, so it holds no personal data.
    """
    text = base64.b32encode(bytes.fromhex(dossier)[:_NUMBER_BYTES]).decode("ascii").translate(_CROCKFORD)
    return f"OP-{text[:4]}-{text[4:]}"


def is_id(text: object) -> bool:
    """Tell whether `text` is an identifier as made here: 32 lower-case hexadecimal characters."""
    return isinstance(text, str) and len(text) == _ID_CHARACTERS and set(text) <= _HEX


def device_id(public: bytes) -> DeviceId:
    """Return the identifier that follows from a device's public key, so that nobody can claim another's."""
    return DeviceId(hashlib.sha256(b"opmaat/device/1\0" + public).digest()[:_ID_BYTES].hex())


def organisation_id(root_public: bytes) -> OrganisationId:
    """Return the identifier that follows from an organisation's public root key."""
    return OrganisationId(hashlib.sha256(b"opmaat/organisation/1\0" + root_public).digest()[:_ID_BYTES].hex())
