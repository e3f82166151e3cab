"""Looking at one attachment: page by page, drawn from memory. Only a copy that is asked for is written to disk."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.i18n.messages import text_for
from desktop.media import RenderedPage
from desktop.services.interview.attachments import AttachmentRow, draw, save_copy
from desktop.ui.attachments.attachment_texts import name_of
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.executor import Task, WorkerThread
from desktop.ui.kit.controls.button import Button, IconButton
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.typography.text import Text
from desktop.ui.preview.sheet_layout import stack
from desktop.ui.preview.sheet_view import LARGEST, SMALLEST, STEP, SheetView
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId


class AttachmentViewer(QWidget):
    """One attachment of one dossier. Its content is in memory while this page is open, and forgotten by `leave`."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._service = context.services.attachments
        self._dossier: DossierId | None = None
        self._row: AttachmentRow | None = None
        self._data = b""
        self._page = 0
        self._part = ""
        self._reading: Task | None = None
        self.setObjectName("attachment")
        theme, texts = context.theme, context.catalogue
        self._title = Text(theme, role=Role.PAGE)
        self.banner = Banner(theme, texts.text("Put away"), "attachment.banner")
        self.sheets = SheetView(theme, "attachment.sheets")
        self.sheets.setAccessibleName(texts.text("Pages of the document"))
        self._state = Text(theme, texts.text("The page is being drawn"), Role.BODY, tone=Tone.SOFT, centred=True)
        stack(self, (self._head(), self._tools()), self.banner, self._state, self.sheets)

    @property
    def part(self) -> str:
        """The id of the attachment in sight."""
        return self._part

    def show_dossier(self, dossier: DossierId) -> None:
        """Forget what was shown; `show_part` says what to show."""
        self.leave()
        self._dossier = dossier

    def show_part(self, part: str) -> None:
        """Show the attachment with the id `part`."""
        self._part = part
        dossier = self._dossier
        if dossier is None:
            return

        def read() -> tuple[AttachmentRow, bytes]:
            row = self._service.row(dossier, part)
            return row, self._service.content(dossier, part)

        self._stop_reading()
        self._reading = self._context.run(read, self._show, self, on_error=self._tell_error)

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()

    def leave(self) -> None:
        """Forget the content and what was drawn of it, also what is still being read."""
        self._stop_reading()
        self._row, self._data, self._page = None, b"", 0
        self.banner.hide()
        self.sheets.show_images([], [])
        self._title.set_text("")
        self._state.show()
        self._show_place()

    def save_to(self, path: Path) -> None:
        """Write a copy that is not sealed to `path`."""
        data = self._data
        self._context.run(
            lambda: save_copy(path, data),
            lambda _nothing: self._saved(),
            self,
            on_error=self._tell_error,
            thread=WorkerThread.FILES,
        )

    def _head(self) -> QHBoxLayout:
        theme, texts = self._context.theme, self._context.catalogue
        row = QHBoxLayout()
        row.setContentsMargins(Space.EDGE, Space.LARGE, Space.EDGE, Space.SMALL)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self._title, 1)
        self.back = Button(theme, texts.text("Back"), "attachment.close", icon="arrow-left")
        self.back.clicked.connect(self._go_back)
        self.save = Button(theme, texts.text("Save a copy"), "attachment.save", icon="download")
        self.save.clicked.connect(self._warn)
        row.addWidget(self.back)
        row.addWidget(self.save)
        return row

    def _tools(self) -> QHBoxLayout:
        theme, texts = self._context.theme, self._context.catalogue
        row = QHBoxLayout()
        row.setContentsMargins(Space.EDGE, 0, Space.EDGE, Space.MEDIUM)
        row.setSpacing(Space.MEDIUM)
        row.addStretch(1)
        self.previous = IconButton(theme, "chevron-left", texts.text("Previous page"), "attachment.previous")
        self.next = IconButton(theme, "chevron-right", texts.text("Next page"), "attachment.next")
        self.smaller = IconButton(theme, "minus", texts.text("Smaller"), "attachment.smaller")
        self.larger = IconButton(theme, "plus", texts.text("Larger"), "attachment.larger")
        self._place = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        for part in (self.previous, self._place, self.next, self.smaller, self.larger):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.previous.clicked.connect(lambda: self._turn(-1))
        self.next.clicked.connect(lambda: self._turn(1))
        self.smaller.clicked.connect(lambda: self._zoom_by(-STEP))
        self.larger.clicked.connect(lambda: self._zoom_by(STEP))
        return row

    def _show(self, found: tuple[AttachmentRow, bytes]) -> None:
        self._row, self._data = found
        self._title.set_text(name_of(self._row, self._context.catalogue))
        self._draw()

    def _draw(self) -> None:
        row, data, page = self._row, self._data, self._page
        if row is None:
            return
        self._show_place()
        self._context.run(
            lambda: draw(data, row.kind, page),
            lambda picture: self._drawn(row, page, picture),
            self,
            on_error=self._tell_error,
            thread=WorkerThread.FILES,
        )

    def _drawn(self, row: AttachmentRow, page: int, picture: RenderedPage) -> None:
        if row is not self._row or page != self._page:
            return
        image = QImage(picture.rgb, picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888)
        spoken = self._context.text("Page {n} of {total}", n=page + 1, total=row.pages)
        self.sheets.show_images([image.copy()], [spoken])
        self._state.hide()

    def _turn(self, by: int) -> None:
        last = 0 if self._row is None else self._row.pages - 1
        self._page = min(max(self._page + by, 0), last)
        self._draw()

    def _zoom_by(self, step: float) -> None:
        self.sheets.set_zoom(self.sheets.zoom + step)
        self.smaller.setEnabled(self.sheets.zoom > SMALLEST)
        self.larger.setEnabled(self.sheets.zoom < LARGEST)

    def _show_place(self) -> None:
        total = 0 if self._row is None else self._row.pages
        self._place.set_text(self._context.text("Page {n} of {total}", n=self._page + 1, total=total) if total else "")
        for part in (self.previous, self._place, self.next):
            part.setVisible(total > 1)
        self.previous.setEnabled(self._page > 0)
        self.next.setEnabled(self._page < total - 1)
        if self._row is None:
            self.save.disable(self._context.text("The page is being drawn"))
        else:
            self.save.enable()

    def _go_back(self) -> None:
        self._context.navigate("attachments", self._dossier)

    def _warn(self) -> None:
        texts = self._context.catalogue
        self.banner.show_message(
            "asks",
            texts.text("A copy is not sealed: whoever has the disk or the stick can read it."),
            texts.text("Save it all the same"),
            self._ask_path,
        )

    def _ask_path(self) -> None:
        if self._row is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self._context.text("Save a copy"), folder)
        dialog.setObjectName("attachment.file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(self._row.file_name)
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _saved(self) -> None:
        text = self._context.text("A copy that is not sealed was saved. Delete it when it is no longer needed.")
        self.banner.show_message("good", text)

    def _tell_error(self, error: OpmaatError) -> None:
        self._state.hide()
        self.banner.show_message("wrong", text_for(error, self._context.catalogue))
