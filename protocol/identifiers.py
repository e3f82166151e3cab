"""Identifiers. Every one is random or derived from random: none says anything about a person."""

import base64
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
