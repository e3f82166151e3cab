from datetime import date

import pytest

from desktop.plan.law.retention import RULES, RetentionFacts, terms

ACCEPTED = date(2026, 1, 31)


def _found(facts: RetentionFacts) -> list[tuple[str, date]]:
    return [(term.rule.key, term.day) for term in terms(facts)]


def test_a_reception_location_keeps_its_copy_thirty_days_after_acceptance() -> None:
    assert _found(RetentionFacts(reception=True, accepted=ACCEPTED)) == [("azc_copy", date(2026, 3, 2))]
    assert _found(RetentionFacts(reception=True)) == []
    assert _found(RetentionFacts(reception=False, accepted=ACCEPTED)) == []


def test_a_key_to_health_that_is_still_there_after_receipt_is_due_at_once_and_first() -> None:
    facts = RetentionFacts(reception=True, received=ACCEPTED, accepted=ACCEPTED, health=True)
    assert _found(facts) == [("health_key", ACCEPTED), ("azc_copy", date(2026, 3, 2))]
    assert terms(facts)[0].rule.compartment == "health"


@pytest.mark.parametrize(
    ("ended", "day"),
    [
        (date(2021, 3, 1), date(2026, 3, 1)),
        (date(2020, 2, 29), date(2025, 2, 28)),
        (date(2024, 2, 28), date(2029, 2, 28)),
    ],
)
def test_five_years_after_the_duty_ended(ended: date, day: date) -> None:
    (term,) = terms(RetentionFacts(reception=False, duty_ended=ended))
    assert (term.rule.key, term.day, term.rule.label) == ("duty_ended", day, "law")
    assert (term.is_due(day), term.is_due(date.fromordinal(day.toordinal() - 1))) == (True, False)


def test_after_a_death_at_once() -> None:
    facts = RetentionFacts(reception=False, duty_ended=date(2026, 1, 1), died=date(2026, 5, 5))
    assert _found(facts) == [("died", date(2026, 5, 5)), ("duty_ended", date(2031, 1, 1))]


def test_a_copy_of_what_a_colleague_erased_is_due_that_day() -> None:
    facts = RetentionFacts(reception=False, erased_elsewhere=date(2026, 5, 5))
    assert _found(facts) == [("colleague_erased", date(2026, 5, 5))]


def test_every_rule_names_its_source_and_what_kind_of_source_that_is() -> None:
    for rule in RULES:
        assert rule.source
        assert (rule.label == "law") == rule.source.startswith(("Wet", "Besluit"))
