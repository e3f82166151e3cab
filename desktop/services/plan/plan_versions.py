"""The versions of a plan that people signed: which there are, who signed each, and what is otherwise since. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop.plan.model.edits import as_date
from desktop.plan.model.frozen_plan import FrozenPlan, content_of
from desktop.plan.model.plan_changes import PlanChange, changes_between
from desktop.plan.model.support_plan import Signature, SignatureRole, SupportPlan
from desktop.records import DossierView, PlanFrozen
from protocol.canonical import JsonValue
from protocol.errors import UserError

ROLES: tuple[SignatureRole, ...] = ("person", "caseworker", "municipality")
FIELD_OF: Mapping[SignatureRole, str] = {role: f"signature/{role}" for role in ROLES}
"""The field of the plan in which each signature stands, with the digest of the version that was signed."""

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A version as it was signed. `number` counts from 1, `signatures` are those that were not taken back."""

    number: int
    frozen: FrozenPlan
    signatures: tuple[Signature, ...]

    @property
    def digest(self) -> str:
        """Return the SHA-256 that names this version."""
        return self.frozen.digest

    @property
    def day(self) -> date | None:
        """Return when it was signed first; None where nobody's day can be read."""
        return min((each.date for each in self.signatures if each.date is not None), default=None)

    def plan(self) -> SupportPlan:
        """Return the plan with the signatures under it. Raises UserError `plan.version_damaged`."""
        return signed_by(self.frozen.plan(), self.signatures)


@dataclass(frozen=True, slots=True)
class VersionHistory:
    """`versions` are those with a signature, the oldest first; `count` counts also those without one any more.

    `changes` says what today's plan says otherwise than the newest; nothing where it is the same, or none was signed.
    """

    versions: tuple[PlanVersion, ...] = ()
    count: int = 0
    changes: tuple[PlanChange, ...] = ()

    @property
    def newest(self) -> PlanVersion | None:
        """Return the version that was signed last."""
        return self.versions[-1] if self.versions else None

    @property
    def standing(self) -> PlanVersion | None:
        """Return the version that today's plan is, word for word; None where it is a draft."""
        return None if self.changes else self.newest

    @property
    def next_number(self) -> int:
        """Return the number of today's plan: that of the version it is, or of the one it would become."""
        return self.count + 1 if self.standing is None else self.standing.number


def frozen_in(body: PlanFrozen) -> FrozenPlan:
    """Return the plan that an event holds."""
    return FrozenPlan(body.language, body.plan, body.content)


def event_of(frozen: FrozenPlan) -> PlanFrozen:
    """Return the event that keeps `frozen`."""
    return PlanFrozen(frozen.language, frozen.text, frozen.content)


def short_digest(digest: str) -> str:
    """Return the start of a digest as it is printed and read aloud: `3F2A 9C1B 77D0`."""
    shown = digest[:_SHOWN].upper()
    return " ".join(shown[at : at + 4] for at in range(0, _SHOWN, 4))


def history_of(record: DossierView, in_dutch: Callable[[], SupportPlan]) -> VersionHistory:
    """Return the versions in `record`; `in_dutch` gives today's plan beside Dutch alone, and is asked where one is."""
    frozen = kept_plans(record)
    given = _given(record)
    versions = tuple(
        PlanVersion(number, each, given[each.digest])
        for number, each in enumerate(frozen, start=1)
        if each.digest in given
    )
    return VersionHistory(versions, len(frozen), _changes(versions[-1], in_dutch()) if versions else ())


def kept_plans(record: DossierView) -> tuple[FrozenPlan, ...]:
    """Return the plans that were frozen, the oldest first, each once: the number of one is its place here."""
    return tuple({each.digest: each for each in map(frozen_in, _bodies(record))}.values())


def version_named(record: DossierView, digest: str) -> PlanVersion | None:
    """Return the frozen plan that `digest` names, with the signatures under it; None where the record has none."""
    for number, each in enumerate(kept_plans(record), start=1):
        if each.digest == digest:
            return PlanVersion(number, each, _given(record).get(digest, ()))
    return None


@dataclass(frozen=True, slots=True)
class PlanToKeep:
    """Today's plan as it goes with a decision: its number, and whether the record does not hold it yet."""

    frozen: FrozenPlan
    number: int
    is_new: bool


def plan_to_keep(record: DossierView, fresh: FrozenPlan) -> PlanToKeep:
    """Return the frozen plan of `record` that says what `fresh` does, the newest one, or `fresh` itself."""
    kept = kept_plans(record)
    for number, each in reversed(tuple(enumerate(kept, start=1))):
        if (each.content, each.language) == (fresh.content, fresh.language):
            return PlanToKeep(each, number, is_new=False)
    return PlanToKeep(fresh, len(kept) + 1, is_new=True)


def signed_by(plan: SupportPlan, given: tuple[Signature, ...]) -> SupportPlan:
    """Return `plan` with these signatures in their places, and no others."""
    by_role = {each.role: each for each in given}
    return replace(plan, signatures=tuple(_fill(place, by_role.get(place.role)) for place in plan.signatures))


def _fill(place: Signature, given: Signature | None) -> Signature:
    if given is None:
        return replace(place, date=None, how="")
    return given if given.name else replace(given, name=place.name)


def _changes(version: PlanVersion, plan: SupportPlan) -> tuple[PlanChange, ...]:
    if version.frozen.content == content_of(plan):
        return ()
    try:
        return changes_between(version.frozen.plan(), plan)
    except UserError:
        return (PlanChange("wording"),)


def _bodies(record: DossierView) -> Iterator[PlanFrozen]:
    return (each.body for each in record.frozen_plans)


def _given(record: DossierView) -> dict[str, tuple[Signature, ...]]:
    """Return the signatures under each version, by its digest."""
    found: dict[str, tuple[Signature, ...]] = {}
    for role, field in FIELD_OF.items():
        for digest, given in _of_role(record, role, field).items():
            found[digest] = (*found.get(digest, ()), given)
    return found


def _of_role(record: DossierView, role: SignatureRole, field: str) -> dict[str, Signature]:
    """Return what `role` signed: a signature is taken back by what follows it and names no version."""
    register = record.plan.get(field)
    found: dict[str, Signature] = {}
    last = ""
    for entry in () if register is None else (*register.past, *register.entries):
        value = entry.value
        if isinstance(value, Mapping):
            last = _text(value, "version")
            if last:
                name, day, how = _text(value, "name"), as_date(value.get("date")), _text(value, "how")
                found[last] = Signature(role, name, day, how)
        else:
            found.pop(last, None)
    return found


def _text(value: Mapping[str, JsonValue], name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""
