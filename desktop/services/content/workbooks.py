"""By which workbook a case goes: the version of the own organisation that it was begun with, until a person switches.

    no server          practice: the invented region, and no other
    a version kept     that one, also where a newer one is here; where it is not here, the plan cannot be signed
    of another         a case that another organisation began and nobody accepted here goes by the newest one
    no version kept    the national workbook: it has no route, partner, place, number or date of anybody

The invented region is given to practice alone, so that nothing else can reach it. Called on the store thread only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desktop.forms import Form
from desktop.forms.workbook.tables import Kind
from desktop.media.png import clean_png
from desktop.plan.region.region_reader import read_region
from desktop.plan.region.region_rules import Region
from desktop.records import DossierView, PlanFieldSet
from desktop.services.content.known_content import KnownContent
from desktop.services.dossier.registers import current
from protocol.canonical import JsonValue
from protocol.errors import UserError
from protocol.identifiers import DossierId, OrganisationId
from protocol.messages.content import ContentSet, PartMedia

WorkbookState = Literal["practice", "own", "none", "not_here"]
"""`not_here`: the version of the case is not on this laptop, or does not fit this version of Opmaat."""

AREA = "workbook"
"""The field of a plan in which an organisation keeps its version, followed by a slash and the organisation's id."""


@dataclass(frozen=True, slots=True, repr=False)
class Workbook:
    """The rules of a case, and what they come from. Version 0 and no moment where no organisation published them."""

    state: WorkbookState
    region: Region
    version: int = 0
    issued: datetime | None = None
    logo: bytes = b""
    digest: bytes = b""


class Workbooks:
    """The workbooks of one vault."""

    def __init__(
        self,
        known: KnownContent,
        form: Form,
        own: OrganisationId | None,
        region: Region,
        began_elsewhere: Callable[[DossierId], bool] = lambda _dossier: False,
        *,
        practice: bool = False,
    ) -> None:
        """`region` serves where nothing was published: the invented one in practice, else the national one.

        `began_elsewhere` tells of another's cases.
        """
        self._known = known
        self._form = form
        self._own = own
        self._region = region
        self.is_practice = practice
        self._began_elsewhere = began_elsewhere
        self._read: dict[bytes, Workbook | None] = {}

    @property
    def field(self) -> str:
        """Return the field of a plan in which this organisation keeps its version."""
        return f"{AREA}/{self._own}"

    def of_case(self, record: DossierView) -> Workbook:
        """Return the workbook that the plan of `record` goes by here."""
        if self.is_practice:
            return Workbook("practice", self._region)
        version, digest = _kept(record, self.field)
        if not digest:
            theirs = self.newest() if self._began_elsewhere(record.id) else None
            return theirs or Workbook("none", self._region)
        found = self._known.find(digest)
        usable = None if found is None else self._usable(found)
        return usable or Workbook("not_here", self._region, version, digest=digest)

    def newest(self) -> Workbook | None:
        """Return the newest workbook that is here and fits; None without one, and in practice."""
        if self.is_practice:
            return None
        return next((usable for each in self._known.sets() if (usable := self._usable(each)) is not None), None)

    def kept_version(self) -> tuple[PlanFieldSet, ...]:
        """Return what a case is begun with: that it goes by the newest workbook; nothing where there is none."""
        newest = self.newest()
        return () if newest is None else (PlanFieldSet(self.field, value_of(newest)),)

    def _usable(self, found: ContentSet) -> Workbook | None:
        if found.digest not in self._read:
            self._read[found.digest] = _read(found, self._form)
        return self._read[found.digest]


def kind_of(media: PartMedia) -> Kind:
    """Return how a workbook that was published is read."""
    return "xlsx" if media is PartMedia.EXCEL else "md"


def value_of(workbook: Workbook) -> JsonValue:
    """Return how a case names the workbook that it goes by."""
    return {"version": str(workbook.version), "digest": workbook.digest.hex()}


def _read(found: ContentSet, form: Form) -> Workbook | None:
    try:
        region = read_region(found.workbook, kind_of(found.media), form)
    except UserError:
        return None
    return Workbook("own", region, found.version, found.issued, _whole_logo(found.logo), found.digest)


def _whole_logo(logo: bytes) -> bytes:
    """Return the picture as it may be printed; nothing where it is none."""
    try:
        return clean_png(logo) if logo else b""
    except UserError:
        return b""


def _kept(record: DossierView, field: str) -> tuple[int, bytes]:
    """Return version and digest that the case keeps; 0 and nothing where it keeps none."""
    entry = current(record.plan.get(field))
    value = None if entry is None else entry.value
    if not isinstance(value, Mapping):
        return 0, b""
    version, digest = str(value.get("version", "")), str(value.get("digest", ""))
    try:
        return (int(version) if version.isdecimal() else 0), bytes.fromhex(digest)
    except ValueError:
        return 0, b""
