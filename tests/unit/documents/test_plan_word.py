"""The plan as DOCX, opened again and read back: nothing is lost, and each language is told with its direction."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pytest
from docx import Document
from docx.enum.table import WD_TABLE_DIRECTION
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents.word.plan_word import plan_word
from desktop.documents.word.word_styles import DUTCH_WORDS, OTHER
from desktop.plan.model.plan_text import free
from desktop.plan.model.support_plan import SupportPlan
from tests.examples import examples
from tests.unit.documents.pages import META, MOMENT, plan_pdf, texts, words_of
from tests.unit.plan.case import TODAY, plan

_MONTHS = ("feb", "mrt", "apr", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ON_PAPER_ALONE = {"Dossier", "versie", "pagina", "Concept", "35", *_MONTHS}
"""Words of the foot of the page, of a plan to be signed, and of the year as a figure."""
_WEEK = 6
"""Columns of the table of a week: what half-day, and five days."""


def _word(tag: str, shown: SupportPlan | None = None) -> bytes:
    return plan_word(shown or plan(), (texts("nl"), texts(tag)), META, MOMENT)


def _lines(data: bytes) -> Iterator[Paragraph]:
    for block in Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            yield from (line for row in block.rows for cell in row.cells for line in cell.paragraphs)
        else:
            yield block


def _style(line: Paragraph) -> str:
    return "" if line.style is None else str(line.style.name)


def _tables(data: bytes) -> list[Table]:
    return list(Document(io.BytesIO(data)).tables)


def test_every_word_of_the_printed_plan_is_in_it() -> None:
    typed = " ".join(line.text for line in _lines(_word("nl")))
    lost = {word for word in words_of(plan_pdf("nl")) if word.strip(".,:;()").lower() not in typed.lower()}
    assert lost == {*META.case_number.split("-")[1:], *_ON_PAPER_ALONE}


def test_the_outline_is_that_of_the_printed_plan() -> None:
    heads = [line for line in _lines(_word("nl")) if _style(line).startswith("Heading")]
    second = [line.text for line in heads if _style(line) == "Heading 2"]
    assert [line.text for line in heads if _style(line) == "Heading 1"] == ["Ondersteuningsplan"]
    assert [head.partition(" ")[0] for head in second] == ["1.", "2.", "3.", "4.", "5."]
    assert sum(line.text.startswith("Doel ") for line in heads) == len(plan().goals)


@pytest.mark.parametrize("tag", ["ti", "ar"])
def test_the_language_beside_dutch_is_told_in_its_style(tag: str) -> None:
    data = _word(tag)
    style = Document(io.BytesIO(data)).styles[OTHER].element
    spoken = style.find(f"{qn('w:rPr')}/{qn('w:lang')}")
    assert spoken.get(qn("w:bidi" if tag == "ar" else "w:val")) == tag
    assert (style.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None) == (tag == "ar")
    other = [line for line in _lines(data) if _style(line) == OTHER]
    assert len(other) > 100
    names = [run for line in other for run in line.runs if "VVE" in run.text]
    assert names
    assert {run.style.name for run in names} == {DUTCH_WORDS}


def test_no_direction_mark_stays_in_the_text() -> None:
    assert not {"\u2066", "\u2067", "\u2068", "\u2069"} & set("".join(line.text for line in _lines(_word("ar"))))


def test_own_words_in_latin_letters_run_from_left_to_right() -> None:
    shown = replace(plan(), own_words=free("Mijn zoon komt eerst.", "My son comes first."))
    line = next(line for line in _lines(_word("ar", shown)) if line.text == "My son comes first.")
    assert _style(line) != OTHER


def test_the_week_is_there_in_both_languages_and_mirrored_in_arabic() -> None:
    weeks = [table for table in _tables(_word("ar")) if len(table.columns) == _WEEK]
    assert [table.table_direction for table in weeks] == [None, WD_TABLE_DIRECTION.RTL] * (1 + len(plan().children))
    dutch, arabic = ([cell.text for cell in table.rows[0].cells] for table in weeks[:2])
    assert dutch[1] == "maandag"
    assert all(arabic)
    assert not set(dutch) & set(arabic)


def test_every_table_repeats_its_header_and_has_no_empty_one() -> None:
    ruled = [
        table
        for table in _tables(_word("ti"))
        if table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    ]
    assert len(ruled) > len(plan().goals)
    assert all(cell.text.strip() for table in ruled for cell in table.rows[0].cells)


def test_it_says_that_it_is_a_copy_and_that_a_text_has_no_translation() -> None:
    shown = replace(plan(), own_words=free("Nogniemandvertaald."))
    told = [line.text for line in _lines(_word("ti", shown))]
    assert "Kopie om in te werken: wat geldt, is het plan dat ondertekend is." in told
    assert "NL Nogniemandvertaald." in told


def test_same_plan_and_moment_give_the_same_bytes() -> None:
    assert _word("ar") == _word("ar")


def test_nobody_is_named_in_the_properties_of_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(_word("en"))) as file:
        properties = b"".join(file.read(name) for name in file.namelist() if name.startswith("docProps"))
    for word in ("Luwam", "Sanne", "python-docx", META.case_number):
        assert word.encode() not in properties


@settings(max_examples=examples(30))
@given(st.text(max_size=40))
def test_what_people_typed_is_text_and_never_breaks_the_file(typed: str) -> None:
    shown = SupportPlan(name=f"<w:p/>{typed}", made=TODAY, own_words=free(f"&amp;]]>{typed}"))
    told = [line.text for line in _lines(_word("ar", shown))]
    assert any(line.startswith("van <w:p/>") for line in told)
    assert any("&amp;]]>" in line for line in told)
