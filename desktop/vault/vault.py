"""A person's keys on this device: one directory per person, `<root>/<vault id>/`, that shares nothing with another.

`vault.opv` holds the slots and the sealed secrets, `journal.db` (desktop.records) the sealed events.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop.kernel.canonical import JsonValue
from desktop.kernel.clock import Clock, SystemClock
from desktop.kernel.errors import EnvironmentProblem, OpmaatError, UserError
from desktop.kernel.files import private_directory, read_bytes, write_atomic
from desktop.kernel.ids import OrganisationId, VaultId, new_id
from desktop.vault import recovery, sealing, slots
from desktop.vault.beside import Attempts, ProcessLock
from desktop.vault.codec import is_id
from desktop.vault.container import FILE_NAME, LARGEST, Container, Header, read, write
from desktop.vault.contents import Belonging, Contents
from desktop.vault.identity import DeviceIdentity
from desktop.vault.invitation import Membership
from desktop.vault.slots import Slot, SlotKind
from desktop.vault.stretching import DEFAULT, Cost
from desktop.vault.trust import DeviceChain
from desktop.vault.wrapping import WrapInfo, unwrap_key

SHORTEST_PASSPHRASE = 10
"""Characters; a sentence is better than a word with signs."""

_SYSTEM_CLOCK = SystemClock()


@dataclass(frozen=True, slots=True)
class VaultCard:
    """One vault on this machine, from its public header. `problem` is the code of a file that cannot be opened."""

    vault: VaultId
    directory: Path
    person: str
    organisation: str
    last_opened: datetime | None
    problem: str | None = None


@dataclass(slots=True, repr=False)
class _Open:
    """The parts of an open vault; dropped as a whole by `lock`."""

    key: bytes
    header: Header
    slots: tuple[Slot, ...]
    contents: Contents


class Vault:
    """An open vault. Every use after `lock` raises UserError `vault.locked`; open it again with `open_vault`.

    Each change is on disk when its method returns; when the disk fails (EnvironmentProblem) the old state stays, in
    memory and on disk. `failed_attempts` tells how often somebody tried a wrong passphrase since it last opened.
    """

    def __init__(self, directory: Path, parts: _Open, lock: ProcessLock, *, failed_attempts: int, by: SlotKind) -> None:
        self.directory = directory
        self.failed_attempts = failed_attempts
        self._parts: _Open | None = parts
        self._lock = lock
        self._by = by

    @property
    def id(self) -> VaultId:
        """Return the identifier of this vault, also the name of its directory."""
        return self._open.header.vault

    @property
    def person(self) -> str:
        """Return the name of the worker."""
        return self._open.header.person

    @property
    def organisation(self) -> str:
        """Return the name of the worker's organisation."""
        return self._open.header.organisation

    @property
    def organisation_id(self) -> OrganisationId | None:
        """Return the organisation joined, or None before `join`."""
        belonging = self._open.contents.belonging
        return None if belonging is None else belonging.card.id

    @property
    def belonging(self) -> Belonging:
        """Return the organisation's keys and this device's chain. Raises UserError `vault.no_organisation`."""
        belonging = self._open.contents.belonging
        if belonging is None:
            raise UserError("vault.no_organisation")
        return belonging

    @property
    def device(self) -> DeviceIdentity:
        """Return the identity of this device for this person."""
        return self._open.contents.device

    @property
    def locked(self) -> bool:
        """Tell whether the keys were dropped."""
        return self._parts is None

    def get(self, name: str) -> JsonValue:
        """Return the note `name`, or None."""
        return self._open.contents.notes.get(name)

    def put(self, name: str, value: JsonValue) -> None:
        """Keep a small value sealed under `name` (settings, the directory last seen); None removes it."""
        self._rewrite(contents=self._open.contents.with_note(name, value))

    def join(self, membership: Membership, moment: datetime) -> DeviceChain:
        """Make this device one of the organisation that invited it, and return the chain that proves it.

        Raises UserError `enrol.invitation_expired`, or `vault.other_organisation` when it already belongs elsewhere: a
        vault never mixes the keys of two organisations.
        """
        parts = self._open
        if self.organisation_id not in {None, membership.card.id}:
            raise UserError("vault.other_organisation")
        chain = membership.certify(self.device, moment)
        belonging = Belonging(membership.server, membership.card, (membership.wrap,), chain)
        self._rewrite(
            contents=replace(parts.contents, belonging=belonging),
            header=replace(parts.header, organisation=membership.card.name),
        )
        return chain

    def unwrap(self, info: WrapInfo, wrapped: bytes) -> bytes:
        """Return a key that was wrapped for this vault's organisation.

        Raises UserError `trust.wrap_damaged`, `trust.suite_unknown` or `vault.no_organisation`.
        """
        failure = UserError("trust.wrap_damaged")
        for private in self.belonging.wraps:
            try:
                return unwrap_key(private, wrapped, info.to_bytes())
            except UserError as error:
                failure = error
        raise failure

    def seal(self, bound: bytes, plaintext: bytes) -> bytes:
        """Return `plaintext` sealed for storage beside the vault file, bound to `bound` and to this vault."""
        return sealing.seal(self._open.contents.store, plaintext, self._bound(bound))

    def open_sealed(self, bound: bytes, sealed: bytes) -> bytes:
        """Return what `seal` sealed. Raises UserError `vault.seal_broken` for anything else."""
        return sealing.open_sealed(self._open.contents.store, sealed, self._bound(bound), "vault.seal_broken")

    def change_passphrase(self, current: str, new: str) -> None:
        """Replace the passphrase.

        Raises UserError `vault.wrong_passphrase` when `current` is not right, `vault.passphrase_too_short`.
        """
        old = slots.find(self._open.slots, SlotKind.PASSPHRASE)
        slots.open_passphrase_slot(self.id, old, current)
        self._set_passphrase(new, slots.cost_of(old))

    def reset_passphrase(self, new: str) -> None:
        """Replace a forgotten passphrase; only right after opening with the recovery key.

        Raises UserError `vault.passphrase_needed`, `vault.passphrase_too_short`.
        """
        if self._by is not SlotKind.RECOVERY:
            raise UserError("vault.passphrase_needed")
        self._set_passphrase(new, slots.cost_of(slots.find(self._open.slots, SlotKind.PASSPHRASE)))
        self._by = SlotKind.PASSPHRASE

    def renew_recovery_key(self) -> tuple[str, ...]:
        """Make a new recovery key and return its words, to be shown once; the old sheet no longer opens the vault."""
        parts = self._open
        entropy = recovery.new_entropy()
        slot = slots.recovery_slot(self.id, parts.key, entropy)
        self._rewrite(new_slots=slots.replace(parts.slots, slot))
        return recovery.to_words(entropy)

    def lock(self) -> None:
        """Drop every key and let another process open the vault. Close the journal first. Calling twice is harmless."""
        self._parts = None
        self._lock.release()

    @property
    def _open(self) -> _Open:
        if self._parts is None:
            raise UserError("vault.locked")
        return self._parts

    def _bound(self, bound: bytes) -> bytes:
        return b"opmaat/store/1\0" + bytes.fromhex(self.id) + bound

    def _set_passphrase(self, new: str, cost: Cost) -> None:
        _require_long(new)
        parts = self._open
        slot = slots.passphrase_slot(self.id, parts.key, new, cost)
        self._rewrite(new_slots=slots.replace(parts.slots, slot))

    def _rewrite(
        self,
        *,
        contents: Contents | None = None,
        header: Header | None = None,
        new_slots: tuple[Slot, ...] | None = None,
    ) -> None:
        old = self._open
        new = _Open(old.key, header or old.header, new_slots or old.slots, contents or old.contents)
        _store(self.directory, new)
        self._parts = new


def create_vault(
    root: Path, *, person: str, organisation: str, passphrase: str, clock: Clock, cost: Cost = DEFAULT
) -> tuple[Vault, tuple[str, ...]]:
    """Create `<root>/<new id>/` and return the open vault with the words of its recovery key, to be shown once.

    Raises UserError `vault.passphrase_too_short`, EnvironmentProblem when the disk is in the way.
    """
    _require_long(passphrase)
    header = Header(VaultId(new_id()), person, organisation, clock.now())
    key, entropy = sealing.new_key(), recovery.new_entropy()
    directory = private_directory(private_directory(root) / header.vault)
    lock = ProcessLock.take(directory)
    both = (
        slots.passphrase_slot(header.vault, key, passphrase, cost),
        slots.recovery_slot(header.vault, key, entropy),
    )
    parts = _Open(key, header, both, Contents.new())
    try:
        _store(directory, parts)
    except EnvironmentProblem:
        lock.release()
        raise
    Attempts(0, clock.now()).keep(directory)
    return Vault(directory, parts, lock, failed_attempts=0, by=SlotKind.PASSPHRASE), recovery.to_words(entropy)


def list_vaults(root: Path) -> tuple[VaultCard, ...]:
    """Return every vault under `root`, the one opened last first. Reads public headers only; opens nothing."""
    if not root.is_dir():
        return ()
    found = [_card(path) for path in sorted(root.iterdir()) if is_id(path.name) and (path / FILE_NAME).is_file()]
    return tuple(sorted(found, key=lambda card: -card.last_opened.timestamp() if card.last_opened else 0.0))


def open_vault(directory: Path, passphrase: str, clock: Clock = _SYSTEM_CLOCK) -> Vault:
    """Open the vault in `directory`.

    Raises UserError `vault.wrong_passphrase` (counted), `vault.damaged`, `vault.newer_version`, `vault.in_use`.
    Whatever is raised, the vault file is untouched.
    """

    def opens(container: Container) -> bytes:
        slot = slots.find(container.slots, SlotKind.PASSPHRASE)
        return slots.open_passphrase_slot(container.header.vault, slot, passphrase)

    return _open(directory, SlotKind.PASSPHRASE, opens, clock)


def open_with_recovery(directory: Path, words: Sequence[str], clock: Clock = _SYSTEM_CLOCK) -> Vault:
    """Open the vault in `directory` with the words on paper; then offer `reset_passphrase`.

    Raises as `open_vault`, with `vault.wrong_recovery_key` and the `vault.recovery_…` codes for the words.
    """

    def opens(container: Container) -> bytes:
        slot = slots.find(container.slots, SlotKind.RECOVERY)
        return slots.open_recovery_slot(container.header.vault, slot, words)

    return _open(directory, SlotKind.RECOVERY, opens, clock)


def _open(directory: Path, by: SlotKind, opens: Callable[[Container], bytes], clock: Clock) -> Vault:
    private_directory(directory)
    container = read(_read_file(directory))
    lock = ProcessLock.take(directory)
    before = Attempts.load(directory)
    try:
        key = opens(container)
        parts = _Open(key, container.header, container.slots, Contents.from_bytes(container.open_body(key)))
    except UserError as error:
        if error.code in {"vault.wrong_passphrase", "vault.wrong_recovery_key"}:
            replace(before, failed=before.failed + 1).keep(directory)
        lock.release()
        raise
    Attempts(0, clock.now()).keep(directory)
    return Vault(directory, parts, lock, failed_attempts=before.failed, by=by)


def _read_file(directory: Path) -> bytes:
    path = directory / FILE_NAME
    try:
        return read_bytes(path, LARGEST)
    except EnvironmentProblem as problem:
        if problem.code == "files.too_large":
            raise UserError("vault.damaged") from problem
        raise


def _card(directory: Path) -> VaultCard:
    opened = Attempts.load(directory).opened
    try:
        header = read(_read_file(directory)).header
    except OpmaatError as error:
        return VaultCard(VaultId(directory.name), directory, "", "", opened, error.code)
    return VaultCard(header.vault, directory, header.person, header.organisation, opened)


def _store(directory: Path, parts: _Open) -> None:
    write_atomic(directory / FILE_NAME, write(parts.header, parts.slots, parts.key, parts.contents.to_bytes()))


def _require_long(passphrase: str) -> None:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise UserError("vault.passphrase_too_short", {"count": str(SHORTEST_PASSPHRASE)})
