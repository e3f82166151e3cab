"""Cases whose keys the organisation's former wrapping key opens, and which get fresh ones since it was renewed.

What a laptop had, or was given for the former key, when it took the renewal may be known to whoever has that key. So
the newest such epoch of each case is noted, with the renewal; the holder begins an epoch beyond it, and then the note
goes. Only what was read up to the end of the feed is begun with: a colleague may have been there first.
"""

from collections.abc import Iterable, Iterator

from desktop.records.membership.membership_records import MembershipRecords
from desktop.records.store.cursor_names import AGED, AGED_WAIT, aged_keys
from desktop.records.store.database import Store
from desktop.vault.vault import Vault
from protocol.identifiers import DossierId
from protocol.membership.state import DossierMembership

_NOTED = "select name, value from cursors where substr(name, 1, ?) = ?"


class AgedKeys:
    """The notes of one vault. Same thread and same failures as `Journal`."""

    def __init__(self, store: Store, vault: Vault, membership: MembershipRecords) -> None:
        self._store = store
        self._vault = vault
        self._membership = membership
        self._aside: set[DossierId] = set()

    def note_all(self) -> None:
        """Note every case of which there is a key here; durable when this returns. Before a renewal is taken in."""
        newest: dict[DossierId, int] = {}
        for key in self._store.all_keys():
            newest[key.dossier] = max(key.epoch, newest.get(key.dossier, 0))
        with self._store.atomic():
            self._store.keep_cursor(AGED_WAIT, "1")
            for dossier, epoch in newest.items():
                self.note(dossier, epoch)

    def note(self, dossier: DossierId, epoch: int) -> None:
        """Note that the former key opens the keys of `epoch`. Call inside `atomic`."""
        name = aged_keys(dossier)
        if epoch > int(self._store.cursor(name) or 0):
            self._store.keep_cursor(name, str(epoch))

    def begin(self) -> None:
        """Let `due` name what was noted: nothing is left to be read, or nothing can be."""
        if self._store.cursor(AGED_WAIT):
            with self._store.atomic():
                self._store.keep_cursor(AGED_WAIT, "")

    def due(self, most: int) -> tuple[tuple[DossierId, DossierMembership], ...]:
        """Return at most `most` cases that the own organisation holds and whose keys are to be renewed, with their log.

        Each laptop begins elsewhere. What needs none any more is forgotten.
        """
        if self._store.cursor(AGED_WAIT):
            return ()
        own, start = self._vault.organisation_id, self._vault.device.id
        found: list[tuple[DossierId, DossierMembership]] = []
        settled: list[DossierId] = []
        for dossier, epoch in sorted(self._noted(), key=lambda each: (each[0] < start, each[0])):
            state = self._membership.of(dossier)
            if state is None:
                self._aside.add(dossier)
            elif state.holder != own or state.epoch > epoch:
                settled.append(dossier)
            elif len(found) < most:
                found.append((dossier, state))
            else:
                break
        if settled:
            self.forget(settled)
        return tuple(found)

    def forget(self, dossiers: Iterable[DossierId]) -> None:
        """Forget the notes of cases that have fresh keys."""
        with self._store.atomic():
            for dossier in dossiers:
                self._store.run("delete from cursors where name = ?", [aged_keys(dossier)])

    def set_aside(self, dossier: DossierId) -> None:
        """Leave a case that could not get fresh keys until the vault is opened again."""
        self._aside.add(dossier)

    def count_left(self) -> int:
        """Return how many cases are still to get fresh keys."""
        return sum(1 for _each in self._noted())

    def _noted(self) -> Iterator[tuple[DossierId, int]]:
        for name, epoch in self._store.run(_NOTED, [len(AGED), AGED]):
            dossier = DossierId(str(name).removeprefix(AGED))
            if dossier not in self._aside:
                yield dossier, int(epoch)
