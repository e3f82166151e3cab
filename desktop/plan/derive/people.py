"""Who the plan is about: the facts at the top, the family, ages and names, read from the interview by question name."""

from dataclasses import dataclass
from datetime import date

from desktop.i18n.formatting import format_date
from desktop.i18n.mark import N_
from desktop.kernel.part_date import PartDate
from desktop.plan.derive.facts import PlanFacts
from desktop.plan.model.edits import as_date
from desktop.plan.model.plan_text import PlanText
from desktop.plan.model.support_plan import Fact

_SCHOOL_AGE = 4
_MONTHS = 12
_HALF_YEAR = 6
_MONTH_NAMES = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


@dataclass(frozen=True, slots=True)
class Child:
    """One child that lives with the person: its name, its age in months on a day (None when unknown), where it goes.

    Where day or month of birth is unknown, `months` is the least it may be and `oldest` the most.
    """

    name: str
    months: int | None
    care: str
    oldest: int | None = None

    @property
    def below_school_age(self) -> bool:
        """Tell whether the child is younger than four, or of unknown age."""
        return self.months is None or self.months < _SCHOOL_AGE * _MONTHS

    @property
    def age(self) -> str:
        """The age in Dutch words, by half years below school age; blank when unknown."""
        if self.months is None:
            return ""
        years, rest = divmod(self.months, _MONTHS)
        most = years if self.oldest is None else self.oldest // _MONTHS
        if most > years:
            return f"{years} of {most} jaar"
        if self.below_school_age and rest >= _HALF_YEAR:
            return f"{years},5 jaar"
        return f"{years} jaar" if years else f"{rest} maanden"


def months_between(born: date, day: date) -> int:
    """Return the whole months from `born` to `day`."""
    return (day.year - born.year) * _MONTHS + day.month - born.month - (day.day < born.day)


def children(facts: PlanFacts, day: date) -> tuple[Child, ...]:
    """Return the children that live with the person, with their age on `day`."""
    found = []
    for number, row in enumerate(facts.rows("kind"), start=1):
        if row.get("kind_hier") != "nee":
            born = PartDate.parse(row.get("kind_geboren", ""))
            least, most = (None, None) if born is None else _months(born, day)
            found.append(Child(row.get("kind_naam") or f"kind {number}", least, row.get("kind_opvang", ""), most))
    return tuple(found)


def person_name(facts: PlanFacts) -> str:
    """Return the name of the person as it stands on the plan: first names and surname, or how they are called."""
    full = " ".join(filter(None, (facts.value("voornamen"), facts.value("achternaam"))))
    return full if facts.value("achternaam") else facts.value("roepnaam") or full


def panel(facts: PlanFacts, today: date, family: tuple[Child, ...]) -> tuple[Fact, ...]:
    """Return the facts of the panel; those without an answer are left out."""
    rows = (
        (N_("Geboren"), _born(facts, today)),
        (N_("Kind") if len(family) == 1 else N_("Kinderen"), ", ".join(_child(child) for child in family)),
        (N_("Talen"), ", ".join(name for name in (spoken(facts)) if name)),
        (N_("Woont nu"), facts.value("azc")),
        (N_("Gaat wonen in"), _moves_to(facts)),
        (N_("Plan gemaakt op"), format_date(today)),
    )
    return tuple(Fact(PlanText(label), value) for label, value in rows if value)


def spoken(facts: PlanFacts) -> tuple[str, ...]:
    """Return the Dutch names of the languages the person speaks, the mother tongue first."""
    mother = facts.value("moedertaal")
    names = [facts.label("moedertaal", mother).dutch] if mother else []
    names += [facts.label("andere_talen", code).dutch for code in facts.value("andere_talen").split()]
    return tuple(dict.fromkeys(names))


def month_name(day: date) -> str:
    """Return the month and year of `day` in Dutch."""
    return f"{_MONTH_NAMES[day.month - 1]} {day.year}"


def _born(facts: PlanFacts, today: date) -> str:
    born = PartDate.parse(facts.value("geboren"))
    if born is None:
        return ""
    about = "ongeveer " if facts.value("geboren_onzeker") in {"dag", "geschat"} and born.is_whole else ""
    return f"{about}{born.shown} ({_age(born, today)} jaar)"


def _age(born: PartDate, today: date) -> str:
    """Return the age in years, both that it may be where the day is unknown."""
    ages = {months // _MONTHS for months in _months(born, today)}
    return " of ".join(str(age) for age in sorted(ages))


def _months(born: PartDate, day: date) -> tuple[int, int]:
    """Return the fewest and the most whole months somebody may be old on `day`; never below nought."""
    return max(0, months_between(born.last, day)), max(0, months_between(born.first, day))


def _child(child: Child) -> str:
    return f"{child.name}, {child.age}" if child.age else child.name


def _moves_to(facts: PlanFacts) -> str:
    place, moves = facts.value("gemeente"), as_date(facts.value("verhuizen"))
    return f"{place}, {month_name(moves)}" if place and moves else place
