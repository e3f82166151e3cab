"""Which bundles this laptop made and read: to say on screen where a stick is, and in a receipt what arrived.

Kept sealed in the vault. Routing data: ids, organisations, dossier numbers and moments, without a name or an answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from msgspec.structs import replace

from desktop.vault.last_read import LastRead
from desktop.vault.vault import Vault
from protocol.canonical import JsonValue
from protocol.errors import UserError
from protocol.identifiers import DossierId, OrganisationId
from protocol.messages.fields import Count, Dossier, Identifier, Moment, Organisation
from protocol.messages.message import Message, from_value, to_value

_NOTE = "bundles"
_MOST = 200


class Direction(StrEnum):
    """Whether a bundle was made here or read here."""

    MADE = "made"
    READ = "read"


class BundleEntry(Message, frozen=True):
    """One bundle: with whom, when it was `made`, when it was written or read here (`moment`).

    `words` are those two people compare. `answered` is when a bundle came back that says it was read.
    """

    bundle: Identifier
    direction: Direction
    organisation: Organisation
    made: Moment
    moment: Moment
    dossiers: tuple[Dossier, ...]
    size: Count
    parts: Count
    words: tuple[str, ...]
    answered: Moment | None


@dataclass(frozen=True, slots=True)
class BundleLog:
    """The newest bundles of one vault. Store thread."""

    vault: Vault
    _read: LastRead[tuple[BundleEntry, ...]]

    @classmethod
    def of(cls, vault: Vault) -> "BundleLog":
        """Return the log of `vault`."""
        return cls(vault, LastRead(lambda: vault.get(_NOTE), _entries))

    def entries(self) -> tuple[BundleEntry, ...]:
        """Return what is kept, the oldest first; nothing where it cannot be read."""
        return self._read.value()

    def add(self, entry: BundleEntry) -> None:
        """Keep one bundle; the same one again takes the place of what was kept."""
        self._keep(lambda each: (each.bundle, each.direction) != (entry.bundle, entry.direction), entry)

    def answer(self, organisation: OrganisationId, bundles: Sequence[str], moment: datetime) -> tuple[BundleEntry, ...]:
        """Remember that `organisation` read these bundles of ours, and return those of which that is new."""
        named = set(bundles)
        news = [
            replace(each, answered=moment)
            for each in self.entries()
            if each.bundle in named and each.direction is Direction.MADE and each.answered is None
            and each.organisation == organisation
        ]  # fmt: skip
        for each in news:
            self.add(each)
        return tuple(news)

    def read_from(self, organisation: OrganisationId) -> tuple[BundleEntry, ...]:
        """Return the bundles of `organisation` that were read here, the oldest first."""
        return tuple(
            each for each in self.entries() if each.direction is Direction.READ and each.organisation == organisation
        )

    def made_with(self, dossier: DossierId) -> BundleEntry | None:
        """Return the newest bundle made here with `dossier` in it."""
        made = [each for each in self.entries() if each.direction is Direction.MADE and dossier in each.dossiers]
        return made[-1] if made else None

    def forget(self, dossier: DossierId) -> None:
        """Forget a dossier that was erased."""
        if any(dossier in each.dossiers for each in self.entries()):
            kept = [
                replace(each, dossiers=tuple(one for one in each.dossiers if one != dossier)) for each in self.entries()
            ]
            self.vault.put(_NOTE, [to_value(each) for each in kept])

    def _keep(self, stays: Callable[[BundleEntry], bool], entry: BundleEntry) -> None:
        kept = [*(each for each in self.entries() if stays(each)), entry][-_MOST:]
        self.vault.put(_NOTE, [to_value(each) for each in kept])


def _entries(note: JsonValue) -> tuple[BundleEntry, ...]:
    if note is None or isinstance(note, str) or not isinstance(note, Sequence):
        return ()
    try:
        return tuple(from_value(BundleEntry, value) for value in note)
    except UserError:
        return ()
