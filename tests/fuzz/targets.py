"""What is fuzzed: every way in which text or bytes from outside reach the form engine, with whole examples to damage.

A target takes bytes and returns; what it may raise is an `OpmaatError` with a code that has a message.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from random import Random

from desktop.forms import Form, Session, check_workbook, read_workbook
from desktop.forms.document.styling import plain, read_styled
from desktop.forms.document.xml_reader import read_xml
from desktop.forms.model.build import read_form
from desktop.forms.reader.form_reader import Kind, read_draft
from desktop.forms.script.overview import OverviewLanguage, overview_of
from desktop.forms.script.run import ScriptRun
from desktop.forms.script.script_files import ScriptKind, read_script
from desktop.forms.workbook.spreadsheet import xlsx_of
from desktop.forms.workbook.tables import read_tables
from tests import places
from tests.fuzz.mutation import damaged, damaged_archive
from tests.unit.forms.check.test_import_checks import BROKEN, _book
from tests.unit.forms.forms_for_tests import hold, xform
from tests.unit.forms.reader.test_types import ANSWERS, BOOK, MEDIA
from tests.unit.forms.workbooks_for_tests import KINDS, workbook

CORPUS = places.VECTORS / "forms"

_EXPRESSIONS = (
    "/data/a + 1 = 2 and not(selected(/data/b, 'x')) or . = ''",
    "if(count(/data/a[. > 1]) > 0, concat('a', /data/b, \"b\"), string-length(../b))",
    "format-date(today() - 1, '%Y-%m-%d') > date('2026-11-25')",
    "sum(/data/a) div 2 mod 3 * -1 | //a[position() = last()]/@id",
    "regex(/data/b, '^[a-z]+$') and pulldata('c', 'label', 'name', 'v1') = 'V1'",
    "instance('c')/root/item[name = 'v1']/label",
    "indexed-repeat(/data/r/s, /data/r, 1)",
    "area('52 4 0 0; 53 5 0 0; 52 5 0 0') + distance(/data/b) + digest('a', 'MD5', 'hex')",
    "substr(translate(normalize-space(' a '), 'a', 'b'), 0, round(1.5, 1)) != weighted-checklist(1, 2, /data/a, 1)",
    "coalesce(/data/a, once(random())) >= min(/data/a) + max(/data/a) - exp10(2) * pow(2, 0.5)",
)
_MODEL = (
    "<instance><data id='t'><a id='1'>1</a><a>2</a><b>x y</b><r><s>1</s></r><c/></data></instance>"
    "<instance id='c'><root><item><name>v1</name><label>V1</label></item></root></instance>"
)
_BODY = "<repeat nodeset='/data/r'><input ref='/data/r/s'><label>S</label></input></repeat>"
_SMALL = "\n".join(
    line for line in BOOK.splitlines() if not any(word in line for word in ("_from_file", "search(", "external"))
)


_STYLED = (
    '# Kop **vet** en *schuin*\n<span style="color:#b00020; font-family:serif">rood ${naam}</span> \\* _x_',
    "<p style='text-align:center'>[DUO](https://duo.nl/a_b)</p><br>***beide*** __init__ <b>geen</b>",
)
_STEPS = (
    *(
        ("now", "", "2026-11-25T10:00"),
        ("property", "username", "a"),
        ("answer", "naam", "Amina"),
        ("add", "kinderen", "2"),
    ),
    *(
        ("answer", "kinderen[2]/kind", "Sami"),
        ("expect value", "${naam}", "x"),
        ("language", "", "en"),
        ("undo", "", ""),
    ),
    *(
        ("expect choices", "een", "y, n"),
        ("expect progress", "", "1 of 30"),
        ("go to", "/data/naam", ""),
        ("clear", "naam", ""),
    ),
    *(("expect true", "naam", "count(${kinderen}) > 1"), ("remove", "kinderen[1]", ""), ("expect problems", "", "3")),
)


def _steps_md() -> str:
    return "\n".join(["| step | at | value |", *(f"| {verb} | {at} | {value} |" for verb, at, value in _STEPS)])


def _steps_json() -> str:
    return json.dumps([{"step": verb, "at": at, "value": value} for verb, at, value in _STEPS])


@dataclass(frozen=True)
class Target:
    """One way in: what to run, whole examples, and how they are damaged."""

    run: Callable[[bytes], object]
    seeds: Sequence[bytes]
    damage: Callable[[Sequence[bytes], Random], bytes] = damaged


@cache
def _held() -> Session:
    return hold(xform(_MODEL, _BODY))


def _evaluate(data: bytes) -> None:
    _held().evaluate(data.decode("utf-8", "replace"), "/data/c")


def _walk(data: bytes) -> None:
    session = hold(read_workbook(data, "xml", media=MEDIA))
    for ref in session.questions()[:50]:
        session.answer(ref, ANSWERS.get(ref.rpartition("/")[2], "1"))
    session.problems()


@cache
def _form() -> Form:
    return read_workbook(BOOK, "md", media=MEDIA)


def _script(kind: ScriptKind) -> Callable[[bytes], object]:
    """Run a script, if it is one, over a form with every type of question."""

    def run(data: bytes) -> None:
        held = ScriptRun(_form(), read_script(data.decode("utf-8", "replace"), kind), lambda _: None)
        for _ in islice(held.steps(), 50):
            held.places.states()

    return run


def _styled(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for line in read_styled(text):
        assert all(piece.text for piece in line.pieces)
    plain(read_styled(text))


def _overview(data: bytes) -> None:
    overview_of(read_draft(data, "md", media=MEDIA), [OverviewLanguage("nl"), OverviewLanguage("en", str)])


def _written(data: bytes) -> None:
    """Write the tables as a workbook, and read them back."""
    tables = read_tables(data, "md")
    again = read_tables(xlsx_of(tables, {}), "xlsx")
    assert set(tables) <= set(again)


def _check(kind: Kind) -> Callable[[bytes], object]:
    return lambda data: check_workbook(data, kind, media=MEDIA)


def form_beside(name: str) -> bytes:
    """Return an XForm that takes its choices from the file `name`."""
    instance = f"<instance id='m' src='jr://file/{name}'/>"
    text = (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T'
        f"</h:title><model><instance><data id='t'><q/><r/></data></instance>{instance}"
        "<bind nodeset='/data/r' calculate=\"count(instance('m')/root/item[name = /data/q])\"/></model></h:head>"
        "<h:body><select1 ref='/data/q'><itemset nodeset=\"instance('m')/root/item\"><value ref='name'/>"
        "<label ref='label'/></itemset></select1></h:body></h:html>"
    )
    return text.encode()


def _beside(name: str) -> Callable[[bytes], object]:
    def run(data: bytes) -> None:
        session = hold(read_form(read_xml(form_beside(name)), None, {name: data}))
        for choice in session.choices("/data/q", lambda said: said, "")[:3]:
            session.answer("/data/q", choice.value)

    return run


def _tables(kind: Kind) -> Callable[[bytes], object]:
    return lambda data: read_tables(data, kind) if kind != "xml" else None


def _corpus(ending: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(CORPUS.glob(f"*.{ending}")))


@cache
def targets() -> Mapping[str, Target]:
    """Return every target by name."""
    from desktop.forms.workbook.conversion import sheets_of, xform_of

    converted = xform_of(sheets_of(BOOK.encode(), "md"), {})
    small = [_book(broken.rows, broken.choices) for broken in BROKEN.values()]
    books = {kind: [workbook(text, kind) for text in (_SMALL, *small)] for kind in KINDS}
    return {
        "expression": Target(_evaluate, [text.encode() for text in _EXPRESSIONS]),
        "xml": Target(read_xml, [converted, *_corpus("xml")]),
        "xform": Target(_walk, [converted, *_corpus("xml")]),
        "md": Target(_check("md"), [*books["md"], *_corpus("md")]),
        "csv": Target(_check("csv"), books["csv"]),
        "xlsx": Target(_tables("xlsx"), books["xlsx"], damaged_archive),
        "xlsx form": Target(_check("xlsx"), books["xlsx"], damaged_archive),
        "xls": Target(_tables("xls"), books["xls"]),
        "xls form": Target(_check("xls"), books["xls"]),
        "styled": Target(_styled, [text.encode() for text in _STYLED]),
        "script md": Target(_script("md"), [_steps_md().encode()]),
        "script json": Target(_script("json"), [_steps_json().encode()]),
        "overview": Target(_overview, books["md"]),
        "workbook written": Target(_written, books["md"]),
        "csv beside": Target(_beside("m.csv"), [b'name,label\na,A\nb,"B"\n', b"name;label\r\na;A\r\n"]),
        "xml beside": Target(_beside("m.xml"), [b"<root><item><name>a</name><label>A</label></item></root>"]),
        "geojson beside": Target(_beside("m.geojson"), [MEDIA["places.geojson"]]),
    }
