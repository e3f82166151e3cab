"""Printing with the system's dialog: pages of a PDF drawn sharp enough for paper, off the screen's thread, one by one.

Nothing is written to disk by Opmaat; what the printing system keeps is its own.
"""

from collections.abc import Callable, Sequence

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


def print_pdf(
    context: UiContext, parent: QWidget, pdf: bytes, shapes: Sequence[tuple[float, float]], on_done: Done
) -> None:
    """Ask where, how and which pages, then print `pdf`; its pages have the `shapes` in points."""

    def work(printer: QPrinter) -> None:
        print_pages(printer, pdf, shapes)

    _ask(context, parent, len(shapes), work, on_done)


def print_table(context: UiContext, parent: QWidget, html: str, on_done: Done) -> None:
    """Ask where and how, then print `html`: a list on as many pages as it takes."""

    def work(printer: QPrinter) -> None:
        document = QTextDocument()
        document.setHtml(html)
        document.print_(printer)

    _ask(context, parent, 0, work, on_done)


def print_pages(printer: QPrinter, pdf: bytes, shapes: Sequence[tuple[float, float]]) -> None:
    """Put the pages asked for on `printer`. Files' thread. Raises EnvironmentProblem `documents.not_printed`."""
    first, last = printer.fromPage() or 1, printer.toPage() or len(shapes)
    painter = QPainter()
    if not painter.begin(printer):
        raise EnvironmentProblem("documents.not_printed")
    try:
        for page in range(first - 1, min(last, len(shapes))):
            if page >= first and not printer.newPage():
                raise EnvironmentProblem("documents.not_printed")
            wide, tall = shapes[page]
            pixels = draw_page(pdf, page, round(wide / _INCH * _SHARP))
            shown = QImage(pixels.data, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGBX8888)
            dots = printer.resolution() / _INCH
            painter.drawImage(QRectF(0, 0, wide * dots, tall * dots), shown)
    finally:
        painter.end()


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
