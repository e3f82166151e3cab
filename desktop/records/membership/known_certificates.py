"""The certificates of devices whose rows are here: to pass their rows on, and to say who wrote them."""

from collections.abc import Mapping

from desktop.records.store.database import Store
from desktop.records.store.memory import StoreMemory
from desktop.vault.vault import Vault
from protocol.certificates import claimed_subject
from protocol.errors import UserError
from protocol.identifiers import DeviceId
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import from_bytes

_CLEAR = b"{"
"""How a chain begins that an earlier version kept in clear: it names nobody, and anybody could have put it there.

One of 256 sealed chains begins so too, so what can be opened is never taken for one in clear."""


class KnownCertificates:
    """The chains of devices, sealed: they name colleagues and workers elsewhere. Same thread as `Journal`."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store = store
        self._vault = vault
        self._subjects = StoreMemory[DeviceId, str](store)

    def keep(self, chains: Mapping[DeviceId, bytes]) -> None:
        """Keep verified chains, in the place of what was known of the same devices. Call inside `Store.atomic`."""
        for device, chain in chains.items():
            if self.chain(device) != chain:
                self._store.passing.add_chain(device, self._vault.seal(_associated_data(device), chain))
                self._subjects.kept.pop(device, None)

    def chain(self, device: DeviceId) -> bytes | None:
        """Return the chain of `device` as it came in; None where it is not known, or was changed on the disk."""
        kept = self._store.passing.chain(device)
        if kept is None:
            return None
        opened = self._opened(device, kept)
        return kept if opened is None and kept.startswith(_CLEAR) else opened

    def subject(self, device: DeviceId) -> str:
        """Return who works with `device` by its certificate; blank where that is not known or names nobody."""
        known = self._subjects.kept
        if device not in known:
            known[device] = self._read_subject(device)
        return known[device]

    def _read_subject(self, device: DeviceId) -> str:
        kept = self._store.passing.chain(device)
        chain = None if kept is None else self._opened(device, kept)
        try:
            return "" if chain is None else claimed_subject(from_bytes(CertificateChain, chain))
        except UserError:
            return ""

    def _opened(self, device: DeviceId, sealed: bytes) -> bytes | None:
        try:
            return self._vault.open_sealed(_associated_data(device), sealed)
        except UserError:
            return None


def _associated_data(device: DeviceId) -> bytes:
    return b"chain\0" + bytes.fromhex(device)
