"""Printing with the system's dialog: pages of a PDF drawn sharp enough for paper, off the screen's thread, one by one.

Nothing is written to disk by Opmaat; what the printing system keeps is its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from desktop.media.page_rendering import draw_page
from desktop.ui.context import UiContext
from desktop.ui.executor import WorkerThread
from protocol.errors import EnvironmentProblem

_INCH = 72
_SHARP = 200
"""Dots to the inch at which a page is drawn: more cannot be seen in text and costs memory."""

Done = Callable[[], None]


@dataclass(frozen=True, slots=True, repr=False)
class PrintedPdf:
    """A document to print: its bytes, and width and height of each page in points of 1/72 inch."""

    pdf: bytes
    shapes: Sequence[tuple[float, float]]


def print_pdfs(context: UiContext, parent: QWidget, documents: Sequence[PrintedPdf], on_done: Done) -> None:
    """Ask where, how and which pages, then print `documents` one after the other as one job.

    On a printer that prints on both sides each of them begins on a sheet of its own.
    """

    def work(printer: QPrinter) -> None:
        print_pages(printer, documents)

    _ask(context, parent, sum(len(each.shapes) for each in documents), work, on_done)


def print_table(context: UiContext, parent: QWidget, html: str, on_done: Done) -> None:
    """Ask where and how, then print `html`: a list on as many pages as it takes."""

    def work(printer: QPrinter) -> None:
        document = QTextDocument()
        document.setHtml(html)
        document.print_(printer)

    _ask(context, parent, 0, work, on_done)


def print_pages(printer: QPrinter, documents: Sequence[PrintedPdf]) -> None:
    """Put the pages asked for on `printer`. Files' thread. Raises EnvironmentProblem `documents.not_printed`."""
    both_sides = printer.duplex() != QPrinter.DuplexMode.DuplexNone and len(documents) > 1
    pages = pages_in_order(documents, both_sides=both_sides)
    first, last = printer.fromPage() or 1, printer.toPage() or len(pages)
    painter = QPainter()
    if not painter.begin(printer):
        raise EnvironmentProblem("documents.not_printed")
    try:
        for at, page in enumerate(pages[first - 1 : last]):
            if at and not printer.newPage():
                raise EnvironmentProblem("documents.not_printed")
            if page is not None:
                _draw(painter, printer, *page)
    finally:
        painter.end()


def pages_in_order(documents: Sequence[PrintedPdf], *, both_sides: bool) -> list[tuple[PrintedPdf, int] | None]:
    """Return every page of `documents`; on both sides each document ends with an empty one (None) where it must."""
    pages: list[tuple[PrintedPdf, int] | None] = []
    for each in documents:
        pages += [(each, page) for page in range(len(each.shapes))]
        if both_sides and len(pages) % 2:
            pages.append(None)
    return pages


def _draw(painter: QPainter, printer: QPrinter, document: PrintedPdf, page: int) -> None:
    wide, tall = document.shapes[page]
    pixels = draw_page(document.pdf, page, round(wide / _INCH * _SHARP))
    shown = QImage(pixels.data, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGBX8888)
    dots = printer.resolution() / _INCH
    painter.drawImage(QRectF(0, 0, wide * dots, tall * dots), shown)


def _ask(context: UiContext, parent: QWidget, pages: int, work: Callable[[QPrinter], None], on_done: Done) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(bool(pages))  # a document has its own margins
    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("print")
    dialog.setWindowTitle(context.text("Print"))
    if pages:
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, pages)

    def print_out(_printer: QPrinter) -> None:
        context.run(lambda: work(printer), lambda _none: on_done(), parent, thread=WorkerThread.FILES)

    dialog.accepted.connect(print_out)
    dialog.finished.connect(dialog.deleteLater)
    dialog.setModal(True)
    dialog.show()  # not `open`, which a print dialog wants a slot for
