"""The recurring kinds of field, by name."""

from datetime import datetime
from typing import Annotated

from desktop.sync.wire.forms import Moment, Octets, Text, Whole
from protocol.identifiers import DeviceId, DossierId, OrganisationId

_IDENTIFIER = Text(r"[0-9a-f]{32}")

Dossier = Annotated[DossierId, _IDENTIFIER]
Device = Annotated[DeviceId, _IDENTIFIER]
Organisation = Annotated[OrganisationId, _IDENTIFIER]
OfferId = Annotated[str, _IDENTIFIER]
"""An offer's own random identifier."""
InvitationId = Annotated[str, _IDENTIFIER]
"""An invitation's own random identifier."""
Compartment = Annotated[str, Text(r"[a-z][a-z_]{0,15}")]
Epoch = Annotated[int, Whole(1, 2**31 - 1)]
Sequence = Annotated[int, Whole(1)]
Cursor = Annotated[int, Whole(0)]
"""A place in an organisation's feed: all up to and including it has been read."""
Generation = Annotated[str, _IDENTIFIER]
"""A random name for the life of a server's database between two restores."""
Count = Annotated[int, Whole(0)]
Signature = Annotated[bytes, Octets(64, 64)]
Digest = Annotated[bytes, Octets(32, 32)]
Key = Annotated[bytes, Octets(32, 32)]
"""A raw Ed25519 public key."""
Time = Annotated[datetime, Moment()]
