"""`opmaat region`: a workbook is begun, checked, shown and tried without a programmer."""

from pathlib import Path

import openpyxl
import pytest

from desktop.cli import run
from desktop.plan.region.builtin import EXAMPLE_REGION
from desktop.plan.region.region_reader import region_problems
from desktop.services.content.content_check import content_problems
from protocol.messages.content import PartMedia
from tests import places
from tests.content import intake

SCRIPT = """
| step | at | value |
| answer | alleen_verteld | ja |
| answer | nl_spreken | a1 |
"""


@pytest.mark.parametrize("ending", ["md", "xlsx"])
def test_a_new_workbook_has_every_sheet_and_no_fact_and_lacks_only_routes(
    tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"regio.{ending}"
    assert run(["region", "new", str(path), "--name", "proefstad"]) == 0
    assert run(["region", "check", str(path)]) == 1
    said = capsys.readouterr().out
    assert said.count("region.") == 1
    assert "The sheet routes is missing or empty" in said
    assert "(voorbeeld)" not in path.read_bytes().decode("utf-8", "replace")
    assert run(["region", "new", str(path)]) == 2


def test_a_spreadsheet_says_what_its_columns_are_for_and_offers_what_fits(tmp_path: Path) -> None:
    path = tmp_path / "regio.xlsx"
    assert run(["region", "new", str(path), "--messages", "nl"]) == 0
    book = openpyxl.load_workbook(path)
    routes = book["routes"]
    (column,) = [cell for cell in routes[1] if cell.value == "legal_route"]
    assert column.comment is not None
    assert "B1, O of Z" in column.comment.text
    assert any(each.formula1 == '"B1,O,Z"' for each in routes.data_validations.dataValidation)
    values = {"name": "werk", "label": "Werk", "legal_route": "B1", "weeks": 40, "half_days": 8}
    for cell in routes[1]:
        if cell.value in values:
            routes.cell(2, cell.column, values[cell.value])
    book.save(path)
    assert region_problems(path, "xlsx", intake()) == ()


def test_a_new_workbook_is_named_by_an_id_and_an_ending(tmp_path: Path) -> None:
    assert run(["region", "new", str(tmp_path / "regio.docx")]) == 2
    with pytest.raises(SystemExit):
        run(["region", "new", str(tmp_path / "regio.md"), "--name", "Proef Stad"])


def test_every_problem_is_said_at_once_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "regio.md"
    path.write_text(EXAMPLE_REGION.read_text("utf-8").replace("| B1 | B1 |", "| B9 | B1 |"), "utf-8")
    assert run(["region", "check", str(path), "--messages", "nl"]) == 1
    said = capsys.readouterr().out
    assert said.count("region.value_wrong: Blad routes") == 2
    assert "(sheet routes, row 4, column legal_route)" in said
    assert run(["region", "check", str(EXAMPLE_REGION)]) == 0
    assert capsys.readouterr().out == "no problems.\n"
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK no workbook")
    assert run(["region", "check", str(broken)]) == 1
    assert run(["region", "check", str(broken), "--kind", "xml"]) == 1


def test_a_workbook_is_shown_on_one_page(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "regio.md"
    head = "\n| letterhead | |\n| | name | footer |\n| | Gemeente Proefstad | Postbus 1 |\n"
    path.write_text(EXAMPLE_REGION.read_text("utf-8") + head, "utf-8")
    assert run(["region", "show", str(path)]) == 0
    said = capsys.readouterr().out
    assert "letterhead: Gemeente Proefstad, Postbus 1" in said
    assert "route vak (B1): Vak: taal en een vak leren, 40 weeks, 8 half-days a week" in said
    assert "12 partners:" in said
    assert run(["region", "show", str(path), "--kind", "xml"]) == 1


def test_a_scripted_case_is_tried(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    script = tmp_path / "answers.md"
    script.write_text(SCRIPT, "utf-8")
    asked = ["region", "try", str(EXAMPLE_REGION), str(script), "--route", "B1", "--region-route", "vak"]
    assert run(asked) == 0
    said = capsys.readouterr().out
    assert "B1 (proposed)" in said
    assert "in the plan: vak, Mbo Rivierland (voorbeeld), start 11-01-2027" in said
    assert "taal: Ik spreek Nederlands" in said
    assert "Taalschool De Brug (voorbeeld), team inburgering" in said
    assert run([*asked[:-1], "nergens"]) == 2
    failing = tmp_path / "script.md"
    failing.write_text("| step | at | value |\n| expect value | roepnaam | Amina |\n", "utf-8")
    assert run(["region", "try", str(EXAMPLE_REGION), str(failing)]) == 1
    assert "1 of the expectations did not come true" in capsys.readouterr().out


@pytest.mark.parametrize("path", sorted(places.ROOT.glob("docs/examples/regio_*.md")), ids=lambda path: path.stem)
def test_each_example_of_a_region_is_in_order_tried_and_never_published_by_mistake(
    path: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    script = tmp_path / "answers.md"
    script.write_text(SCRIPT, "utf-8")
    assert run(["region", "check", str(path)]) == 0
    assert run(["region", "try", str(path), str(script), "--route", "B1"]) == 0
    said = capsys.readouterr().out
    assert "in the plan: " in said
    assert "taal: Ik" in said
    text = path.read_text("utf-8")
    assert "ons voorbeeld, niet van de" in text.partition("\n")[0]
    problems = content_problems(text.encode(), PartMedia.MARKDOWN, intake())
    assert {each.code for each in problems} == {"content.invented_name"}
