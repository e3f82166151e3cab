"""The commands for form writers: what they print and how they end."""

import io
import json
import sys
from pathlib import Path

import pytest

from desktop import plan
from desktop.cli import run

EXAMPLE_REGION = Path(plan.__file__).parent / "library" / "regio_voorbeeld.md"

GOOD = """
| survey |
| | type | name | label::Nederlands (nl) | label::العربية (ar) | relevant | required | constraint | constraint_message::Nederlands (nl) | constraint_message::العربية (ar) |
| | begin_group | over | Over u | عنك |
| | select_one ja_nee | werk | Werkt u? | هل تعمل؟ | | yes |
| | begin_group | baan | Uw werk | عملك | ${werk} = 'ja' |
| | text | waar | Waar? | أين؟ |
| | integer | jaren | Hoe lang? | كم؟ | | | . < 60 | Minder dan 60. | أقل من 60. |
| | end_group |
| | end_group |
| choices |
| | list_name | name | label::Nederlands (nl) | label::العربية (ar) |
| | ja_nee | ja | Ja | نعم |
| | ja_nee | nee | Nee | لا |
| settings |
| | form_id | form_title | version | default_language | name |
| | werk | Werk | 3 | Nederlands (nl) | data |
"""  # noqa: E501  # a table
BROKEN = GOOD.replace("${werk} = 'ja'", "${werkt} = 'ja'").replace("| أين؟ |", "| |")
STEPS = """
| step | at | value |
|---|---|---|
| now | | 2026-11-25T10:00 |
| answer | werk | ja |
| expect relevant | waar | yes |
| answer | jaren | 70 |
| expect problem | | forms.constraint |
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder the commands run in, with a form, a broken form and a script."""
    (tmp_path / "werk.md").write_text(GOOD, "utf-8")
    (tmp_path / "fout.md").write_text(BROKEN, "utf-8")
    (tmp_path / "proef.md").write_text(STEPS, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_run_keeps_the_record_as_it_is_after_the_last_step(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["form", "run", "werk.md", "proef.md", "--record", "verslag.xml"]) == 0
    assert capsys.readouterr().out.endswith("all as expected.\n")
    record = (folder / "verslag.xml").read_text("utf-8")
    assert record.startswith('<data id="werk" version="3"><over><werk>ja</werk><baan><waar/><jaren/></baan></over>')
    assert "<instanceID>uuid:" in record


def test_check_tells_all_problems_of_all_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    assert run(["form", "check", "werk.md", "fout.md"]) == 1
    printed = capsys.readouterr().out
    assert printed.startswith("werk.md: in order\nfout.md\n  sheet survey, row 4, column relevant")
    assert "form.unknown_name" in printed
    assert printed.splitlines()[-1].startswith("2 forms checked, ")
    assert printed.endswith("in 1 form.\n")


def test_check_in_json_is_one_object_per_problem(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    assert run(["form", "check", "--json", "--messages", "nl", "fout.md"]) == 1
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["file"], first["code"], first["sheet"], first["row"]) == (
        "fout.md",
        "form.unknown_name",
        "survey",
        "4",
    )
    assert first["message"].startswith("Er is geen vraag")


def test_a_form_in_order_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    assert run(["form", "check", "werk.md"]) == 0
    assert capsys.readouterr().out == "werk.md: in order\n1 form checked, no problems.\n"


def test_advice_does_not_fail_a_form(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.md").write_text(
        "| survey |\n| | type | name | label | relevant |\n| | text | a | A | false() |", "utf-8"
    )
    assert run(["form", "check", "a.md"]) == 0
    assert "form.never_relevant (advice)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "niets.md"], "form.no_file"),
        (["check", "fout.docx"], "form.unknown_ending"),
        (["check", "-"], "form.kind_needed"),
        (["show", "niets.md"], "form.no_file"),
        (["show", "werk.md", "--language", "xx"], "forms.unknown_language"),
        (["run", "werk.md", "niets.md"], "form.no_file"),
        (["run", "werk.md", "fout.docx"], "script.unknown_ending"),
        (["run", "werk.md", "proef.md", "--now", "gisteren"], "script.value"),
        (["eval", "niets.md", "1"], "form.no_file"),
    ],
)
def test_a_wrong_call_has_a_code_and_status_two(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str
) -> None:
    (folder / "fout.docx").write_text("niets", "utf-8")
    assert run(["form", *arguments]) == 2
    printed = capsys.readouterr()
    assert code in printed.out + printed.err


def test_a_call_without_a_file_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["form", "check"])
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_standard_input_is_read_when_its_kind_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder.is_dir()
    for text, status in ((GOOD, 0), (BROKEN, 1)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert run(["form", "check", "-", "--kind", "md"]) == status
    assert "-: in order" in capsys.readouterr().out


def test_run_prints_each_step_and_what_it_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    assert run(["form", "run", "werk.md", "proef.md"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "proef.md: 2026-11-25 10:00 Europe/Amsterdam, seed 1",
        "  1  answer werk: ja",
        '       werk: "" → "ja"',
        "       baan is asked now, with 2 in it",
        "  2  expect relevant waar: yes  ok",
        "  3  answer jaren: 70",
        "       refused forms.constraint: Minder dan 60.",
        "  4  expect problem: forms.constraint  ok",
        "4 steps: all as expected.",
    ]


def test_run_shows_both_values_of_what_failed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mis.json").write_text('[{"step": "expect value", "at": "werk", "value": "ja"}]', "utf-8")
    assert run(["form", "run", "werk.md", "mis.json"]) == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "  1  expect value werk: ja  FAILED (line 1)",
        "       expected: ja",
        "       found:    (nothing)",
        "1 step: 1 failed.",
    ]


def test_run_stops_at_a_step_that_cannot_be_taken(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mis.md").write_text(STEPS + "| answer | niets | x |\n| answer | werk | nee |\n", "utf-8")
    assert run(["form", "run", "werk.md", "mis.md"]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed[-2].startswith("stopped script.unknown_place: There is no question called niets")
    assert printed[-2].endswith("(line 9)")
    assert printed[-1] == "4 steps: not finished."


def test_run_in_json_is_one_object_per_step_and_one_at_the_end(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()
    assert run(["form", "run", "werk.md", "proef.md", "--json"]) == 0
    steps = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    change = {"ref": "/data/over/baan", "at": "baan", "what": "relevant", "old": "no", "new": "yes"}
    assert steps[0]["changes"][1] == change
    assert steps[2]["refused"] == {"code": "forms.constraint", "message": "Minder dan 60."}
    assert steps[-1] == {"steps": 4, "failed": 0}


def test_eval_tells_value_and_type(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    for expression, told in {
        "1 + 1": "2  number",
        "concat('a', 'b')": '"ab"  text',
        "${werk} = 'ja'": "true  true or false",
        "today()": "2026-11-25  date",
        "/data/over/baan/*": '2 nodes  node-set\n  waar: ""\n  jaren: ""',
        "${niets}": None,
    }.items():
        status = run(["form", "eval", "werk.md", expression, "--script", "proef.md"])
        printed = capsys.readouterr()
        assert (status, printed.out.strip()) == ((0, told) if told is not None else (1, ""))


def test_eval_stands_where_it_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    assert run(["form", "eval", "werk.md", ".", "--at", "werk", "--script", "proef.md", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == {"type": "nodes", "value": "ja", "nodes": [{"ref": "/data/over/werk", "value": "ja"}]}
    assert run(["form", "eval", "werk.md", ".", "--at", "niets"]) == 1


@pytest.mark.parametrize(
    ("expression", "code", "column"),
    [
        ("${werk} = foo(1)", "form.unknown_function", 10),
        ("1 + ", "form.syntax", 4),
        ("${werk} + ${niets}", "form.unknown_name", 10),
        ("/data/niets = 1", "form.unknown_node", 6),
    ],
)
def test_a_caret_stands_under_what_is_wrong(
    folder: Path, capsys: pytest.CaptureFixture[str], expression: str, code: str, column: int
) -> None:
    assert folder.is_dir()
    assert run(["form", "eval", "werk.md", expression]) == 1
    message, written, caret = capsys.readouterr().err.splitlines()
    assert message.startswith(f"{code}: ")
    assert (written, caret) == (f"  {expression}", f"  {' ' * column}^")
    assert run(["form", "eval", "werk.md", expression, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["position"] == str(column)


def test_show_prints_the_interview_in_its_languages(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    assert run(["form", "show", "werk.md"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        *("Werk", "werk 3, 3 questions, nl + ar", ""),
        *("1  Over u", "   عنك", "   over", ""),
        *("  werk · one choice · required", "    nl  Werkt u?", "    ar  هل تعمل؟"),
        *("      ja   Ja | نعم", "      nee  Nee | لا", ""),
        *("1.1  Uw werk", "     عملك", "     baan · asked when: ${werk} = 'ja'", ""),
        *("  waar · text", "    nl  Waar?", "    ar  أين؟", ""),
        *("  jaren · whole number", "    nl  Hoe lang?", "    ar  كم؟"),
        *("    when wrong nl  Minder dan 60.", "               ar  أقل من 60.", "    must be: . < 60", ""),
        "No translation is missing.",
    ]


def test_show_marks_what_is_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    assert run(["form", "show", "werk.md", "--language", "nl", "--language", "en"]) == 0
    printed = capsys.readouterr().out
    assert "    en  [no translation]" in printed
    assert printed.endswith("Missing translations: 8 in en.\n")


def test_show_in_markdown_is_a_table_per_section(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "streep.md").write_text(GOOD.replace("Waar?", "Waar \\| hoe?"), "utf-8")
    assert run(["form", "show", "streep.md", "--markdown", "--language", "nl"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert "## 1 Over u" in printed
    assert "| `waar` | text | Waar \\| hoe? |  |  |" in printed
    assert "| `werk` | one choice, required | Werkt u? | `ja` Ja<br>`nee` Nee |  |" in printed


def test_questions_after_a_nested_section_are_told_to_belong_outside_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = GOOD.replace(
        "| | end_group |\n| choices", "| | text | klaar | Klaar? | مستعد؟ |\n| | end_group |\n| choices"
    )
    top = late.replace("| | end_group |\n| choices", "| | end_group |\n| | text | slot | Slot? | ؟ |\n| choices")
    (folder / "laat.md").write_text(top, "utf-8")
    assert run(["form", "show", "laat.md"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed.index("1  Over u (continued)") < printed.index("  klaar · text")
    assert printed.index("Werk (continued)") < printed.index("  slot · text")
    assert run(["form", "show", "laat.md", "--markdown"]) == 0
    assert "**1 Over u / عنك**, continued" in capsys.readouterr().out


def test_texts_of_a_form_cannot_steer_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "boos.md").write_text(GOOD.replace("Waar?", "Waar\u202e\u009b2J? \u0645\u06cc\u200c\u062e"), "utf-8")
    assert run(["form", "show", "boos.md"]) == 0
    printed = capsys.readouterr().out
    assert not {"\x1b", "\u009b", "\u202e"} & set(printed)
    assert "\u0645\u06cc\u200c\u062e" in printed
    assert run(["form", "eval", "boos.md", "'\x1b[31m"]) == 1
    assert "\x1b" not in capsys.readouterr().err


def test_xform_writes_what_a_server_takes_and_what_is_read_back(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["form", "xform", "werk.md", "--out", "werk.xml"]) == 0
    assert run(["form", "xform", "werk.md"]) == 0
    written = (folder / "werk.xml").read_bytes()
    assert capsysbinary.readouterr().out == written
    assert run(["form", "check", "werk.xml"]) == 0
    assert run(["form", "xform", "intake", "--out", "intake.xml"]) == 0
    assert b'id="brede_intake"' in (folder / "intake.xml").read_bytes()


def test_a_form_that_cannot_be_asked_has_no_xform(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["form", "xform", "fout.md", "--out", "fout.xml"]) == 1
    assert "form.unknown_name" in capsys.readouterr().err
    assert not (folder / "fout.xml").exists()


def test_xlsx_writes_a_workbook_once_that_is_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["form", "xlsx", "werk.md", "--out", "werk.xlsx", "--messages", "nl"]) == 0
    assert run(["form", "check", "werk.xlsx"]) == 0
    assert run(["form", "xlsx", "werk.md", "--out", "werk.xlsx"]) == 2
    assert "export.file_exists" in capsys.readouterr().err
    assert run(["form", "xlsx", "werk.md", "--out", "werk.xlsx", "--force"]) == 0
    run(["form", "xform", "werk.md", "--out", "werk.xml"])
    assert run(["form", "xlsx", "werk.xml", "--out", "ander.xlsx"]) == 2
    assert "form.no_tables" in capsys.readouterr().err
    assert not (folder / "ander.xlsx").exists()


def test_xlsx_takes_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    assert run(["form", "xlsx", "-", "--kind", "md", "--out", "werk.xlsx"]) == 0
    assert (folder / "werk.xlsx").is_file()


def test_check_reads_the_workbook_of_a_region_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    region = EXAMPLE_REGION.read_text("utf-8")
    (folder / "regio.md").write_text(region, "utf-8")
    (folder / "regio-fout.md").write_text(region.replace("| B1 |", "| B9 |", 1), "utf-8")
    (folder / "woorden.md").write_text("| words |\n| | word | meaning |\n", "utf-8")
    assert run(["form", "check", "regio.md"]) == 0
    assert capsys.readouterr().out.startswith("regio.md: in order")
    assert run(["form", "check", "regio-fout.md", "woorden.md"]) == 1
    out = capsys.readouterr().out
    assert "sheet routes, row " in out
    assert "region.value_wrong" in out
    assert "form.no_survey" in out
