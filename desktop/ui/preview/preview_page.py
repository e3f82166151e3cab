"""The preview of a document: every page as it will be printed, then one button that makes the file."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.i18n import LANGUAGES
from desktop.i18n.messages import text_for
from desktop.media.page_rendering import draw_page
from desktop.services.plan.documents import DOCUMENTS, KEPT, SUPPORT_PLAN, DocumentKind, Exported, Preview
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.executor import WorkerThread
from desktop.ui.kit.controls.button import Button, IconButton
from desktop.ui.kit.controls.file_dialogs import first_folder
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.typography.text import Text
from desktop.ui.preview.sheet_layout import stack
from desktop.ui.preview.sheet_view import LARGEST, SMALLEST, STEP, SheetView
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId

_PARTS = 3
_LOW = 340
"""Pixels at 100 % below which the page has no room for its title."""


def preview_part(kind: DocumentKind, language: str, origin: str) -> str:
    """Return the place to open this page at: which document, beside which language, and the page to go back to."""
    return f"{kind}/{language}/{origin}"


class PreviewPage(QWidget):
    """A document of one dossier, in Dutch and one more language."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._dossier: DossierId | None = None
        self._kind: DocumentKind = SUPPORT_PLAN
        self._language, self._origin = "", "plan"
        self._preview: Preview | None = None
        theme, texts = context.theme, context.catalogue
        self._title = Text(theme, texts.text(DOCUMENTS[SUPPORT_PLAN].name), Role.PAGE)
        self.kinds = Segmented(theme, "preview.kind", texts.text("Document"), self._choose_kind)
        self.languages = Segmented(
            theme, "preview.language", texts.text("Language beside Dutch"), self._choose_language
        )
        self._offer_kinds((SUPPORT_PLAN,))
        self.banner = Banner(theme, texts.text("Put away"), "preview.banner")
        self.sheets = SheetView(theme, "preview.sheets")
        self.sheets.setAccessibleName(texts.text("Pages of the document"))
        self._state = Text(theme, texts.text("The pages are being made"), Role.BODY, tone=Tone.SOFT, centred=True)
        stack(self, (self._head(), self._tools()), self.banner, self._state, self.sheets)
        self.sheets.page_changed.connect(lambda _page: self._show_place())

    @property
    def part(self) -> str:
        """Which document is shown, as `open_at` takes it."""
        return preview_part(self._kind, self._language, self._origin)

    def show_dossier(self, dossier: DossierId) -> None:
        """Show the support plan of `dossier`, beside the language spoken at the table last."""
        self._dossier = dossier
        self._kind, self._language, self._origin = SUPPORT_PLAN, "", "plan"
        self.kinds.choose(self._kind)
        self._load()

    def open_at(self, dossier: DossierId, part: str) -> None:
        """Show the document of `dossier` that `preview_part` named; the support plan where it names none."""
        pieces = part.split("/")
        if len(pieces) != _PARTS:
            self.show_dossier(dossier)
            return
        self._dossier = dossier
        self._kind = next((kind for kind in DOCUMENTS if kind == pieces[0]), SUPPORT_PLAN)
        self._language, self._origin = pieces[1], pieces[2]
        self.kinds.choose(self._kind)
        self._load()

    def save_to(self, path: Path) -> None:
        """Write the document in sight to `path`."""
        preview = self._preview
        if preview is None:
            return
        documents = self._context.services.documents
        self.save.disable(self._context.text("The file is being made."))
        self._context.run(lambda: documents.save(preview, path), self._finish_saving, self, on_error=self._fail)

    def save_word_to(self, path: Path) -> None:
        """Write the plan of today to `path`, to go on writing in."""
        preview, documents = self._preview, self._context.services.documents
        if preview is not None:
            self.word.disable(self._context.text("The file is being made."))
            self._context.run(
                lambda: documents.save_in_word(preview.dossier, preview.language, path),
                self._finish_saving,
                self,
                on_error=self._fail,
            )

    def _head(self) -> QHBoxLayout:
        theme, texts = self._context.theme, self._context.catalogue
        self.save = Button(theme, texts.text("Save as PDF"), "preview.save", kind="primary", icon="download")
        self.save.clicked.connect(self._ask_path)
        self.word = Button(theme, texts.text("Edit in Word"), "preview.word", icon="pencil")
        self.word.setToolTip(texts.text("Edit in Word"))
        self.word.clicked.connect(self._ask_word_path)
        self.print = Button(theme, texts.text("Print"), "preview.print", icon="printer")
        self.print.clicked.connect(self.print_out)
        self.back = Button(theme, texts.text("Back"), "preview.close", icon="arrow-left")
        self.back.clicked.connect(lambda: self._context.navigate(self._origin, self._dossier))
        return _row((self._title, self.back, self.word, self.print, self.save), self._title, Space.LARGE, Space.SMALL)

    def print_out(self) -> None:
        """Print the document in sight with the system's dialog."""
        preview = self._preview
        if preview is not None and self.print.isEnabled():
            from desktop.ui.preview.printing import PrintedPdf, print_pdfs

            done = partial(self.banner.show_message, "good", self._context.text("Handed to the printer."))
            print_pdfs(self._context, self, (PrintedPdf(preview.pdf, preview.pages),), done)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the title and a word where the pages would have no room: the choice of the document says it too."""
        super().resizeEvent(event)
        roomy = self.height() > self._context.theme.px(_LOW)
        self._title.setVisible(roomy)
        words = self._context.text("Edit in Word")
        self.word.set_text(words if roomy else "")
        self.word.setAccessibleName(words)

    def _tools(self) -> QHBoxLayout:
        theme, texts = self._context.theme, self._context.catalogue
        self.previous = IconButton(theme, "chevron-left", texts.text("Previous page"), "preview.previous")
        self.next = IconButton(theme, "chevron-right", texts.text("Next page"), "preview.next")
        self.smaller = IconButton(theme, "minus", texts.text("Smaller"), "preview.smaller")
        self.larger = IconButton(theme, "plus", texts.text("Larger"), "preview.larger")
        self._place = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        self._zoom = Text(theme, "100 %", Role.SMALL, tone=Tone.SOFT, wrap=False)
        self.previous.clicked.connect(self._turner(-1))
        self.next.clicked.connect(self._turner(1))
        self.smaller.clicked.connect(lambda: self._zoom_by(-STEP))
        self.larger.clicked.connect(lambda: self._zoom_by(STEP))
        air = QWidget()
        pages = (self.previous, self._place, self.next, self.smaller, self._zoom, self.larger)
        return _row((self.kinds, self.languages, air, *pages), air, 0, Space.MEDIUM)

    def _turner(self, by: int) -> Callable[[], None]:
        return lambda: self.sheets.go(self.sheets.current + by)

    def _zoom_by(self, step: float) -> None:
        self.sheets.set_zoom(self.sheets.zoom + step)
        self._zoom.set_text(f"{round(self.sheets.zoom * 100)} %")
        self.smaller.setEnabled(self.sheets.zoom > SMALLEST)
        self.larger.setEnabled(self.sheets.zoom < LARGEST)

    def _choose_kind(self, key: str) -> None:
        self._kind = next(kind for kind in DOCUMENTS if kind == key)
        self._load()

    def _choose_language(self, language: str) -> None:
        self._language = language
        self._load()

    def _load(self) -> None:
        documents, kind, language, dossier = self._context.services.documents, self._kind, self._language, self._dossier
        if dossier is None:
            return
        if self._preview is not None and self._preview.dossier != dossier:
            self._preview = None
            self.sheets.show_images([], [])
        self.banner.hide()
        self._state.show()
        self.word.setVisible(kind == SUPPORT_PLAN)
        for button in (self.save, self.print, self.word):
            button.disable(self._context.text("The pages are being made"))
        self._title.set_text(self._context.text(DOCUMENTS[kind].name))
        self._context.run(lambda: documents.preview(kind, dossier, language), self._show, self, on_error=self._fail)

    def _show(self, preview: Preview) -> None:
        if not self._is_wanted(preview):
            return
        if preview == self._preview:
            self._finish_loading()
            return
        self._preview = preview
        names = {language.tag: language for language in LANGUAGES}
        tags = [tag for tag in dict.fromkeys((*preview.languages, preview.language)) if tag in names]
        self.languages.set_segments(
            [SegmentOption(tag, names[tag].own_name, names[tag]) for tag in tags], preview.language
        )
        self.languages.setVisible(DOCUMENTS[preview.kind].document.bilingual and len(tags) > 1)
        self._offer_kinds(preview.kinds)
        total = len(preview.pages)
        spoken = [self._context.text("Page {n} of {total}", n=n, total=total) for n in range(1, total + 1)]
        self.sheets.show_pages(preview.pages, spoken, partial(self._draw, preview))
        self._finish_loading()
        self._show_place()

    def _finish_loading(self) -> None:
        self._state.hide()
        for button in (self.save, self.print, self.word):
            button.enable()

    def _offer_kinds(self, kinds: Sequence[DocumentKind]) -> None:
        shown = [kind for kind in DOCUMENTS if kind in {*kinds, self._kind}]
        self.kinds.set_segments(
            [SegmentOption(kind, self._context.text(DOCUMENTS[kind].name)) for kind in shown], self._kind
        )

    def _is_wanted(self, preview: Preview) -> bool:
        same = (preview.dossier, preview.kind) == (self._dossier, self._kind)
        return same and (preview.kind in KEPT or self._language in {"", preview.language})

    def _draw(self, preview: Preview, page: int, width: int) -> None:
        """Draw one page on the files' thread, and put it in its place when it is there."""

        def show(image: QImage) -> None:
            if preview is self._preview:
                self.sheets.set_image(page, image)

        self._context.run(
            lambda: _draw_image(preview.pdf, page, width), show, self, on_error=self._fail, thread=WorkerThread.FILES
        )

    def _show_place(self) -> None:
        total, page = self.sheets.count, self.sheets.current
        words = self._context.text("Page {n} of {total}", n=page + 1, total=total) if total else ""
        self._place.set_text(words)
        self.previous.setEnabled(page > 0)
        self.next.setEnabled(page < total - 1)

    def _ask_path(self) -> None:
        if self._preview is not None:
            self._ask_where(self._preview.file_name, "PDF (*.pdf)", self.save_to)

    def _ask_word_path(self) -> None:
        if self._preview is not None:
            name = self._context.services.documents.file_name(SUPPORT_PLAN, self._preview.dossier, "docx")
            self._ask_where(name, "Word (*.docx)", self.save_word_to)

    def _ask_where(self, suggestion: str, filters: str, save: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self, self._context.text("Save"), first_folder(), filters)
        dialog.setObjectName("preview.file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(suggestion).suffix[1:])
        dialog.selectFile(suggestion)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: save(Path(name)))
        dialog.open()

    def _finish_saving(self, exported: Exported) -> None:
        self._finish_loading()
        path = exported.path
        said = self._context.text("Saved as {file} in {folder}.", file=path.name, folder=path.parent.name)
        self.banner.show_message("good", said)
        self._context.publish(exported.changes)

    def _fail(self, error: OpmaatError) -> None:
        self._state.hide()
        if self._preview is not None and self._is_wanted(self._preview):
            self._finish_loading()
        self.banner.show_message("wrong", text_for(error, self._context.catalogue))


def _row(parts: Sequence[QWidget], grows: QWidget, above: int, below: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(Space.EDGE, above, Space.EDGE, below)
    row.addWidget(FlowRow(parts, grows=grows, gap=Space.MEDIUM))
    return row


def _draw_image(pdf: bytes, page: int, width: int) -> QImage:
    pixels = draw_page(pdf, page, width)
    format_ = QImage.Format.Format_RGBX8888
    return QImage(pixels.data, pixels.width, pixels.height, pixels.stride, format_).copy()
