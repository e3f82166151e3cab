"""What a reader of a PDF sees: words, languages, fonts, tags."""

import io
import re
from collections import Counter
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pikepdf
import pypdfium2

from desktop.documents import (
    INTAKE_REPORT,
    SUPPORT_PLAN,
    DecisionDocument,
    DecisionPaper,
    DocumentMeta,
    ProgressDocument,
    ProgressPaper,
)
from desktop.documents.interview_data import InterviewDocument, InterviewPaper, PaperLine, PaperSection
from desktop.i18n.bidi import strip_isolates
from desktop.i18n.catalogue import Catalogue, load_catalogue
from desktop.plan.model.plan_text import free
from tests.unit.plan.case import plan
from tests.unit.plan.pip.pip_case import decision
from tests.unit.plan.progress.progress_case import progress

MOMENT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MARGIN = 18 * 72 / 25.4
"""What is left free on both sides of a page, in points."""
META = DocumentMeta(
    case_number="OP-7K3Q-22JD",
    sender="Gemeente Waterbeke met azc Duinrand (voorbeeld)",
    caseworker="Sanne de Wit",
    talks_held=(date(2026, 11, 10), date(2026, 11, 22)),
)


@cache
def texts(tag: str) -> Catalogue:
    return load_catalogue(tag, "plan")


@cache
def plan_pdf(tag: str) -> bytes:
    return SUPPORT_PLAN.pdf(plan(), (texts("nl"), texts(tag)), META, MOMENT)


@cache
def decision_pdf(tag: str, seal: str = "") -> bytes:
    """Return the letter of the decision of the case of Haarlem, a draft without a `seal`."""
    paper = DecisionPaper(decision(), "OP-7K3Q-22JD", tag, 1, seal)
    return DecisionDocument(issued=bool(seal)).pdf(paper, (texts("nl"), texts(tag)), MOMENT)


@cache
def progress_pdf(tag: str) -> bytes:
    """Return the overview of the progress of the case of Haarlem, in its first weeks."""
    paper = ProgressPaper(progress(), "Luwam", tag)
    return ProgressDocument().pdf(paper, (texts("nl"), texts(tag)), META, MOMENT)


@cache
def report_pdf() -> bytes:
    return INTAKE_REPORT.pdf(plan(), (texts("nl"), texts("ti")), META, MOMENT)


@cache
def interview_pdf(*, blank: bool) -> bytes:
    """Return a small interview on paper beside Arabic: one section, a line of every kind."""
    choices = (free("Ja", "نعم"), free("Nee", "لا"))
    lines = (
        PaperLine(free("Hoe heet u?", "ما اسمك؟"), free("Selam"), lines=1 if blank else 0),
        PaperLine(free("Hebt u werk?", "هل لديك عمل؟"), state="missing", choices=choices if blank else ()),
        PaperLine(free("Sinds wanneer?", "منذ متى؟"), free("2019"), row="Bakkerij"),
    )
    sections = (PaperSection(free("Gegevens", "البيانات"), lines), PaperSection(free("Gezondheid"), (), closed=True))
    paper, meta = InterviewPaper("Selam", sections), DocumentMeta("OP-7K3Q-22", "azc Duinrand (voorbeeld)")
    return InterviewDocument(blank).pdf(paper, (texts("nl"), texts("ar")), meta, MOMENT)


def words_of(data: bytes) -> Counter[str]:
    """Return the words on all pages; extractors reorder lines of two directions, so only words are compared."""
    return Counter(re.findall(r"\w+", strip_isolates("\n".join(pages_of(data)))))


def pages_of(data: bytes) -> list[str]:
    """Return the text of each page."""
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def heights_of(data: bytes, pattern: str) -> list[float]:
    """Return the height above the bottom of its page, in points, of every piece of text that holds `pattern`."""
    with pypdfium2.PdfDocument(data) as document:
        written = [page.get_textpage() for page in document]
        boxes = [(page, page.get_rect(number)) for page in written for number in range(page.count_rects())]
        return [box[1] for page, box in boxes if re.search(pattern, page.get_text_bounded(*box))]


def structure(data: bytes) -> tuple[list[str], set[str]]:
    """Return the kinds of all tags in reading order, and all languages named in the tag tree."""
    kinds: list[str] = []
    languages: set[str] = set()
    with pikepdf.open(io.BytesIO(data)) as file:
        languages.add(str(file.Root.Lang))
        _walk(file.Root.StructTreeRoot, kinds, languages)
    return kinds, languages


def _walk(node: Any, kinds: list[str], languages: set[str]) -> None:  # noqa: ANN401  # pikepdf objects
    if not isinstance(node, pikepdf.Dictionary):
        return
    if "/S" in node:
        kinds.append(str(node.S))
    if "/Lang" in node:
        languages.add(str(node.Lang))
    children = node.get("/K")
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        _walk(child, kinds, languages)


def alternatives(data: bytes) -> list[str]:
    """Return the alternative texts of all figures."""
    found: list[str] = []

    def visit(node: Any) -> None:  # noqa: ANN401  # pikepdf objects
        if isinstance(node, pikepdf.Dictionary):
            if "/Alt" in node:
                found.append(str(node.Alt))
            children = node.get("/K")
            for child in children if isinstance(children, pikepdf.Array) else [children]:
                visit(child)

    with pikepdf.open(io.BytesIO(data)) as file:
        visit(file.Root.StructTreeRoot)
    return found


def beside_the_paper(data: bytes) -> list[str]:
    """Return, for each page with letters further to the left or right than the margin, what is on it."""
    with pypdfium2.PdfDocument(data) as document:
        every = [(page.get_size()[0], page.get_textpage()) for page in document]
        return [text.get_text_bounded() for width, text in every if not _is_inside(text, width)]


def _is_inside(text: pypdfium2.PdfTextPage, width: float) -> bool:
    boxes = ((number, text.get_charbox(number)) for number in range(text.count_chars()))
    beside = [number for number, (left, _, right, _) in boxes if left < MARGIN - 1 or right > width - MARGIN + 1]
    return not any(text.get_text_range(number, 1).strip() for number in beside)
