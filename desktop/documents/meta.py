"""What a document needs to know besides the plan."""

from dataclasses import dataclass
from datetime import date

from desktop.plan.model.plan_changes import PlanChange
from desktop.plan.region.region_rules import NO_LETTERHEAD, Letterhead

PAGE_SIGNS = ("§", "¶")
"""What stands for the page number and the number of pages until the template knows them: signs of no script."""


@dataclass(frozen=True, slots=True)
class DocumentMeta:
    """The case number people say aloud, the organisations that send it, its version, who advises, and the talks held.

    A signed version has its `seal`, the start of its digest as people compare it; a draft of a later one the `changes`
    since. `sender` stands above the title, such as `Gemeente Waterbeke met azc Duinrand`. No field is printed in the
    file's own properties, and none of them but `caseworker` names a person. `letterhead` and `logo` (PNG, or
    nothing) are the organisation's own.
    """

    case_number: str
    sender: str
    version: int = 1
    seal: str = ""
    changes: tuple[PlanChange, ...] = ()
    caseworker: str = ""
    talks_held: tuple[date, ...] = ()
    letterhead: Letterhead = NO_LETTERHEAD
    logo: bytes = b""
