import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from desktop.forms import Form, FormError, check_workbook, read_workbook
from desktop.forms.document.xml_reader import DEEPEST, LARGEST, MOST_DECLARATIONS, read_xml
from desktop.forms.reader.form_media import MediaFolder
from desktop.forms.reader.form_reader import Kind, read_draft
from desktop.forms.workbook import stumbling
from desktop.forms.workbook.conversion import sheets_of, xform_of
from desktop.forms.workbook.tables import read_tables
from desktop.forms.xpath.tree import string_value
from protocol.errors import EnvironmentProblem, OpmaatError
from tests.examples import examples

FORM = """
| survey |
| | type | name | label | relevant | calculation | constraint | bind::opmaat:basis | bind::opmaat:compartment |
| | begin_group | deel | Deel | | | | wet | core |
| | text | naam | Hoe heet u? |
| | begin_group | zorg | Zorg | | | | | health |
| | text | klacht | Wat is er? | ${naam} != '' | | | keuze |
| | end_group |
| | end_group |
| settings |
| | form_id | form_title | version | name |
| | klein | Klein | 3 | intake |
"""


def _xlsx(markdown: str) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, sheet in read_tables(markdown.encode(), "md").items():
        made = book.create_sheet(name)
        made.append(list(sheet.columns))
        for row in sheet.rows:
            made.append([row.cells.get(column) for column in sheet.columns])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _csv(markdown: str) -> str:
    lines = []
    for name, sheet in read_tables(markdown.encode(), "md").items():
        lines += [name, ",".join(["", *sheet.columns])]
        lines += [",".join(["", *(row.cells.get(column, "") for column in sheet.columns)]) for row in sheet.rows]
    return "\n".join(lines)


def _shape(form: Form) -> list[tuple[str, str, str]]:
    return [(node.path, node.kind, node.type) for node in form.outline().walk()]


def test_the_same_workbook_in_any_kind_of_file_is_the_same_form() -> None:
    sources: tuple[tuple[str | bytes, Kind], ...] = ((FORM, "md"), (_xlsx(FORM), "xlsx"), (_csv(FORM), "csv"))
    shapes = [_shape(read_workbook(source, kind)) for source, kind in sources]
    assert shapes[0] == shapes[1] == shapes[2]
    assert ("/intake/deel/naam", "question", "string") in shapes[0]


def test_the_settings_name_the_form() -> None:
    form = read_workbook(FORM, "md")
    assert (form.name, form.title, form.version, form.languages) == ("klein", "Klein", "3", ())


def test_legal_tags_are_inherited_and_can_be_replaced() -> None:
    form = read_workbook(FORM, "md")
    complaint = form.find("klacht")
    name = form.find("naam")
    assert complaint is not None
    assert name is not None
    assert dict(complaint.tags) == {"basis": "keuze", "compartment": "health"}
    assert dict(name.tags) == {"basis": "wet", "compartment": "core"}


def test_a_converted_form_is_kept_and_read_back(tmp_path: Path) -> None:
    first = read_workbook(FORM, "md", tmp_path)
    (kept,) = tmp_path.iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert _shape(read_workbook(FORM, "md", tmp_path)) == _shape(first)


def test_a_damaged_cache_is_done_without(tmp_path: Path) -> None:
    read_workbook(FORM, "md", tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"<broken")
    assert read_workbook(FORM, "md", tmp_path).name == "klein"
    assert read_workbook(FORM, "md", Path("/proc/nowhere")).name == "klein"


BROKEN = {
    "relevant": ("${naam} = ", "form.syntax", "relevant"),
    "unknown": ("nonsense(${naam})", "form.unknown_function", "relevant"),
    "dangling": ("/intake/deel/nergens = 1", "form.unknown_node", "relevant"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_pyxform_lets_through_is_found_with_sheet_row_and_column(name: str) -> None:
    expression, code, column = BROKEN[name]
    with pytest.raises(FormError) as caught:
        read_workbook(FORM.replace("${naam} != ''", expression), "md")
    assert caught.value.code == code
    assert {key: caught.value.details[key] for key in ("sheet", "row", "column")} == {
        "sheet": "survey",
        "row": "5",
        "column": column,
    }


def test_a_cycle_names_a_row() -> None:
    text = FORM.replace("| | text | naam | Hoe heet u? |", "| | calculate | naam | | | ${klacht} |").replace(
        "| | text | klacht | Wat is er? | ${naam} != '' | |", "| | text | klacht | Wat is er? | | ${naam} |"
    )
    with pytest.raises(FormError, match=r"form\.cycle") as caught:
        read_workbook(text, "md")
    assert caught.value.details["row"] in {"3", "5"}


def test_pyxform_s_own_complaint_comes_with_its_row_and_words() -> None:
    with pytest.raises(FormError) as caught:
        read_workbook("| survey |\n| | type | name | label | parameters |\n| | range | a | A | start=zz |", "md")
    assert caught.value.code == "form.workbook"
    assert (caught.value.details["row"], caught.value.details["column"]) == ("2", "parameters")
    assert "must be a number" in caught.value.details["reason"]


def test_a_missing_translation_is_found() -> None:
    text = """
| survey |
| | type | name | label::Nederlands (nl) | label::English (en) |
| | text | a | Naam | Name |
| | text | b | Plaats | |
| settings |
| | form_id | default_language |
| | t | Nederlands (nl) |
"""
    with pytest.raises(FormError, match=r"form\.translation_missing") as caught:
        read_workbook(text, "md")
    assert (caught.value.details["row"], caught.value.details["language"]) == ("3", "English (en)")


def test_check_finds_every_problem_and_reading_stops_at_the_first() -> None:
    text = FORM.replace("${naam} != ''", "${naam} = ").replace(
        "| | text | naam | Hoe heet u? |", "| | text | naam | Hoe heet u? | | | nonsense(.) |"
    )
    problems = check_workbook(text, "md")
    assert [(problem.code, problem.details["row"]) for problem in problems] == [
        ("form.unknown_function", "3"),
        ("form.syntax", "5"),
    ]
    with pytest.raises(FormError, match=r"form\.unknown_function"):
        read_workbook(text, "md")


def test_a_good_form_has_no_problems() -> None:
    assert check_workbook(FORM, "md") == ()


@pytest.mark.parametrize(
    ("source", "kind", "code"),
    [
        ("nothing", "md", "form.no_survey"),
        (b"\xff\xfe", "md", "tables.unreadable"),
        (b"PK nonsense", "xlsx", "tables.unreadable"),
        (b"nonsense", "xls", "tables.unreadable"),
        ("<a>", "xml", "form.xml"),
        ("<a/>", "xml", "form.not_an_xform"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "xml", "form.doctype"),
    ],
)
def test_other_files_are_refused_by_code(source: str | bytes, kind: Kind, code: str) -> None:
    with pytest.raises(OpmaatError) as caught:
        read_workbook(source, kind)
    assert caught.value.code == code


def test_a_file_that_is_not_there_is_the_world_s_problem(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"files\.not_found"):
        read_workbook(tmp_path / "gone.md", "md")


def test_xml_that_is_too_deep_is_refused() -> None:
    with pytest.raises(FormError, match=r"form\.too_deep"):
        read_xml(b"<a>" * (DEEPEST + 1))


def test_xml_that_is_too_large_is_refused() -> None:
    declaring = b"<a xmlns:p='urn:p'/>" * (MOST_DECLARATIONS + 1)
    for data in (b"<r>" + declaring + b"</r>", b" " * (LARGEST + 1)):
        with pytest.raises(FormError, match=r"form\.too_large"):
            read_xml(data)


def test_an_element_with_nothing_but_space_is_blank_unless_space_is_kept() -> None:
    for keep_space, text in ((False, ""), (True, " ")):
        (top,) = read_xml(b"<a><b> </b></a>", keep_space=keep_space).elements()
        assert string_value(top) == text


def test_a_draft_may_lack_texts_and_pictures_and_nothing_else() -> None:
    draft = """
| survey |
| | type | name | label::Nederlands (nl) | label::English (en) | media::image::English (en) | relevant |
| | text | a | Naam | | gone.png | {} |
"""
    form = read_draft(draft.format("false()"), "md", media={})
    assert form.find("a") is not None
    with pytest.raises(FormError, match=r"form\.syntax"):
        read_draft(draft.format("1 +"), "md", media={})
    with pytest.raises(FormError, match=r"form\.not_an_xform"):
        read_draft("<a/>", "xml")
    xform = xform_of(sheets_of(FORM.encode(), "md"), {})
    assert read_draft(xform, "xml").find("naam") is not None


def test_what_pyxform_stumbles_over_is_told_as_well() -> None:
    text = "| survey |\n| | type | name | label |\n| | select_multiple ${gone} | a | A |\n"
    with pytest.raises(FormError) as caught:
        xform_of(sheets_of(text.encode(), "md"), {})
    assert (caught.value.code, dict(caught.value.details)) == (
        "form.cell_unusable",
        {"sheet": "survey", "row": "2", "column": "type"},
    )
    assert [problem.code for problem in check_workbook(text, "md")] == ["form.unknown_name"]


def test_in_a_survey_too_long_to_look_through_only_the_kind_of_the_failure_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stumbling, "MOST_ROWS", 0)
    text = "| survey |\n| | type | name | label |\n| | select_multiple ${gone} | a | A |\n"
    with pytest.raises(FormError) as caught:
        xform_of(sheets_of(text.encode(), "md"), {})
    assert (caught.value.code, caught.value.details["reason"]) == ("form.workbook", "KeyError")


def test_the_cell_is_found_though_the_survey_does_not_stand_without_what_follows() -> None:
    text = """
| survey |
| | type | name | label | relevant | instance::tag |
| | text | a | A | ${later} = 'x' |
| | begin_group | g | G | | x |
| | text | later | L |
| | end_group |
"""
    (problem,) = check_workbook(text, "md")
    assert (problem.code, problem.details["row"], problem.details["column"]) == (
        "form.cell_unusable",
        "3",
        "instance::tag",
    )


def test_the_only_sheet_is_the_survey_whatever_it_is_called() -> None:
    form = read_workbook("| Blad1 |\n| | type | name | label |\n| | text | a | A |\n", "md")
    assert list(form.places)[:2] == ["/data", "/data/a"]
    (problem,) = check_workbook("| Blad1 |\n| | wat | wie |\n| | text | a |\n", "md")
    assert problem.code == "form.no_survey"


def test_a_complaint_that_names_no_row_and_no_cell_is_about_the_sheet() -> None:
    with pytest.raises(FormError) as caught:
        xform_of(sheets_of(b"| survey |\n| | type | name | label |\n| | ' | a | A |\n", "md"), {})
    assert (caught.value.details["sheet"], caught.value.details.get("row")) == ("survey", None)


def test_a_sheet_of_another_name_is_the_writer_s_own() -> None:
    assert _shape(read_workbook(f"{FORM}| notes |\n| | anything |\n| | at all |\n", "md")) == _shape(
        read_workbook(FORM, "md")
    )


def test_a_file_name_that_no_disk_can_hold_is_the_world_s_problem(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"files\.input_output"):
        MediaFolder(tmp_path / "form.md").get("x" * 300)


def test_spaces_between_values_in_a_text_are_kept() -> None:
    document = read_xml(b"<r> <label>a <output value='x'/> <output value='y'/></label> </r>")
    label = next(next(document.elements()).elements())
    assert [child.text for child in label.children if child.name == ""] == ["a ", " "]


@settings(max_examples=examples(300), deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_as_xml_or_refused_by_code(data: bytes) -> None:
    try:
        read_xml(data)
    except FormError as error:
        assert error.code.startswith("form.")


_TAGS = st.sampled_from(["a", "h:html", "model", "instance", "bind", "label", "output", "itext", "text", "value"])
_MARKS = st.sampled_from(["<", ">", "</", "/>", " nodeset='/data/a'", " ref='x'", "&amp;", "&x;", "<!--", "-->", "]]>"])


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(st.one_of(_TAGS, _MARKS, st.text(max_size=3)), max_size=25).map("".join))
def test_any_markup_is_read_as_a_form_or_refused_by_code(text: str) -> None:
    try:
        read_workbook(text, "xml")
    except FormError as error:
        assert error.code.startswith("form.")


_CELLS = st.sampled_from(
    ["text", "note", "select_one a", "begin_group", "end_group", "begin_repeat", "end_repeat", "calculate", "a", "b"]
)
_TRICKS = st.sampled_from(["${a}", "${", "$", "${b} + ", "'", "=", "a b", "1", "-", "€", "jr:itext('a')", "."])


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.lists(st.one_of(_CELLS, _TRICKS), min_size=5, max_size=5), max_size=6))
def test_any_survey_is_read_or_refused_by_code(rows: list[list[str]]) -> None:
    lines = ["| survey |", "| | type | name | label | relevant | calculation |"]
    lines += [f"| | {' | '.join(row)} |" for row in rows]
    for problem in check_workbook("\n".join(lines), "md"):
        assert problem.code.startswith("form.")
