"""The keys of one dossier while it is open: per compartment and epoch, usually one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from desktop.records.events.envelope import Event, StreamAddress, decode_at
from desktop.records.events.fold import HiddenRow
from desktop.records.store.table_rows import SealedKey, SealedRow
from desktop.vault.crypto.sealing import RowCipher, new_key
from desktop.vault.key_grants import key_id
from desktop.vault.key_rotation import make_key_opener, seal_key
from desktop.vault.vault import Vault
from protocol.errors import UserError
from protocol.identifiers import DossierId


@dataclass(frozen=True, slots=True, repr=False)
class DossierKey:
    """One key. Two devices may each start the same epoch: then there are two keys, told apart by their marks."""

    compartment: str
    epoch: int
    key: bytes

    @property
    def key_id(self) -> bytes:
        """Return the eight bytes that tell this key from another."""
        return key_id(self.key)

    @classmethod
    def new(cls, compartment: str, epoch: int) -> Self:
        """Return a fresh random key."""
        return cls(compartment, epoch, new_key())

    def sealed(self, vault: Vault, dossier: DossierId) -> SealedKey:
        """Return the key as the journal keeps it."""
        associated_data = _associated_data(dossier, self.compartment, self.epoch)
        return SealedKey(dossier, self.compartment, self.epoch, self.key_id, seal_key(vault, associated_data, self.key))


class OpenedRow(NamedTuple):
    """What is in a row, and what opened it: nothing where it is hidden."""

    found: Event | HiddenRow
    cipher: RowCipher | None = None


class Keyring:
    """The keys this device has to one dossier. The `damaged` ones count as not there: their bytes were changed."""

    __slots__ = ("_ciphers", "_keys", "damaged")

    def __init__(self, keys: Iterable[DossierKey], damaged: tuple[SealedKey, ...] = ()) -> None:
        self.damaged = damaged
        self._keys: dict[tuple[str, int], list[DossierKey]] = {}
        self._ciphers: dict[tuple[str, int], tuple[RowCipher, ...]] = {}
        for key in sorted(keys, key=lambda key: key.key_id):
            self._keys.setdefault((key.compartment, key.epoch), []).append(key)

    @classmethod
    def load(cls, vault: Vault, dossier: DossierId, kept: Iterable[SealedKey]) -> Self:
        """Return the keys that open; one whose bytes were changed counts as not there."""
        return cls.open_all(make_key_opener(vault), dossier, kept)

    @classmethod
    def open_all(cls, opens: Callable[[bytes, bytes], bytes], dossier: DossierId, kept: Iterable[SealedKey]) -> Self:
        """Return what `load` returns, with an opener (`key_rotation.make_key_opener`) that serves many dossiers."""
        found: list[DossierKey] = []
        damaged: list[SealedKey] = []
        for sealed in kept:
            try:
                key = opens(_associated_data(dossier, sealed.compartment, sealed.epoch), sealed.sealed)
            except UserError as error:
                if error.code != "vault.seal_broken":
                    raise
                damaged.append(sealed)
                continue
            found.append(DossierKey(sealed.compartment, sealed.epoch, key))
        return cls(found, tuple(damaged))

    def __iter__(self) -> Iterator[DossierKey]:
        """Return every key, by compartment and epoch."""
        return iter([key for place in sorted(self._keys) for key in self._keys[place]])

    def newest(self, compartment: str) -> DossierKey:
        """Return the first key of the newest epoch. Raises UserError `records.no_key`."""
        return self._keys[compartment, max(self._epochs(compartment))][0]

    def to_seal(self, compartment: str, named: Mapping[int, frozenset[str]] | None) -> DossierKey:
        """Return the key to seal with: the newest of those `named` by epoch, where an epoch without names has any.

        Where none of them is here it is the newest of all. Raises UserError `records.no_key`.
        """
        begun = {} if named is None else named
        for epoch in sorted(begun.keys() & set(self._epochs(compartment)), reverse=True):
            for key in self._keys[compartment, epoch]:
                if not begun[epoch] or key.key_id.hex() in begun[epoch]:
                    return key
        return self.newest(compartment)

    def _epochs(self, compartment: str) -> list[int]:
        epochs = [epoch for name, epoch in self._keys if name == compartment]
        if not epochs:
            raise UserError("records.no_key")
        return epochs

    def find(self, compartment: str, epoch: int, mark: str) -> DossierKey:
        """Return the key with this mark (hexadecimal). Raises UserError `records.no_key`."""
        for key in self._keys.get((compartment, epoch), ()):
            if key.key_id.hex() == mark:
                return key
        raise UserError("records.no_key")

    def compartments(self) -> frozenset[str]:
        """Return the compartments this device can read some of."""
        return frozenset(name for name, _ in self._keys)

    def open(self, row: SealedRow) -> OpenedRow:
        """Return the event in `row`, or that it is hidden.

        Raises UserError `records.row_damaged`, `records.row_newer` or `records.event_damaged`.
        """
        stream = (row.dossier, row.compartment, row.epoch, row.device)
        return self.open_with_header(stream, row.sequence, row.header.to_bytes(), row.sealed)

    def open_with_header(
        self, stream: StreamAddress, sequence: int, associated_data: bytes, sealed: bytes
    ) -> OpenedRow:
        """Return what `open` returns, where the bytes of the header are known already."""
        failure: UserError | None = None
        for cipher in self.ciphers(stream[1], stream[2]):
            try:
                return OpenedRow(decode_at(stream, sequence, cipher.open(associated_data, sealed)), cipher)
            except UserError as error:
                failure = error
        if failure is not None:
            raise failure
        return OpenedRow(HiddenRow(stream[1]))

    def cipher_of(self, key: DossierKey) -> RowCipher:
        """Return what seals under `key`, one of these: the same object each time."""
        place = (key.compartment, key.epoch)
        return self.ciphers(*place)[self._keys[place].index(key)]

    def ciphers(self, compartment: str, epoch: int) -> tuple[RowCipher, ...]:
        """Return what opens the rows of a compartment and epoch; nothing without a key."""
        place = (compartment, epoch)
        if place not in self._ciphers:
            self._ciphers[place] = tuple(RowCipher(key.key) for key in self._keys.get(place, ()))
        return self._ciphers[place]


def _associated_data(dossier: DossierId, compartment: str, epoch: int) -> bytes:
    return b"dossier-key\0" + bytes.fromhex(dossier) + epoch.to_bytes(4, "big") + compartment.encode("utf-8")
