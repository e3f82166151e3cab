"""What is wrong in a workbook is told with its code, sheet, row and column, in every kind of file."""

from dataclasses import dataclass, field

import pytest

from desktop.forms import FormError, check_workbook, read_workbook
from desktop.forms.reader.form_reader import Kind
from tests.unit.forms.workbooks_for_tests import KINDS, workbook

_HEADERS = (
    "type | name | label::Nederlands (nl) | label::English (en) | relevance | calculation | constraint | choice_filter "
    "| default | required | repeat_count | read_only | media::image::English (en) | appearance | parameters"
)
_COLUMNS = _HEADERS.split(" | ")
_LIST = (("yn", "y", "Ja", "Yes", "a"), ("yn", "n", "Nee", "No", "b"))


def _row(type_: str, name: str = "a", nl: str = "A", en: str = "A", **cells: str) -> str:
    known = {"type": type_, "name": name, "label::Nederlands (nl)": nl, "label::English (en)": en}
    known |= {{"image": "media::image::English (en)"}.get(key, key): text for key, text in cells.items()}
    return " | ".join(known.get(column, "") for column in _COLUMNS)


def _book(rows: tuple[str, ...], choices: tuple[tuple[str, ...], ...]) -> str:
    survey = "".join(f"| | {row} |\n" for row in rows)
    items = "".join(f"| | {' | '.join(row)} |\n" for row in choices)
    columns = "list_name | name | label::Nederlands (nl) | label::English (en) | cf"
    return f"| survey |\n| | {_HEADERS} |\n{survey}| choices |\n| | {columns} |\n{items}"


@dataclass(frozen=True)
class Broken:
    """A workbook with something wrong, and where: code, sheet, row and column of each problem, in order."""

    found: list[tuple[str, str, str, str]]
    rows: tuple[str, ...]
    choices: tuple[tuple[str, ...], ...] = _LIST
    media: dict[str, bytes] = field(default_factory=dict)


_END = "end_repeat"
BROKEN = {
    "an expression that is not complete": Broken(
        [("form.syntax", "survey", "2", "relevance")], (_row("text", relevance="${a} ="),)
    ),
    "an unknown function": Broken(
        [("form.unknown_function", "survey", "2", "calculation")], (_row("calculate", calculation="nonsense(1)"),)
    ),
    "a wrong number of arguments": Broken(
        [("form.arguments", "survey", "2", "calculation")], (_row("calculate", calculation="substr()"),)
    ),
    "a constraint, a requirement, a lock": Broken(
        [
            ("form.syntax", "survey", "2", "constraint"),
            ("form.syntax", "survey", "2", "required"),
            ("form.syntax", "survey", "2", "read_only"),
        ],
        (_row("text", constraint=". >", required="x(", read_only="y("),),
    ),
    "the count of a repeat": Broken(
        [("form.syntax", "survey", "2", "repeat_count")],
        (_row("begin_repeat", repeat_count="1 +"), _row("text", "b"), _END),
    ),
    "a default that is an expression": Broken(
        [("form.unknown_function", "survey", "2", "default")], (_row("text", default="nonsense(1 + 1)"),)
    ),
    "a cycle": Broken(
        [("form.cycle", "survey", "2", "calculation")],
        (_row("calculate", calculation="${b} + 1"), _row("calculate", "b", calculation="${a} + 1")),
    ),
    "a name that no question has": Broken(
        [
            ("form.unknown_name", "survey", "3", "label::Nederlands (nl)"),
            ("form.unknown_name", "survey", "3", "relevance"),
            ("form.unknown_name", "choices", "2", "label::English (en)"),
        ],
        (_row("select_one yn", "c"), _row("text", nl="A ${zz}", relevance="${zz} = 1")),
        (("yn", "y", "Ja", "Yes ${zz}", "a"), _LIST[1]),
    ),
    "a name that two questions have": Broken(
        [("form.ambiguous_name", "survey", "8", "relevance")],
        (
            *(_row("begin_group", "g"), _row("text", "b"), "end_group"),
            *(_row("begin_group", "h"), _row("text", "b"), "end_group"),
            _row("text", relevance="${b} = 1"),
        ),
    ),
    "a reference that is not complete": Broken(
        [
            ("form.reference", "survey", "2", "label::Nederlands (nl)"),
            ("form.reference", "survey", "2", "label::English (en)"),
        ],
        (_row("text", nl="A ${", en="A ${b c}"),),
    ),
    "a path to nothing": Broken(
        [("form.unknown_node", "survey", "2", "relevance")], (_row("text", relevance="/data/zz = 1"),)
    ),
    "an unknown column in a filter": Broken(
        [("form.unknown_column", "survey", "2", "choice_filter")], (_row("select_one yn", choice_filter="zz = 1"),)
    ),
    "names used twice": Broken([("form.duplicate_name", "survey", "3", "name")], (_row("text"), _row("integer"))),
    "a repeat with a name used elsewhere": Broken(
        [("form.duplicate_name", "survey", "6", "name")],
        (
            *(_row("begin_repeat"), _row("text", "b"), _END, _row("begin_group", "g")),
            *(_row("begin_repeat"), _row("text", "c"), _END, "end_group"),
        ),
    ),
    "a list to pull from in an expression that is not complete": Broken(
        [("form.syntax", "survey", "3", "calculation")],
        (_row("csv-external", "x", "", ""), _row("calculate", calculation="pulldata('x', 'name', 'label'")),
        media={"x.csv": b"name,label\na,A\n"},
    ),
    "choices of no list, which nobody can choose": Broken(
        [], (_row("select_one yn"),), (*_LIST, ("", "z", "Zee", "Sea", "a"))
    ),
    "choices used twice": Broken(
        [("form.duplicate_choice", "choices", "4", "name")],
        (_row("select_one yn"),),
        (*_LIST, ("yn", "y", "Ja", "Yes", "a")),
    ),
    "no name, a strange name, no type": Broken(
        [
            ("form.name_missing", "survey", "2", "name"),
            ("form.name_invalid", "survey", "3", "name"),
            ("form.type_missing", "survey", "4", "type"),
            ("form.name_missing", "choices", "2", "name"),
        ],
        (_row("text", ""), _row("text", "1 a"), _row("", "b")),
        (("yn", "", "Ja", "Yes", "a"),),
    ),
    "texts that a language lacks": Broken(
        [
            ("form.translation_missing", "survey", "2", "label::English (en)"),
            ("form.translation_missing", "choices", "3", "label::English (en)"),
        ],
        (_row("text", en=""), _row("select_one yn", "b")),
        (_LIST[0], ("yn", "n", "Nee", "", "b")),
    ),
    "defaults that are no values": Broken(
        [("form.default", "survey", str(row), "default") for row in (2, 3, 4, 5)],
        (
            _row("integer", default="x"),
            _row("select_one yn", "b", default="q"),
            _row("date", "c", default="2024-13-45"),
            _row("range", "d", default="11", parameters="start=0 end=10 step=1"),
            _row("date", "e", default="2024-12-31T10:00:00"),
        ),
    ),
    "what is never asked": Broken(
        [("form.never_relevant", "survey", "2", "relevance")], (_row("text", relevance="false()"),)
    ),
    "an unknown list": Broken([("form.unknown_list", "survey", "2", "type")], (_row("select_one zz"),)),
    "an unknown type": Broken(
        [("form.unknown_type", "survey", "2", "type"), ("form.syntax", "survey", "2", "relevance")],
        (_row("texxt", relevance="1 +"),),
    ),
    "an end without its begin": Broken(
        [("form.end_without_begin", "survey", "4", "type")],
        (_row("begin_group"), _row("text", "b"), "end_repeat"),
    ),
    "a begin without its end": Broken(
        [("form.begin_without_end", "survey", "2", "type")], (_row("begin_group"), _row("text", "b"))
    ),
    "groups deeper than a form can be": Broken(
        [("form.too_deep", "survey", "101", "type")],
        (*(_row("begin_group", f"g{n}") for n in range(150)), _row("text"), *("end_group" for _ in range(150))),
    ),
    "files that are not there": Broken(
        [
            ("form.missing_file", "survey", "2", "type"),
            ("form.missing_file", "survey", "3", "type"),
            ("form.missing_file", "survey", "4", "calculation"),
            ("form.missing_file", "survey", "5", "appearance"),
        ],
        (
            _row("select_one_from_file x.csv"),
            _row("csv-external", "zz", "", ""),
            _row("calculate", "p", "", "", calculation="pulldata('yy', 'a', 'b', 1)"),
            _row("select_one found", "s", appearance="search('ss')"),
        ),
        (("found", "key", "title", "title", ""),),
    ),
    "a picture that is not there": Broken(
        [("form.missing_media", "survey", "3", "media::image::English (en)")],
        (_row("text", "b", image="there.png"), _row("text", image="gone.png")),
        media={"there.png": b""},
    ),
    "columns that a file lacks": Broken(
        [
            ("form.unknown_column", "survey", "2", "parameters"),
            ("form.unknown_column", "survey", "3", "choice_filter"),
            ("form.unknown_column", "survey", "4", "calculation"),
            ("form.unknown_column", "survey", "5", "appearance"),
        ],
        (
            _row("select_one_from_file x.csv", parameters="value=zz label=label"),
            _row("select_one_from_file x.csv", "b", choice_filter="zz = 1"),
            _row("calculate", "p", "", "", calculation="pulldata('x', 'zz', 'name', 1)"),
            _row("select_one found", "s", appearance="search('x', 'contains', 'zz', 'a')"),
        ),
        (("found", "name", "label", "label", ""),),
        media={"x.csv": b"name,label\na,A\n"},
    ),
    "a file that is no table": Broken(
        [("form.media_csv", "survey", "2", "type")],
        (_row("select_one_from_file x.csv"),),
        media={"x.csv": b"name,label\na,b,c\n"},
    ),
    "everything at once, in order": Broken(
        [
            ("form.ambiguous_name", "survey", "2", "relevance"),
            ("form.syntax", "survey", "2", "relevance"),
            ("form.duplicate_name", "survey", "4", "name"),
            ("form.unknown_function", "survey", "4", "constraint"),
            ("form.unknown_list", "survey", "5", "type"),
            ("form.missing_file", "survey", "6", "type"),
            ("form.duplicate_choice", "choices", "4", "name"),
        ],
        (
            _row("text", relevance="${a} ="),
            _row("text", "b"),
            _row("text", constraint="nonsense()"),
            _row("select_one zz", "c"),
            _row("select_one_from_file gone.csv", "d"),
        ),
        (*_LIST, ("yn", "y", "Ja", "Yes", "a")),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", BROKEN)
def test_a_problem_has_its_code_sheet_row_and_column(name: str, kind: Kind) -> None:
    broken = BROKEN[name]
    problems = check_workbook(workbook(_book(broken.rows, broken.choices), kind), kind, media=broken.media)
    found = [tuple(problem.details.get(key, "") for key in ("sheet", "row", "column")) for problem in problems]
    assert [(problem.code, *place) for problem, place in zip(problems, found, strict=True)] == broken.found


@pytest.mark.parametrize("name", BROKEN)
def test_reading_stops_at_the_first_problem_that_matters(name: str) -> None:
    broken = BROKEN[name]
    text = _book(broken.rows, broken.choices)
    serious = [code for code, *_ in broken.found if code != "form.never_relevant"]
    if not serious:
        assert read_workbook(text, "md", media=broken.media).find("a") is not None
        return
    with pytest.raises(FormError) as caught:
        read_workbook(text, "md", media=broken.media)
    assert caught.value.code == serious[0]


def test_an_expression_is_told_as_it_stands_in_the_workbook() -> None:
    (problem,) = check_workbook(_book((_row("text", relevance="${a} + nonsense()"),), _LIST), "md")
    assert problem.details["expression"] == "${a} + nonsense()"


def test_a_choice_is_told_by_its_list_and_value() -> None:
    rows = (_row("select_one yn"),)
    (problem,) = check_workbook(_book(rows, (_LIST[0], ("yn", "n", "Nee", "", "b"))), "md")
    assert problem.details["path"] == "yn/n"


def test_the_same_file_may_be_missing_when_the_form_goes_on_without() -> None:
    text = _book((_row("select_one_from_file x.csv", image="gone.png"),), _LIST)
    assert read_workbook(text, "md", media={}, missing="empty").find("a") is not None
    assert check_workbook(text, "md", media={}, missing="empty") == ()


def test_a_choice_to_begin_with_is_one_of_those_written_in_the_body() -> None:
    text = (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T'
        "</h:title><model><instance><data id='t'><a>{}</a></data></instance></model></h:head>"
        "<h:body><select ref='/data/a'><item><value>x</value></item><item><value>y</value></item></select></h:body>"
        "</h:html>"
    )
    assert check_workbook(text.format("x y"), "xml") == ()
    assert [problem.code for problem in check_workbook(text.format("z"), "xml")] == ["form.default"]


def test_an_xform_says_the_path() -> None:
    text = (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T'
        "</h:title><model><itext><translation lang='nl'><text id='/data/a:label'><value>A</value></text></translation>"
        "<translation lang='en'/></itext><instance><data id='t'><a>x</a><b/></data></instance>"
        "<instance id='f' src='jr://file/f.xml'/><bind nodeset='/data/a' type='int' relevant='/data/b ='/>"
        "<bind nodeset='/data/b' relevant='false()'/></model></h:head>"
        "<h:body><input ref='/data/a'><label ref=\"jr:itext('/data/a:label')\"/></input></h:body></h:html>"
    )
    problems = check_workbook(text, "xml", media={})
    assert [(problem.code, problem.details.get("path")) for problem in problems] == [
        ("form.missing_file", None),
        ("form.syntax", "/data/a"),
        ("form.translation_missing", "/data/a"),
        ("form.never_relevant", "/data/b"),
        ("form.default", "/data/a"),
    ]


def test_a_line_of_a_file_with_a_label_and_no_value_is_told() -> None:
    text = "| survey |\n| | type | name | label |\n| | select_one_from_file a.csv | s | Kies |\n"
    (problem,) = check_workbook(text, "md", media={"a.csv": b"name,label\n1,Een\n,Twee\n"})
    assert (problem.code, problem.details["row"], problem.details["column"]) == ("form.name_missing", "2", "type")


def test_a_question_without_type_and_name_is_told_by_its_label() -> None:
    (problem,) = check_workbook("| survey |\n| | type | name | label |\n| | | | Wie? |\n| | text | a | A |\n", "md")
    assert (problem.code, problem.details["name"], problem.details["row"]) == ("form.type_missing", "Wie?", "2")
