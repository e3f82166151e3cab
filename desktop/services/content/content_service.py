"""The workbook of the own organisation as people look at it, and as it comes from a stick. Store thread only."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.files import read_bytes
from desktop.services.content.known_content import KnownContent
from desktop.services.content.workbooks import Workbooks
from protocol.errors import UserError
from protocol.limits import MOST_CONTENT_BYTES
from protocol.messages.content import verify_content


@dataclass(frozen=True, slots=True)
class WorkbookHere:
    """The newest workbook that is here: 0 and blank where there is none. `unusable` is a newer version that is kept.

    That one is made for another version of Opmaat.
    """

    version: int = 0
    issued: datetime | None = None
    title: str = ""
    routes: int = 0
    partners: int = 0
    unusable: int = 0


class ContentService:
    """What this vault has of its organisation. `root` is the key that signs it, `named` what its directory names."""

    def __init__(
        self, known: KnownContent, workbooks: Workbooks, root: bytes, named: Callable[[], Collection[bytes]]
    ) -> None:
        self._known = known
        self._workbooks = workbooks
        self._root = root
        self._named = named

    def here(self) -> WorkbookHere | None:
        """Return the newest workbook that is here; None in a practice environment, which has its own."""
        if self._workbooks.is_practice:
            return None
        newest, kept = self._workbooks.newest(), self._known.newest()
        unusable = 0 if kept is None or (newest is not None and newest.digest == kept.digest) else kept.version
        if newest is None:
            return WorkbookHere(unusable=unusable)
        region = newest.region
        return WorkbookHere(
            newest.version,
            newest.issued,
            region.settings.title or region.settings.region,
            len(region.routes),
            len(region.partners),
            unusable,
        )

    def read_file(self, path: Path) -> Changes:
        """Take in the set in the file at `path`.

        An older one than is here is refused, unless the directory names it: then a case may still go by it. Raises
        UserError `content.…`, EnvironmentProblem for the file.
        """
        data = read_bytes(path, MOST_CONTENT_BYTES)
        given, newest = verify_content(data, self._root), self._known.newest()
        if newest is not None and given.order < newest.order and given.digest not in self._named():
            raise UserError("content.older", {"version": str(given.version), "newer": str(newest.version)})
        self._known.keep(data)
        return changed(Aspect.CONTENT, Aspect.SETTINGS)
