"""The national workbook: reasons for the three routes of the law, and not one name, place, number or date."""

import re

import pytest

from desktop.plan.region.region_reader import national_region
from tests.content import intake
from tests.unit.library.workbook import NATIONAL, REGION, sheets

_ROLES = {"person", "caseworker", "municipality"}


def column(sheet: str, name: str) -> list[str]:
    """Return one column, blank where a row has no cell in it."""
    return [row.cells.get(name, "") for row in sheets(NATIONAL)[sheet].rows]


def test_it_is_read_and_has_nothing_of_any_region() -> None:
    found = national_region(intake())
    assert (found.routes, found.modules, found.partners, found.week, found.holidays) == ((), (), (), (), ())
    assert (found.settings.municipality, found.settings.reception, found.settings.talks) == ("", "", ())
    assert len(found.goals) >= 16


def test_nothing_in_it_is_a_name_of_the_invented_region() -> None:
    text = NATIONAL.read_text("utf-8")
    assert "(voorbeeld)" not in text
    for partner in sheets(REGION)["partners"].rows:
        assert partner.cells["label"].removesuffix(" (voorbeeld)") not in text
    assert not re.search(r"\d{2,}[ -]\d{2,}[ -]\d|20\d\d-\d\d-\d\d", text)


def test_who_takes_a_step_is_a_role_or_a_kind_of_organisation() -> None:
    people = {word.strip() for cell in column("goals", "who") for word in cell.split(";") if word.strip()}
    assert people > _ROLES
    assert all(word == word.lower() for word in people | set(column("goals", "lead")))


@pytest.mark.parametrize("route", ["B1", "O", "Z"])
@pytest.mark.parametrize("sign", ["for", "against"])
def test_each_route_has_reasons_on_both_sides(route: str, sign: str) -> None:
    pairs = list(zip(column("arguments", "legal_route"), column("arguments", "sign"), strict=True))
    assert pairs.count((route, sign)) >= 6


def test_every_reason_rests_on_an_answer() -> None:
    assert all(column("arguments", "when"))
    assert all(column("arguments", "sources"))
    assert len(set(column("arguments", "name"))) == len(column("arguments", "name"))


def test_reasons_never_count_or_rank() -> None:
    for text in column("arguments", "text"):
        assert not re.search(r"%|ranglijst|eindscore|beste route", text), text
