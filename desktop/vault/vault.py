"""A person's keys on this device: one directory per person, `<root>/<vault id>/`, that shares nothing with another.

`vault.opv` holds the slots and the sealed secrets, `journal.db` (desktop.records) the sealed events.
"""

import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop.kernel.files import private_directory, write_atomic
from desktop.vault.crypto import sealing
from desktop.vault.crypto.identity import DeviceIdentity
from desktop.vault.crypto.stretching import DEFAULT, Cost
from desktop.vault.file import recovery_key as recovery
from desktop.vault.file import slots
from desktop.vault.file.backup_container import BackupParts
from desktop.vault.file.container import FILE_NAME, Container, VaultMetadata, read_vault_file, write
from desktop.vault.file.contents import HALF_TYPED, Contents, Membership
from desktop.vault.file.process_lock import ProcessLock
from desktop.vault.file.slots import Slot, SlotKind
from desktop.vault.file.unlock_throttle import UnlockAttempts, attempt_counted, attempt_throttled
from desktop.vault.trust.escrow import EscrowKey, EscrowRequest, open_answer
from desktop.vault.trust.invitation import OpenedInvitation
from protocol.canonical import JsonValue
from protocol.certificates import DeviceChain, OrganisationCard
from protocol.errors import UserError
from protocol.identifiers import OrganisationId, VaultId, new_id
from protocol.times import Clock, SystemClock

SHORTEST_PASSPHRASE = 10
"""Characters; a sentence is better than a word with signs."""

_SYSTEM_CLOCK = SystemClock()
_ESCROW_NOTE = "escrow"
Guard = Callable[[Path, Clock, Callable[[], "_Open"]], tuple["_Open", UnlockAttempts]]


@dataclass(slots=True, repr=False)
class _Open:
    """The parts of an open vault; dropped as a whole by `lock`."""

    key: bytes
    metadata: VaultMetadata
    slots: tuple[Slot, ...]
    contents: Contents


class Vault:
    """An open vault. Every use after `lock` raises UserError `vault.locked`; open it again with `open_vault`.

    Each change is on disk when its method returns; when the disk fails (EnvironmentProblem) the old state stays, in
    memory and on disk. `failed_attempts` tells how often somebody tried a wrong passphrase or recovery key since it
    last opened, `last_failed` when that was last.
    """

    def __init__(
        self, directory: Path, parts: _Open, lock: ProcessLock, *, before: UnlockAttempts, by: SlotKind, clock: Clock
    ) -> None:
        self.directory = directory
        self.failed_attempts = before.failed
        self.last_failed = before.last if before.failed else None
        self._parts: _Open | None = parts
        self._lock = lock
        self._by = by
        self._clock = clock

    @property
    def id(self) -> VaultId:
        """Return the identifier of this vault, also the name of its directory."""
        return self._open.metadata.vault

    @property
    def person(self) -> str:
        """Return the name of the worker."""
        return self._open.metadata.person

    @property
    def organisation(self) -> str:
        """Return the name of the worker's organisation."""
        return self._open.metadata.organisation

    @property
    def organisation_id(self) -> OrganisationId | None:
        """Return the organisation joined, or None before `join`."""
        membership = self._open.contents.membership
        return None if membership is None else membership.card.id

    @property
    def membership(self) -> Membership:
        """Return the organisation's keys and this device's chain. Raises UserError `vault.no_organisation`."""
        membership = self._open.contents.membership
        if membership is None:
            raise UserError("vault.no_organisation")
        return membership

    @property
    def device(self) -> DeviceIdentity:
        """Return the identity of this device for this person."""
        return self._open.contents.device

    @property
    def locked(self) -> bool:
        """Tell whether the keys were dropped."""
        return self._parts is None

    @property
    def slot_kinds(self) -> frozenset[int]:
        """Return the kinds of slot this vault opens with (`SlotKind`, and kinds of later versions)."""
        return frozenset(slot.kind for slot in self._open.slots)

    @property
    def escrow_key(self) -> EscrowKey | None:
        """Return the organisation's escrow key, None where the invitation had none (version 1) or before `join`."""
        kept, membership = self.get(_ESCROW_NOTE), self._open.contents.membership
        return None if kept is None or membership is None else EscrowKey.from_json(kept, membership.card.root)

    def get(self, name: str) -> JsonValue:
        """Return the note `name`, or None."""
        return self._open.contents.notes.get(name)

    def put(self, name: str, value: JsonValue) -> None:
        """Keep a small value sealed under `name` (settings, the directory last seen); None removes it."""
        self._rewrite(contents=self._open.contents.with_note(name, value))

    def join(self, opened_invitation: OpenedInvitation, moment: datetime) -> DeviceChain:
        """Make this device one of the organisation that invited it, and return the chain that proves it.

        One write: afterwards all of it is on disk, or nothing. The first time an escrow slot is made where the
        invitation offers it; later only if there is one.
        Raises UserError `enrol.invitation_expired`, `enrol.other_person` for an invitation in another name, or
        `vault.other_organisation` when it already belongs elsewhere: a vault never mixes the keys of two organisations.
        """
        joined = _join(self._open, opened_invitation, moment)
        self._rewrite(contents=joined.contents, metadata=joined.metadata, kept=joined.slots)
        return self.membership.chain

    def take_keys(self, card: OrganisationCard, wraps: tuple[bytes, ...]) -> None:
        """Keep a newer card of the organisation and its private wrapping keys: one write; see `Membership.with_keys`.

        Raises UserError `vault.no_organisation`.
        """
        self._rewrite(contents=replace(self._open.contents, membership=self.membership.with_keys(card, wraps)))

    def seal(self, associated_data: bytes, plaintext: bytes) -> bytes:
        """Return `plaintext` sealed for storage beside the vault file, bound to `associated_data` and to this vault."""
        return sealing.seal(self._open.contents.store, plaintext, self._associated_data(associated_data))

    def open_sealed(self, associated_data: bytes, sealed: bytes) -> bytes:
        """Return what `seal` sealed. Raises UserError `vault.seal_broken` for anything else."""
        return sealing.open_sealed(
            self._open.contents.store, sealed, self._associated_data(associated_data), "vault.seal_broken"
        )

    def for_backup(self) -> BackupParts:
        """Return what a backup is made of: whoever opens this vault will open it."""
        parts = self._open
        return BackupParts(parts.metadata, parts.slots, parts.key, parts.contents.with_note(HALF_TYPED, None))

    def confirm(self, secret: str) -> None:
        """Make sure that it is the owner: by passphrase, or by the recovery words where no passphrase is set.

        Failures count and slow down as at unlocking. Raises UserError `vault.wrong_passphrase`, `vault.wait`,
        `vault.wrong_recovery_key` and the codes for the words.
        """

        def check() -> bytes:
            if SlotKind.PASSPHRASE in self.slot_kinds:
                return slots.open_passphrase_slot(self.id, self._slot(SlotKind.PASSPHRASE), secret)
            return slots.open_recovery_slot(self.id, self._slot(SlotKind.RECOVERY), [secret])

        attempt_throttled(self.directory, self._clock, check)

    def change_passphrase(self, current: str, new: str) -> None:
        """Replace the passphrase, or set one; `current` as for `confirm`, whose codes it raises.

        Raises also UserError `vault.passphrase_too_short`.
        """
        self.confirm(current)
        self._rewrite(kept=slots.replace(self._open.slots, self._passphrase_slot(new)))

    def reset_passphrase(self, new: str) -> None:
        """Replace a forgotten passphrase; only right after opening with the recovery key or through the organisation.

        An escrow that was used is made anew with it, so that the answer opens nothing any more.
        Raises UserError `vault.passphrase_needed`, `vault.passphrase_too_short`.
        """
        if self._by not in {SlotKind.RECOVERY, SlotKind.ESCROW}:
            raise UserError("vault.passphrase_needed")
        kept = slots.replace(self._open.slots, self._passphrase_slot(new))
        if self._by is SlotKind.ESCROW:
            kept = slots.replace(kept, self._escrow_slot())
        self._rewrite(kept=kept)
        self._by = SlotKind.PASSPHRASE

    def renew_recovery_key(self) -> tuple[str, ...]:
        """Make a new recovery key and return its words, to be shown once; the old sheet no longer opens the vault."""
        parts = self._open
        entropy = recovery.new_entropy()
        slot = slots.recovery_slot(self.id, parts.key, entropy)
        self._rewrite(kept=slots.replace(parts.slots, slot))
        return recovery.to_words(entropy)

    def set_escrow(self) -> None:
        """Let the organisation's administrator help when all else is lost. Raises UserError `escrow.none_offered`."""
        self._rewrite(kept=slots.replace(self._open.slots, self._escrow_slot()))

    def remove(self, kind: SlotKind) -> None:
        """Take one way to open the vault away.

        Raises UserError `vault.no_such_slot`, or `vault.last_slot` when nobody could open it by themselves any more.
        """
        self._rewrite(kept=slots.without(self._open.slots, kind))

    def lock(self) -> None:
        """Drop every key and let another process open the vault. Close the journal first. Calling twice is harmless."""
        self._parts = None
        self._lock.release()

    @property
    def _open(self) -> _Open:
        if self._parts is None:
            raise UserError("vault.locked")
        return self._parts

    def _associated_data(self, associated_data: bytes) -> bytes:
        return b"opmaat/store/1\0" + bytes.fromhex(self.id) + associated_data

    def _slot(self, kind: SlotKind) -> Slot:
        return slots.find(self._open.slots, kind)

    def _passphrase_slot(self, new: str) -> Slot:
        require_long(new)
        cost = slots.cost_of(self._slot(SlotKind.PASSPHRASE)) if SlotKind.PASSPHRASE in self.slot_kinds else DEFAULT
        return slots.passphrase_slot(self.id, self._open.key, new, cost)

    def _escrow_slot(self) -> Slot:
        key = self.escrow_key
        if key is None:
            raise UserError("escrow.none_offered")
        return slots.escrow_slot(self.id, self._open.key, key, self.person)

    def _rewrite(
        self,
        *,
        contents: Contents | None = None,
        metadata: VaultMetadata | None = None,
        kept: tuple[Slot, ...] | None = None,
    ) -> None:
        old = self._open
        new = _Open(old.key, metadata or old.metadata, kept or old.slots, contents or old.contents)
        _store(self.directory, new)
        self._parts = new


def create_vault(
    root: Path,
    *,
    person: str,
    organisation: str,
    passphrase: str,
    clock: Clock,
    cost: Cost = DEFAULT,
    opened_invitation: OpenedInvitation | None = None,
) -> tuple[Vault, tuple[str, ...]]:
    """Create `<root>/<new id>/` and return the open vault with the words of its recovery key, to be shown once.

    With an `opened_invitation` it is a device of that organisation from its first byte on disk, as after `Vault.join`.
    Whatever is raised, no vault is left behind. Raises UserError `vault.passphrase_too_short` and
    `enrol.invitation_expired`, EnvironmentProblem when the disk is in the way.
    """
    require_long(passphrase)
    moment = clock.now()
    metadata = VaultMetadata(VaultId(new_id()), person, organisation, moment)
    key, entropy = sealing.new_key(), recovery.new_entropy()
    first = slots.passphrase_slot(metadata.vault, key, passphrase, cost)
    parts = _Open(key, metadata, (first, slots.recovery_slot(metadata.vault, key, entropy)), Contents.new())
    if opened_invitation is not None:
        parts = _join(parts, opened_invitation, moment)
    directory = private_directory(root) / metadata.vault
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, directory, ignore_errors=True)
        lock = ProcessLock.acquire(private_directory(directory))
        undo.callback(lock.release)
        _store(directory, parts)
        UnlockAttempts(0, moment).keep(directory)
        vault = Vault(directory, parts, lock, before=UnlockAttempts(), by=SlotKind.PASSPHRASE, clock=clock)
        undo.pop_all()
    return vault, recovery.to_words(entropy)


def open_vault(directory: Path, passphrase: str, clock: Clock = _SYSTEM_CLOCK) -> Vault:
    """Open the vault in `directory`.

    Raises UserError `vault.wrong_passphrase` (counted), `vault.wait` after too many of those, `vault.damaged`,
    `vault.newer_version`, `vault.in_use`. Whatever is raised, the vault file is untouched.
    """

    def unlock(container: Container) -> bytes:
        slot = slots.find(container.slots, SlotKind.PASSPHRASE)
        return slots.open_passphrase_slot(container.metadata.vault, slot, passphrase)

    return _open(directory, SlotKind.PASSPHRASE, unlock, clock, attempt_throttled)


def open_with_recovery(directory: Path, words: Sequence[str], clock: Clock = _SYSTEM_CLOCK) -> Vault:
    """Open the vault in `directory` with the words on paper; then offer `reset_passphrase`.

    Raises as `open_vault`, with `vault.wrong_recovery_key` and the `vault.recovery_…` codes for the words.
    """

    def unlock(container: Container) -> bytes:
        slot = slots.find(container.slots, SlotKind.RECOVERY)
        return slots.open_recovery_slot(container.metadata.vault, slot, words)

    return _open(directory, SlotKind.RECOVERY, unlock, clock, attempt_counted)


def open_with_escrow(directory: Path, answer: bytes, code: str, clock: Clock = _SYSTEM_CLOCK) -> Vault:
    """Open the vault in `directory` with the administrator's answer and its code; then offer `reset_passphrase`.

    Raises as `open_vault`, with `escrow.wrong_code`, `escrow.other_vault`, `escrow.used` and other `escrow.…` codes.
    """

    def unlock(container: Container) -> bytes:
        slot, vault = slots.find(container.slots, SlotKind.ESCROW), container.metadata.vault
        return slots.open_escrow_slot(vault, slot, open_answer(answer, code, vault))

    return _open(directory, SlotKind.ESCROW, unlock, clock, attempt_counted)


def escrow_request(directory: Path, clock: Clock = _SYSTEM_CLOCK) -> EscrowRequest:
    """Return what to send to the administrator; opens nothing. Raises UserError `escrow.none` without such a slot."""
    container = read_vault_file(directory)
    return slots.escrow_request(container.slots, container.metadata.vault, container.metadata.person, clock.now())


def open_with_key(directory: Path, key: bytes, by: SlotKind, clock: Clock = _SYSTEM_CLOCK) -> Vault:
    """Open the vault in `directory` with the vault key itself, which came out of a slot of the kind `by`."""
    return _open(directory, by, lambda _container: key, clock, attempt_counted)


def _open(directory: Path, by: SlotKind, unlock: Callable[[Container], bytes], clock: Clock, guard: Guard) -> Vault:
    def attempt() -> _Open:
        container = read_vault_file(directory)
        key = unlock(container)
        return _Open(key, container.metadata, container.slots, Contents.from_bytes(container.open_body(key)))

    with ExitStack() as undo:
        lock = ProcessLock.acquire(private_directory(directory))
        undo.callback(lock.release)
        parts, before = guard(directory, clock, attempt)
        UnlockAttempts(0, clock.now()).keep(directory)
        vault = Vault(directory, parts, lock, before=before, by=by, clock=clock)
        undo.pop_all()
    return vault


def _join(parts: _Open, opened_invitation: OpenedInvitation, moment: datetime) -> _Open:
    """Return `parts` as those of a device of the organisation that invited it; see `Vault.join`."""
    former, card, key = parts.contents.membership, opened_invitation.card, opened_invitation.escrow
    if former is not None and former.card.id != card.id:
        raise UserError("vault.other_organisation")
    subject = opened_invitation.certificate.subject
    if subject and subject != parts.metadata.person:
        raise UserError("enrol.other_person", {"person": subject})
    chain = opened_invitation.certify(parts.contents.device, moment)
    joined = Membership.joined(opened_invitation, chain, former)
    contents = replace(parts.contents, membership=joined)
    kept, metadata = parts.slots, replace(parts.metadata, organisation=joined.card.name)
    if key is not None:
        contents = contents.with_note(_ESCROW_NOTE, key.to_json())
        if former is None or any(slot.kind == SlotKind.ESCROW for slot in kept):
            kept = slots.replace(kept, slots.escrow_slot(metadata.vault, parts.key, key, metadata.person))
    return replace(parts, metadata=metadata, slots=kept, contents=contents)


def _store(directory: Path, parts: _Open) -> None:
    write_atomic(directory / FILE_NAME, write(parts.metadata, parts.slots, parts.key, parts.contents.to_bytes()))


def require_long(passphrase: str) -> None:
    """Raise UserError `vault.passphrase_too_short` for a passphrase below the least length."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise UserError("vault.passphrase_too_short", {"count": str(SHORTEST_PASSPHRASE)})
