"""From bodies to sealed, chained rows: what the rows of one device in one compartment have in common is made once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Self

from desktop.records.dossiers.streams import ChainHead
from desktop.records.events.bodies import Body
from desktop.records.events.envelope import Claim, Event, EventContext, StreamAddress, decode_at, plaintext
from desktop.records.store.database import Store
from desktop.records.store.table_rows import CHECKSUM_BYTES, RowValues
from desktop.vault.crypto.sealing import RowCipher, row_digest, row_header_prefix
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId
from protocol.limits import MOST_SEALED_BYTES


class ComposedRows(NamedTuple):
    """Rows ready to be written, the events in them and the head of the stream after them.

    `cipher` sealed them; `digests` are their hashes.
    """

    rows: tuple[RowValues, ...]
    events: tuple[Event, ...]
    head: ChainHead
    cipher: RowCipher
    digests: tuple[bytes, ...]

    def write(self, store: Store) -> None:
        """Write the rows. Call inside `Store.atomic`."""
        store.add_rows(self.rows)


class AppendContext(NamedTuple):
    """What the events of one append share: who, when, what the clock said where it jumped, what is new of others.

    `claims` stands in the first of them, for all.
    """

    context: EventContext
    time: datetime
    clock: datetime | None
    claims: Mapping[DeviceId, Claim]


class RowWriter(NamedTuple):
    """Seals rows of one stream; `header_prefix` is the part of their associated data that they share."""

    address: StreamAddress
    header_prefix: bytes
    cipher: RowCipher
    dossier: bytes
    device: bytes

    @classmethod
    def make(cls, dossier: DossierId, compartment: str, epoch: int, device: DeviceId, cipher: RowCipher) -> Self:
        """Return the writer of `device` in one compartment of `dossier`."""
        address = (dossier, compartment, epoch, device)
        return cls(address, row_header_prefix(*address), cipher, bytes.fromhex(dossier), bytes.fromhex(device))

    def compose(self, head: ChainHead, bodies: Sequence[Body], shared: AppendContext) -> ComposedRows:
        """Return the rows that follow `head`. Pure but for the random nonces; each event is read back from its bytes.

        Raises UserError `records.event_damaged` for a body that could not be read again, `records.event_too_large` for
        one that no server takes.
        """
        sequence, previous = head
        _dossier, compartment, epoch, _device = self.address
        rows: list[RowValues] = []
        events: list[Event] = []
        digests: list[bytes] = []
        context, time, clock, claims = shared
        for body in bodies:
            sequence += 1
            header = self.header_prefix + sequence.to_bytes(8, "big") + previous
            data = plaintext(body, context, time, clock, claims)
            events.append(decode_at(self.address, sequence, data))
            sealed = self.cipher.seal(header, data)
            if len(sealed) > MOST_SEALED_BYTES:
                raise UserError("records.event_too_large")
            digest = row_digest(header, sealed)
            checksum = digest[:CHECKSUM_BYTES]
            rows.append((self.dossier, compartment, epoch, self.device, sequence, previous, sealed, checksum))
            digests.append(digest)
            previous = digest
            claims = {}
        return ComposedRows(tuple(rows), tuple(events), ChainHead(sequence, previous), self.cipher, tuple(digests))
