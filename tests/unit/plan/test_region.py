"""The region workbook: read whole, or refused with sheet, row and column."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.i18n.messages import all_messages
from desktop.plan.region.builtin import builtin_region
from desktop.plan.region.region_reader import national_region, read_region, region_problems
from desktop.plan.region.region_rules import Region
from desktop.plan.region.template import markdown_of, new_region
from protocol.errors import OpmaatError, UserError
from tests.examples import examples
from tests.unit.plan.case import ROOT, interview, region

LIBRARY = ROOT / "desktop" / "plan" / "library" / "regio_voorbeeld.md"
SMALL = """
| settings |
| | region | interview | interview_version | talks |
| | klein | brede_intake | 2026.1 | 12 26 |
| routes |
| | name | label | legal_route | weeks | half_days | start_dates |
| | werk | Werk | B1 | 40 | 8 | 2027-01-11 2026-09-07 |
| goals |
| | name | domain | goal | when | action | who |
| | taal | language | Ik leer Nederlands. | ${schooljaren} > 5 | Ik volg les. | person; Jan |
| | | | | | Ik oefen. | |
| arguments |
| | legal_route | sign | topic | when | text |
| | B1 | for | language | ${schooljaren} > 5 | Schooljaren: ${schooljaren}. |
"""


def read(text: str) -> Region:
    return read_region(text, "md", interview())


def refused(old: str, new: str) -> UserError:
    assert old in SMALL
    with pytest.raises(UserError) as caught:
        read(SMALL.replace(old, new))
    assert caught.value.code in all_messages()
    return caught.value


def place(error: UserError) -> tuple[str, str, str]:
    return error.details.get("sheet", ""), error.details.get("row", ""), error.details.get("column", "")


def test_reads_the_example_region() -> None:
    found = region()
    assert {route.legal_route for route in found.routes} == {"B1", "O", "Z"}
    assert len(found.goals) >= 16
    assert sum(len(goal.actions) for goal in found.goals) >= 40


def test_reads_a_small_workbook_with_actions_under_their_goal() -> None:
    found = read(SMALL)
    assert [action.text for action in found.goals[0].actions] == ["Ik volg les.", "Ik oefen."]
    assert found.goals[0].actions[0].who == ("person", "Jan")
    assert found.goals[0].sources == ("schooljaren",)
    assert [day.isoformat() for day in found.routes[0].start_dates] == ["2026-09-07", "2027-01-11"]
    assert found.settings.talks == (12, 26)


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("| routes |", "| paths |", "region.sheet_missing", ("routes", "", "")),
        ("| legal_route | weeks", "| legal | weeks", "region.column_missing", ("routes", "1", "legal_route")),
        ("| half_days | start_dates |", "| half_days | start |", "region.column_unknown", ("routes", "1", "start")),
        ("| B1 | 40 |", "| B2 | 40 |", "region.value_wrong", ("routes", "2", "legal_route")),
        ("| B1 | 40 |", "| B1 | veel |", "region.value_wrong", ("routes", "2", "weeks")),
        ("2026-09-07", "2026-19-07", "region.value_wrong", ("routes", "2", "start_dates")),
        ("| Ik leer Nederlands. |", "| |", "region.cell_empty", ("goals", "2", "goal")),
        ("| taal | language |", "| | language |", "region.cell_empty", ("goals", "2", "name")),
        ("${schooljaren} > 5 | Ik", "${schoolgeld} > 5 | Ik", "region.reference_unknown", ("goals", "2", "when")),
        ("${schooljaren} > 5 | Ik", "${schooljaren} > > 5 | Ik", "region.expression", ("goals", "2", "when")),
        ("Schooljaren: ${schooljaren}.", "Dagen: ${dagen}.", "region.reference_unknown", ("arguments", "2", "text")),
        ("${schooljaren} > 5 | Ik", "${gez_algemeen} = '1' | Ik", "region.health_question", ("goals", "2", "when")),
        ("| B1 | 40 |", "| B1 | 0 |", "region.value_wrong", ("routes", "2", "weeks")),
        ("| B1 | 40 |", "| B1 | 100001 |", "region.value_wrong", ("routes", "2", "weeks")),
        ("| 12 26 |", "| twaalf |", "region.value_wrong", ("settings", "2", "talks")),
        ("| 12 26 |", "| ١٢ |", "region.value_wrong", ("settings", "2", "talks")),
        ("| klein |", "| 9 |", "region.value_wrong", ("settings", "2", "region")),
        ("| for | language |", "| | language |", "region.cell_empty", ("arguments", "2", "sign")),
        ("| 2026.1 |", "| 2025.1 |", "region.wrong_interview", ("settings", "2", "interview")),
    ],
)
def test_names_the_cell_that_is_wrong(old: str, new: str, code: str, where: tuple[str, str, str]) -> None:
    error = refused(old, new)
    assert error.code == code
    assert place(error) == where


def test_refuses_a_goal_that_is_described_twice() -> None:
    line = "| | taal | language | Ik leer Nederlands. | | Ik lees. | |\n"
    other = "| | b | language | Ik leer. | | Ik lees. | |\n"
    assert refused("| | | | | | Ik oefen. | |\n", other + line).code == "region.name_twice"


ROUTE = "| | werk | Werk | B1 | 40 | 8 | 2027-01-11 2026-09-07 |\n"


def test_refuses_a_route_that_is_described_twice() -> None:
    error = refused(ROUTE, ROUTE + ROUTE)
    assert (error.code, place(error), error.details["name"]) == (
        "region.name_twice",
        ("routes", "3", "name"),
        "werk",
    )


def test_refuses_settings_without_a_row() -> None:
    error = refused("| | klein | brede_intake | 2026.1 | 12 26 |\n", "")
    assert (error.code, dict(error.details)) == ("region.sheet_missing", {"sheet": "settings"})


@pytest.mark.parametrize(
    ("sheet", "code", "where"),
    [
        ("| holidays |\n| | name | from | to |\n| | Zomer | 2027-07-20 | 2027-07-19 |", "region.value_wrong", "to"),
        ("| holidays |\n| | name | from | to |\n| | Zomer | | 2027-07-19 |", "region.cell_empty", "from"),
        ("| modules |\n| | route | name | label | weeks |\n| | weg | m | M | 4 |", "region.reference_unknown", "route"),
        ("| week |\n| | route | day | part | kind |\n| | werk | zo | morning | own |", "region.value_wrong", "day"),
    ],
)
def test_refuses_an_optional_sheet_that_contradicts_itself(sheet: str, code: str, where: str) -> None:
    with pytest.raises(UserError) as caught:
        read(f"{SMALL}{sheet}\n")
    assert (caught.value.code, place(caught.value)[1:]) == (code, ("2", where))


def test_refuses_a_sheet_it_does_not_know() -> None:
    with pytest.raises(UserError) as caught:
        read(f"{SMALL}| paths |\n| | name |\n| | a |\n")
    assert (caught.value.code, dict(caught.value.details)) == ("region.sheet_unknown", {"sheet": "paths"})


def test_a_goal_may_have_no_action() -> None:
    found = read(SMALL.replace("Ik volg les. | person; Jan |", " | |").replace("| | | | | | Ik oefen. | |\n", ""))
    assert [(goal.name, goal.actions) for goal in found.goals] == [("taal", ())]


def test_says_yes_in_two_languages_and_refuses_anything_else() -> None:
    steps = "| | name | domain | goal | action | starts |\n| | taal | language | Ik leer. | Ik begin. | {} |\n"
    goals = SMALL[SMALL.index("| goals |") : SMALL.index("| arguments |")]
    texts = {word: SMALL.replace(goals, f"| goals |\n{steps.format(word)}") for word in ("ja", "No", "", "soms")}
    assert [read(texts[word]).goals[0].actions[0].starts for word in ("ja", "No", "")] == [True, False, False]
    with pytest.raises(UserError) as caught:
        read(texts["soms"])
    assert (caught.value.code, place(caught.value)) == ("region.value_wrong", ("goals", "2", "starts"))


def test_the_built_in_region_is_the_example() -> None:
    found = builtin_region(interview())
    assert found.settings == region().settings
    assert [goal.name for goal in found.goals] == [goal.name for goal in region().goals]


def test_refuses_what_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "region.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(UserError) as caught:
        read_region(path, "xlsx", interview())
    assert caught.value.code == "region.unreadable"


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_a_broken_workbook_is_a_coded_error_never_a_crash(data: st.DataObject) -> None:
    text = LIBRARY.read_text("utf-8")
    start = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(0, 400))
    mess = data.draw(st.text(alphabet="|${}'=()ab1 \n\\", max_size=12))
    try:
        read(text[:start] + mess + text[start + length :])
    except OpmaatError as error:
        assert error.code.startswith("region.")
        assert error.code in all_messages()


def test_all_problems_are_told_one_a_row_and_nothing_of_a_workbook_in_order() -> None:
    wrong = SMALL.replace("| B1 | 40 |", "| B7 | veel |").replace("| for | language |", "| maybe | language |")
    found = region_problems(wrong, "md", interview())
    assert [place(error) for error in found] == [("routes", "2", "legal_route"), ("arguments", "2", "sign")]
    assert region_problems(SMALL, "md", interview()) == ()
    both = SMALL.replace("| routes |", "| paths |")
    assert {error.code for error in region_problems(both, "md", interview())} == {
        "region.sheet_missing",
        "region.sheet_unknown",
    }


def test_what_a_region_leaves_out_it_has_from_the_national_workbook() -> None:
    lone = SMALL[: SMALL.index("| goals |")]
    found, national = read(lone), national_region(interview())
    assert [goal.name for goal in found.goals] == [goal.name for goal in national.goals]
    assert len(found.arguments) == len(national.arguments) > 50
    own = read(SMALL)
    assert [(goal.name, len(own.arguments)) for goal in own.goals] == [("taal", 1)]
    assert own.words == national.words


HEAD = "| letterhead |\n| | name | colour | footer |\n| | Gemeente Proef | {} | {} |\n"


def test_a_letterhead_has_a_colour_that_can_be_read_and_lines_that_fit() -> None:
    found = read(SMALL + HEAD.format("#7a1F3D", "Postbus 1")).letterhead
    assert (found.name, found.colour, found.footer, found.logo_text) == ("Gemeente Proef", "#7a1F3D", "Postbus 1", "")
    assert read(SMALL + HEAD.format("", "")).letterhead.colour == ""
    assert read(SMALL).letterhead.name == ""
    for colour in ("#FFCC00", "#777777", "#000", "rood", "#GGGGGG"):
        with pytest.raises(UserError) as caught:
            read(SMALL + HEAD.format(colour, ""))
        assert (caught.value.code, place(caught.value)) == ("region.colour", ("letterhead", "2", "colour"))
    with pytest.raises(UserError) as long:
        read(SMALL + HEAD.format("", "x" * 121))
    assert (long.value.code, long.value.details["most"]) == ("region.line_too_long", "120")
    assert read(SMALL + HEAD.format("#767676", "")).letterhead.colour == "#767676"


def test_a_new_workbook_is_read_back_as_it_was_begun() -> None:
    sheets = new_region(interview(), "proef")
    routes = "| routes |\n| | name | label | legal_route | weeks | half_days |\n| | werk | Werk | B1 | 40 | 8 |\n"
    text = markdown_of({name: sheet for name, sheet in sheets.items() if name != "routes"}) + routes
    found = read(text)
    assert (found.settings.region, len(found.goals)) == ("proef", len(national_region(interview()).goals))
