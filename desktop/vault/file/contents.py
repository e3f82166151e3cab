"""What lies sealed in the body of a vault file, as canonical JSON. Bytes: docs/formats/vault.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from desktop.vault.crypto.codec import JsonFields
from desktop.vault.crypto.identity import SEED_BYTES, DeviceIdentity
from desktop.vault.crypto.sealing import new_key
from desktop.vault.crypto.stretching import KEY_BYTES
from desktop.vault.file.slots import DAMAGED
from desktop.vault.trust.invitation import OpenedInvitation
from protocol.canonical import JsonValue, canonical_bytes
from protocol.certificates import DeviceChain, OrganisationCard, verify_chain
from protocol.encoding import to_base64
from protocol.errors import UserError

HALF_TYPED = "draft"
"""The note with what stood half typed when the vault locked. It gets into no backup, where nobody would erase it."""


@dataclass(frozen=True, slots=True, repr=False)
class Membership:
    """The organisation this vault belongs to: card, private wrapping keys (newest first), this device's chain."""

    server: str
    card: OrganisationCard
    wraps: tuple[bytes, ...]
    chain: DeviceChain

    @classmethod
    def joined(cls, opened: OpenedInvitation, chain: DeviceChain, former: Self | None) -> Self:
        """Return what an opened invitation gives, with the keys of a `former` membership of the same organisation."""
        membership = cls(opened.server, opened.card, (opened.wrap, *opened.former), chain)
        return membership if former is None else membership.with_keys(former.card, former.wraps)

    def to_json(self) -> JsonValue:
        """Return the stored form."""
        return {
            "card": self.card.to_json(),
            "chain": self.chain.to_json(),
            "server": self.server,
            "wraps": [to_base64(wrap) for wrap in self.wraps],
        }

    def with_keys(self, card: OrganisationCard, wraps: tuple[bytes, ...]) -> Self:
        """Return the same with a card of the organisation and its private wrapping keys too, the newest in front.

        An older card never replaces a newer one, and no key is let go.
        """
        newer = card.version > self.card.version
        first, then = (wraps, self.wraps) if newer else (self.wraps, wraps)
        return replace(self, card=card if newer else self.card, wraps=tuple(dict.fromkeys((*first, *then))))

    @classmethod
    def from_json(cls, value: JsonValue) -> Self:
        """Return what `to_json` gave. Raises UserError `vault.damaged` or a code of `trust`."""
        fields = JsonFields(value, DAMAGED)
        card = OrganisationCard.from_json(fields.value("card"))
        chain = verify_chain(fields.value("chain"), card.root)
        server = fields.text("server")
        wraps = fields.binaries("wraps")
        fields.finish()
        return cls(server, card, wraps, chain)


@dataclass(frozen=True, slots=True, repr=False)
class Contents:
    """The secrets of one person on one device.

    `store` seals everything the journal keeps beside the file; `device` is this device's identity; `notes` are small
    sealed values of other parts (settings, the directory last seen), by name.
    """

    store: bytes
    device: DeviceIdentity
    membership: Membership | None = None
    notes: Mapping[str, JsonValue] = field(default_factory=dict)

    @classmethod
    def new(cls) -> Self:
        """Return fresh secrets."""
        return cls(new_key(), DeviceIdentity.new(), notes={"keys.secret": to_base64(new_key())})

    def with_note(self, name: str, value: JsonValue) -> Self:
        """Return the same with note `name` set, or removed when `value` is null."""
        notes = {**self.notes, name: value}
        return replace(self, notes={key: kept for key, kept in notes.items() if kept is not None})

    def to_bytes(self) -> bytes:
        """Return the body to seal."""
        return canonical_bytes(
            {
                "belonging": None if self.membership is None else self.membership.to_json(),
                "device": to_base64(self.device.seed),
                "notes": self.notes,
                "store": to_base64(self.store),
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return what `to_bytes` gave. Raises UserError `vault.damaged`."""
        try:
            fields = JsonFields.parse(data, DAMAGED)
            membership = fields.value("belonging")
            notes = fields.value("notes")
            contents = cls(
                store=fields.binary("store", KEY_BYTES),
                device=DeviceIdentity(fields.binary("device", SEED_BYTES)),
                membership=None if membership is None else Membership.from_json(membership),
                notes=notes if isinstance(notes, Mapping) else {},
            )
            fields.finish()
        except UserError as error:
            raise UserError(DAMAGED) from error
        return contents
