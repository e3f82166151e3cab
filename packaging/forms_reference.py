"""The parts of docs/forms.md that follow from the program: types, functions, appearances, steps and codes.

    python packaging/forms_reference.py update     # write them anew, and docs/examples/meedoen.xlsx
    python packaging/forms_reference.py check      # say which part is out of date

A test compares them with the program, so the page cannot promise what is not there.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

from openpyxl import Workbook

from desktop.forms import FormNode
from desktop.forms.reader.form_reader import read_workbook
from desktop.forms.script.steps import ACTIONS, EXPECTATIONS, SETTINGS
from desktop.forms.workbook.tables import read_tables
from desktop.forms.xpath.library import dates, digests, geo, logic, nodes, numbers, selects, texts
from desktop.i18n.messages import all_messages
from desktop.services.interview.card_texts import KINDS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "forms.md"
EXAMPLE = ROOT / "docs" / "examples" / "meedoen.md"

TYPES: Mapping[str, str] = {
    "text": "text",
    "integer": "whole number",
    "decimal": "number with a decimal point",
    "range": "number between `start` and `end` of the column `parameters`",
    "date": "day",
    "time": "time of day",
    "dateTime": "day and time",
    "select_one LIST": "one choice of a list",
    "select_multiple LIST": "any number of choices",
    "select_one LIST or_other": "one choice, or something else in words",
    "rank LIST": "all choices, in order",
    "select_one_from_file FILE.csv": "one choice of a list in a file beside the form (csv, xml or geojson)",
    "select_multiple_from_file FILE.csv": "any number of choices of such a list",
    "rank_from_file FILE.csv": "all choices of such a list, in order",
    "select_one_external LIST": "one choice of the sheet `external_choices`",
    "acknowledge": "a tick that something was explained",
    "note": "a text without an answer",
    "image": "a picture",
    "audio": "a recording",
    "video": "a film",
    "file": "a file",
    "barcode": "a code",
    "geopoint": "a place: latitude and longitude",
    "geotrace": "a line of places",
    "geoshape": "an area of places",
    "calculate": "worked out from other answers",
    "hidden": "a value of the form itself",
    "start": "when the interview began",
    "end": "when it was last saved",
    "today": "the day it began",
    "username": "who holds the interview",
    "deviceid": "on which device",
    "phonenumber": "with which number",
    "email": "with which address",
    "audit": "a log of the interview",
    "start-geopoint": "where it began",
    "background-audio": "a recording of all of it",
}
"""Types of the XLSForm reference that stand in the column `type`, with what they are for."""

CONTROLS: Mapping[str, str] = {
    "text": "a line, or more with `multiline`",
    "whole": "a number field",
    "number": "a number field",
    "date": "day, month and year",
    "one": "cards, a list, or a list to search in",
    "many": "cards, a list, or a list to search in",
    "note": "the text",
    "acknowledge": "a tick",
    "file": "a file that is added below the card",
}
"""By kind of control of the interview."""

FAMILIES: Mapping[str, ModuleType] = {
    "text": texts,
    "numbers": numbers,
    "conditions": logic,
    "questions and lists": nodes,
    "choices and texts of the form": selects,
    "dates and times": dates,
    "places": geo,
    "digests": digests,
}

APPEARANCES: Mapping[str, str] = {
    "autocomplete": "a list to search in",
    "minimal": "the same",
    "multiline": "a text of several lines",
    "own-words": "what the person says, in any language and script",
    "year": "a date of which only the year is asked",
    "month-year": "a date without a day",
    "part-known": "a date that may lack its day, or day and month: kept as unknown, reckoned as its first day",
    "summary": "a note that says in one line what a row of its repeat is",
    "state": "a choice in a repeat that is shown at the end of its row",
}
"""Appearances with a meaning in the interview; any other one is kept and changes nothing."""

STEPS: Mapping[str, tuple[str, str, str]] = {
    "now": ("", "`2026-11-25T10:00`", "sets the clock; a time without a zone is in Amsterdam"),
    "zone": ("", "`Europe/Amsterdam`", "where the interview is held"),
    "seed": ("", "a whole number", "where everything random begins"),
    "property": ("its name", "its value", "what `property()` and the types `username`, `deviceid` … give"),
    "answer": ("question", "the value", "gives an answer; several choices with spaces between them"),
    "clear": ("question", "", "takes the answer away"),
    "add": ("repeat", "how many, or nothing", "adds rows"),
    "remove": ("row", "", "removes a row"),
    "undo": ("", "", "takes back the last answer, row or change of language"),
    "language": ("", "`ar`", "goes on in another language"),
    "go to": ("question", "", "goes to a question that is asked now"),
    "expect value": ("question", "the value", "what is answered or worked out; empty for nothing"),
    "expect relevant": ("question", "`yes` or `no`", "whether it is asked now"),
    "expect required": ("question", "`yes` or `no`", "whether it must be answered"),
    "expect readonly": ("question", "`yes` or `no`", "whether nobody can answer it"),
    "expect label": ("question", "the text", "what is asked, without its styling, in the present language"),
    "expect hint": ("question", "the text", "the hint"),
    "expect guidance": ("question", "the text", "why it is asked"),
    "expect choices": ("question", "`ja, nee`", "the values that can be chosen now, in order"),
    "expect count": ("repeat", "a number", "how many rows there are"),
    "expect problem": (
        "nothing, or a question",
        "a code, or `none`",
        "why the answer before was refused, or what is wrong there",
    ),
    "expect message": ("", "the text", "what the form says of that refusal"),
    "expect problems": ("", "questions, a number, or `none`", "everything that is not in order now"),
    "expect progress": ("section, or nothing", "`2 of 5`", "how many of its questions have an answer"),
    "expect changed": ("", "questions", "all that the action before changed"),
    "expect here": ("question", "", "where the interview is"),
    "expect language": ("", "`ar`", "which language is spoken"),
    "expect true": ("nothing, or a question", "an expression", "whether it is true there"),
    "expect entities": (
        "",
        "`create people Amina; update towns Ermelo`, or `none`",
        "which entities the record makes and changes, in order; a code behind one says why a server must refuse it",
    ),
}
"""Each step: what stands in `at`, what in `value`, and what it does."""

AREAS = ("form.", "forms.", "tables.", "script.")
"""Areas of codes that a form writer meets."""


def types() -> Iterator[str]:
    """Yield the table of question types, each with the control it really gets."""
    yield "| type | what it is | in the interview |"
    yield "|---|---|---|"
    for kind, meaning in TYPES.items():
        yield f"| `{kind}` | {meaning} | {control_of(kind)} |"


def control_of(kind: str) -> str:
    """Return how a question of the XLSForm type `kind` is answered in the interview."""
    node = node_of(kind)
    if node.kind == "calculate":
        return "not shown"
    if node.kind == "note":
        return CONTROLS["note"]
    found = KINDS.get(node.type)
    return CONTROLS[found] if found is not None else "typed as text, and checked"


def node_of(kind: str) -> FormNode:
    """Return the node that a form makes of a question of this type."""
    name = "audit" if kind == "audit" else "vraag"
    written = kind.replace("LIST", "lijst").replace("FILE", "dorpen")
    label = "" if kind in _WITHOUT_LABEL else "Vraag"
    cells = (written, name, label, _PARAMETERS.get(kind, ""), _SUMS.get(kind, ""))
    sheet = "external_choices" if "external" in kind else "choices"
    book = (
        f"| survey |\n| | type | name | label | parameters | calculation |\n| | {' | '.join(cells)} |\n"
        f"| | text | naam | Naam |\n| {sheet} |\n| | list_name | name | label |\n| | lijst | a | A |\n"
    )
    form = read_workbook(book, "md", media={"dorpen.csv": b"name,label\na,A\n"})
    return next((each for each in form.outline().walk() if each.name == name), _AUDIT)


_WITHOUT_LABEL = frozenset({"start", "end", "today", "username", "deviceid", "phonenumber", "email", "audit"})
_PARAMETERS = {
    "range": "start=0 end=10 step=1",
    "audit": "location-priority=balanced location-min-interval=60 location-max-age=120",
}
_SUMS = {"calculate": "1 + 1"}
_AUDIT = FormNode("audit", "calculate", "binary", "", {}, (), "/data/meta/audit")


def functions() -> Iterator[str]:
    """Yield the table of functions."""
    yield "| about | functions |"
    yield "|---|---|"
    for family, module in FAMILIES.items():
        yield f"| {family} | {' '.join(f'`{name}()`' for name in sorted(module.FUNCTIONS))} |"


def appearances() -> Iterator[str]:
    """Yield the table of appearances."""
    yield "| appearance | what it does |"
    yield "|---|---|"
    yield from (f"| `{name}` | {meaning} |" for name, meaning in APPEARANCES.items())


def steps() -> Iterator[str]:
    """Yield the table of steps of a script, in the order in which they are told."""
    yield "| step | at | value | what it does |"
    yield "|---|---|---|---|"
    for verb in dict.fromkeys((*SETTINGS, *ACTIONS, *(f"expect {name}" for name in EXPECTATIONS))):
        yield f"| `{verb}` | {' | '.join(STEPS[verb])} |"


def codes() -> Iterator[str]:
    """Yield the table of codes with what they tell."""
    yield "| code | what it tells |"
    yield "|---|---|"
    for code, message in sorted(all_messages().items()):
        if code.startswith(AREAS):
            yield f"| `{code}` | {message.replace('|', chr(92) + '|')} |"


PARTS: Mapping[str, Callable[[], Iterator[str]]] = {
    "types": types,
    "functions": functions,
    "appearances": appearances,
    "steps": steps,
    "codes": codes,
}
"""The parts of the page by their name in its markers."""


def page_with(text: str) -> str:
    """Return the page `text` with every part written anew between its markers."""
    for name, part in PARTS.items():
        lines = "\n".join(part())
        pattern = rf"(<!-- {name}: packaging/forms_reference.py -->\n).*?(<!-- end -->)"
        text = re.sub(pattern, lambda found, lines=lines: f"{found[1]}{lines}\n{found[2]}", text, flags=re.DOTALL)
    return text


def write_example() -> None:
    """Write the example workbook as xlsx: the same sheets, columns and cells; not when it says the same already."""
    target, sheets = EXAMPLE.with_suffix(".xlsx"), read_tables(EXAMPLE.read_bytes(), "md")
    if target.exists() and read_tables(target.read_bytes(), "xlsx") == sheets:
        return
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, sheet in sheets.items():
        page = book.create_sheet(name)
        page.append(list(sheet.columns))
        for row in sheet.rows:
            page.append([row.cells.get(column, "") or None for column in sheet.columns])
        page.freeze_panes = "D2" if name == "survey" else "A2"
        for column in page.columns:
            longest = max(len(str(cell.value or "")) for cell in column)
            page.column_dimensions[column[0].column_letter].width = min(max(longest, 8), 44)
    book.save(target)


def main() -> int:
    """Run one of the two commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["update", "check"])
    now = PAGE.read_text("utf-8")
    wanted = page_with(now)
    if parser.parse_args().command == "check":
        print("up to date" if now == wanted else "docs/forms.md is out of date: make forms-reference")
        return 0 if now == wanted else 1
    PAGE.write_text(wanted, "utf-8")
    write_example()
    return 0


if __name__ == "__main__":
    sys.exit(main())
