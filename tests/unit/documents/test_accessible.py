"""Every document is tagged, archival, and carries its fonts and languages."""

import io
from collections.abc import Callable, Mapping
from functools import cache, partial

import pikepdf
import pytest

from desktop.documents import recovery_sheet_pdf
from tests.unit.documents.pages import (
    MOMENT,
    alternatives,
    decision_pdf,
    interview_pdf,
    plan_pdf,
    progress_pdf,
    report_pdf,
    structure,
    words_of,
)

TAGS = ("ti", "ar", "en")


@cache
def recovery() -> bytes:
    words = [f"woord{number}" for number in range(1, 18)]
    return recovery_sheet_pdf(words, check="4F-A2", person="S. de Wit", organisation="azc", moment=MOMENT)


MADE: Mapping[str, Callable[[], bytes]] = {
    **{tag: partial(plan_pdf, tag) for tag in (*TAGS, "nl")},
    "report": report_pdf,
    "recovery": recovery,
    "blank": lambda: interview_pdf(blank=True),
    "said": lambda: interview_pdf(blank=False),
    **{f"decision-{tag}": partial(decision_pdf, tag) for tag in ("ti", "ar", "nl")},
    **{f"progress-{tag}": partial(progress_pdf, tag) for tag in ("ti", "ar", "nl")},
}


@pytest.mark.parametrize("name", MADE)
def test_is_tagged_and_says_so(name: str) -> None:
    data = MADE[name]()
    with pikepdf.open(io.BytesIO(data)) as file:
        assert bool(file.Root.MarkInfo.Marked)
        assert str(file.Root.Lang).startswith("nl")
        metadata = file.Root.Metadata.read_bytes().decode("utf-8")
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    kinds, _languages = structure(data)
    assert "/H1" in kinds
    assert "/P" in kinds
    assert kinds.index("/H1") < min(kinds.index(kind) for kind in ("/H2", "/H3") if kind in kinds)


@pytest.mark.parametrize("name", MADE)
def test_all_fonts_are_in_the_file_and_ours(name: str) -> None:
    with pikepdf.open(io.BytesIO(MADE[name]())) as file:
        fonts = [item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"]
        descriptors = [
            item
            for item in file.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all("Noto" in str(font.BaseFont) for font in fonts)
        assert all({"/FontFile2", "/FontFile3"} & set(each.keys()) for each in descriptors)


@pytest.mark.parametrize("tag", TAGS)
def test_each_text_carries_its_language(tag: str) -> None:
    _kinds, languages = structure(plan_pdf(tag))
    assert any(language.startswith("nl") for language in languages)
    assert any(language.startswith(tag) for language in languages)


def test_tables_have_header_cells() -> None:
    kinds, _languages = structure(plan_pdf("ti"))
    assert kinds.count("/Table") >= 5
    assert kinds.count("/TH") >= 5 * kinds.count("/Table") // 2


def test_figures_are_told_in_words() -> None:
    told = " ".join(alternatives(plan_pdf("ar")))
    assert "maandag ochtend Nederlands" in told
    assert "Yonas: maandag ochtend VVE" in told
    assert "Zelfzorg 5" in told
    assert "OP-7K3Q-22JD" in told


@pytest.mark.parametrize("name", MADE)
def test_no_name_is_in_the_properties_of_the_file(name: str) -> None:
    with pikepdf.open(io.BytesIO(MADE[name]())) as file:
        told = file.Root.Metadata.read_bytes() + str(file.docinfo).encode("utf-8")
    assert b"Luwam" not in told
    assert b"Wit" not in told


def test_the_recovery_sheet_shows_every_word_once() -> None:
    told = words_of(recovery())
    assert all(told[f"woord{number}"] == 1 for number in range(1, 18))
