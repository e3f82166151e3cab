import re
from collections import Counter

from tests.unit.library.workbook import PLACE, REGION, questions, sheets

TEXT_PEOPLE = {"person", "caseworker", "municipality"}
DOMAINS = {"language", "child", "work", "learning", "money", "housing", "network", "participation", "digital", "care"}


def column(sheet: str, name: str) -> list[str]:
    return [row.cells.get(name, "") for row in sheets(REGION)[sheet].rows]


def test_is_laid_over_this_interview() -> None:
    assert column("settings", "interview") == ["brede_intake"]
    assert column("settings", "interview_version") == ["2026.1"]


def test_names_only_questions_that_exist_and_are_no_health() -> None:
    allowed = {question.name for question in questions() if question.tags["compartment"] == "core"}
    for sheet in sheets(REGION).values():
        for row in sheet.rows:
            named = set(PLACE.findall(" ".join(row.cells.values()))) | set(row.cells.get("sources", "").split())
            assert named <= allowed, (sheet.name, row.number, named - allowed)


def test_five_routes_carry_out_the_three_legal_routes() -> None:
    assert len(column("routes", "name")) == 5
    assert set(column("routes", "legal_route")) == {"B1", "O", "Z"}


def test_modules_fill_the_weeks_of_their_route() -> None:
    weeks = Counter[str]()
    for route, length in zip(column("modules", "route"), column("modules", "weeks"), strict=True):
        weeks[route] += int(length)
    assert dict(weeks) == {
        name: int(length) for name, length in zip(column("routes", "name"), column("routes", "weeks"), strict=True)
    }


def test_weeks_have_the_half_days_their_route_promises() -> None:
    promised = dict(zip(column("routes", "name"), map(int, column("routes", "half_days")), strict=True))
    assert Counter(column("week", "route")) == promised
    places = list(zip(column("week", "route"), column("week", "day"), column("week", "part"), strict=True))
    assert len(set(places)) == len(places)


def test_there_are_enough_goals_and_actions() -> None:
    assert len({name for name in column("goals", "name") if name}) >= 16
    assert sum(bool(text) for text in column("goals", "action")) >= 40
    assert {domain for domain in column("goals", "domain") if domain} == DOMAINS


def test_goals_speak_in_the_first_person_or_name_the_child() -> None:
    for goal in filter(None, column("goals", "goal")):
        assert re.match(r"(Ik|Mijn|\$\{kind_naam\}) ", goal), goal


def test_everyone_who_acts_is_known() -> None:
    known = TEXT_PEOPLE | set(column("partners", "name"))
    people = {word.strip() for cell in column("goals", "who") for word in cell.split(";") if word.strip()}
    assert people | {lead for lead in column("goals", "lead") if lead} <= known


def test_partners_are_marked_as_invented() -> None:
    assert all(label.endswith("(voorbeeld)") for label in column("partners", "label"))
