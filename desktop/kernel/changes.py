"""What one committed operation changed: the only news that travels from services to pages."""

from dataclasses import dataclass
from enum import StrEnum

from protocol.identifiers import DossierId


class Aspect(StrEnum):
    """A kind of thing a page may show and therefore may have to refresh."""

    CASELOAD = "caseload"
    ANSWERS = "answers"
    CONFLICTS = "conflicts"
    PLAN = "plan"
    HANDOVER = "handover"
    ATTACHMENTS = "attachments"
    PROGRESS = "progress"
    SYNC = "sync"
    SETTINGS = "settings"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Changes:
    """Which dossiers changed, and in which aspects. Empty means: nothing to refresh."""

    aspects: frozenset[Aspect] = frozenset()
    dossiers: frozenset[DossierId] = frozenset()

    def __or__(self, other: "Changes") -> "Changes":
        """Return both changes as one."""
        return Changes(self.aspects | other.aspects, self.dossiers | other.dossiers)

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return bool(self.aspects)


def changed(*aspects: Aspect, dossier: DossierId | None = None) -> Changes:
    """Return the change of `aspects`, in one dossier or in none."""
    return Changes(frozenset(aspects), frozenset() if dossier is None else frozenset({dossier}))
