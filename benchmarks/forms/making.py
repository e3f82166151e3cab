"""The forms that are measured: written here, the same every time, and given to every engine as the same XForm.

A form of questions is a workbook like a policy officer's, and goes through the reader of the product. Lists of choices
are written as XForm at once: converting 100,000 rows takes minutes and is not what is measured.
"""

from collections.abc import Iterator
from pathlib import Path

from desktop.forms.workbook.conversion import sheets_of, xform_of

SECTION = 10
"""Questions of a section."""

COUNTRIES = 50
"""Values of the filter of a list of choices: a read shows a fiftieth of the list."""

_YES_NO = (("yn", "ja", "Ja"), ("yn", "nee", "Nee"))
_OPTIONS = tuple(("keuze", f"k{number}", f"Keuze {number}") for number in range(8))
_SURVEY = ("type", "name", "label", "relevant", "calculation", "constraint")
_CHOICES = ("list_name", "name", "label")

_XFORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
<h:head><h:title>Plaatsen</h:title><model>
<instance><data id="plaatsen"><land/><plaats/><naam/><meta><instanceID/></meta></data></instance>
<instance id="land"><root>{countries}</root></instance>
<instance id="plaats"><root>{places}</root></instance>
<bind nodeset="/data/land" type="string"/>
<bind nodeset="/data/plaats" type="string"/>
<bind nodeset="/data/naam" type="string" calculate="instance('plaats')/root/item[name = /data/plaats]/label"/>
<bind nodeset="/data/meta/instanceID" type="string"/>
</model></h:head>
<h:body>
<select1 ref="/data/land"><label>Land</label>
<itemset nodeset="instance('land')/root/item"><value ref="name"/><label ref="label"/></itemset></select1>
<select1 ref="/data/plaats"><label>Plaats</label>
<itemset nodeset="instance('plaats')/root/item[land = /data/land]">
<value ref="name"/><label ref="label"/></itemset></select1>
</h:body></h:html>
"""


def workbook(questions: int, *, chained: bool) -> str:
    """Return a workbook of `questions` questions in sections of ten, as Markdown tables.

    A chained one adds up through all sections, and each section depends on the one before it; in a flat one the
    sections depend on the first question alone.
    """
    rows = [_row("select_one yn", "start", "Beginnen?"), _row("calculate", "t0", calculation="0")]
    for number in range(1, questions // SECTION + 1):
        rows.extend(_section(number, chained=chained))
    return _table("survey", _SURVEY, rows) + _table("choices", _CHOICES, [*_YES_NO, *_OPTIONS])


def repeats() -> str:
    """Return a workbook with a repeat: per instance a name, an age, a question that depends on it, and its number."""
    rows = (
        _row("begin_repeat", "kind", "Kind"),
        _row("text", "naam", "Naam"),
        _row("integer", "leeftijd", "Leeftijd", constraint=". < 30"),
        _row("select_one yn", "school", "Naar school?", relevant="${leeftijd} > 5"),
        _row("calculate", "nummer", calculation="position(..)"),
        _row("end_repeat", ""),
        _row("calculate", "aantal", calculation="count(${kind})"),
        _row("calculate", "jaren", calculation="sum(${leeftijd})"),
    )
    return _table("survey", _SURVEY, rows) + _table("choices", _CHOICES, _YES_NO)


def converted(text: str) -> bytes:
    """Return the XForm that the reader makes of a workbook."""
    return xform_of(sheets_of(text.encode(), "md"), {})


def choices(number: int) -> bytes:
    """Return the XForm of a form that asks a country, then a place of `number` places in that country."""
    countries = "".join(_item(f"l{each}", f"Land {each}") for each in range(COUNTRIES))
    places = "".join(_item(f"p{each}", f"Plaats {each}", f"l{each % COUNTRIES}") for each in range(number))
    return _XFORM.format(countries=countries, places=places).encode()


def written(folder: Path, name: str, xform: bytes) -> Path:
    """Write an XForm where the other engine can read it, and return the file."""
    path = folder / f"{name}.xml"
    path.write_bytes(xform)
    return path


def _section(number: int, *, chained: bool) -> Iterator[tuple[str, ...]]:
    head, age, date = f"${{h{number}}}", f"${{i{number}}}", f"${{d{number}}}"
    around = "start" if number == 1 or not chained else f"h{number - 1}"
    before = f"t{number - 1 if chained else 0}"
    yield _row("begin_group", f"g{number}", f"Onderdeel {number}")
    yield _row("select_one yn", f"h{number}", f"Onderdeel {number} bespreken?", relevant=f"${{{around}}} = 'ja'")
    yield _row("integer", f"i{number}", "Jaren", relevant=f"{head} = 'ja'", constraint=". >= 0 and . <= 120")
    yield _row("calculate", f"t{number}", calculation=f"coalesce({age}, 0) + ${{{before}}}")
    yield _row("select_multiple keuze", f"m{number}", "Wat past?", relevant=f"{age} > 17")
    yield _row("text", f"x{number}", "Anders", relevant=f"selected(${{m{number}}}, 'k7') or {age} = 99")
    yield _row("date", f"d{number}", "Sinds wanneer?", relevant=f"{age} != ''", constraint=". <= today()")
    yield _row("calculate", f"a{number}", calculation=f"if({date} = '', '', int({date} div 365.25))")
    yield _row("note", f"n{number}", f"Samen ${{t{number}}}", relevant=f"${{t{number}}} > 100")
    yield _row("decimal", f"f{number}", "Uren", relevant=f"${{a{number}}} >= 18 and {head} = 'ja'", constraint=". > 0")
    yield _row("select_one keuze", f"s{number}", "Welke eerst?", relevant=f"count-selected(${{m{number}}}) >= 2")
    yield _row("end_group", "")


def _row(
    kind: str, name: str, label: str = "", relevant: str = "", calculation: str = "", constraint: str = ""
) -> tuple[str, ...]:
    return (kind, name, label, relevant, calculation, constraint)


def _table(sheet: str, columns: tuple[str, ...], rows: object) -> str:
    lines = [f"| {sheet} |", f"| | {' | '.join(columns)} |"]
    lines.extend(f"| | {' | '.join(row)} |" for row in rows)  # type: ignore[attr-defined]
    return "\n".join(lines) + "\n"


def _item(name: str, label: str, country: str = "") -> str:
    land = f"<land>{country}</land>" if country else ""
    return f"<item><name>{name}</name><label>{label}</label>{land}</item>"
