"""How long what is kept: rules with their source, and what is due on a day. Pure.

Each rule says whether it is law, guidance or our own proposal, so that nobody takes the one for the other. The rules
come from the retention tags of the interview's workbook (`overdracht+30dagen`, `plicht+5jaar`) and from the laws they
name; what a tag says of one answer alone is not carried out by itself: an erasure takes a dossier or a compartment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from desktop.plan.law.deadlines import retained_until
from desktop.records import HEALTH

RuleKey = Literal["azc_copy", "health_key", "duty_ended", "died", "colleague_erased"]
Label = Literal["law", "guidance", "proposal"]

AZC_COPY_DAYS = 30
"""Days a reception location keeps its copy after the municipality accepted the case: our proposal."""


@dataclass(frozen=True, slots=True)
class RetentionFacts:
    """What the rules look at. `reception` tells that the organisation is a reception location, else a municipality.

    `received` and `accepted` are when another organisation received and accepted the case from this one; `health` tells
    that this device still has a key to the health compartment; `duty_ended` and `died` are noted in the record.
    `erased_elsewhere` is when a colleague of the same organisation erased the case on another laptop.
    """

    reception: bool
    received: date | None = None
    accepted: date | None = None
    health: bool = False
    duty_ended: date | None = None
    died: date | None = None
    erased_elsewhere: date | None = None


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One rule: its source, the label of its evidence, the compartment that goes (blank: the whole dossier)."""

    key: RuleKey
    source: str
    label: Label
    compartment: str
    day: Callable[[RetentionFacts], date | None]


@dataclass(frozen=True, slots=True)
class RetentionDeadline:
    """A rule that applies to a dossier, and the first day on which it must be carried out."""

    rule: RetentionRule
    day: date

    def is_due(self, today: date) -> bool:
        """Tell whether that day has come."""
        return self.day <= today


def _azc_copy(facts: RetentionFacts) -> date | None:
    if not facts.reception or facts.accepted is None:
        return None
    return facts.accepted + timedelta(days=AZC_COPY_DAYS)


def _health_key(facts: RetentionFacts) -> date | None:
    return facts.received if facts.reception and facts.health else None


def _duty_ended(facts: RetentionFacts) -> date | None:
    return None if facts.duty_ended is None else retained_until(facts.duty_ended)


def _died(facts: RetentionFacts) -> date | None:
    return facts.died


def _colleague_erased(facts: RetentionFacts) -> date | None:
    return facts.erased_elsewhere


RULES: tuple[RetentionRule, ...] = (
    RetentionRule("health_key", "Wet inburgering 2021, art. 37 lid 2 b", "law", HEALTH, _health_key),
    RetentionRule("azc_copy", "overdracht+30dagen", "proposal", "", _azc_copy),
    RetentionRule("duty_ended", "Besluit inburgering 2021, art. 9.9", "law", "", _duty_ended),
    RetentionRule("died", "Besluit inburgering 2021, art. 9.9", "law", "", _died),
    RetentionRule("colleague_erased", "AVG, art. 5 lid 1 e", "proposal", "", _colleague_erased),
)
"""Every rule there is. What DUO and municipal archives may keep for up to 50 years (art. 9.9) is not kept here."""


def terms(facts: RetentionFacts) -> tuple[RetentionDeadline, ...]:
    """Return the rules that apply, the earliest first; those for a compartment before those for the whole dossier."""
    found = [RetentionDeadline(rule, day) for rule in RULES if (day := rule.day(facts)) is not None]
    return tuple(sorted(found, key=lambda term: (term.day, not term.rule.compartment)))
