"""The attachments of one question or of a whole case: the list, and every way to add to it.

Chosen with a file dialog, dragged here, or pasted (Ctrl+V on the page of the case, Ctrl+Shift+V at a question).
"""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from desktop.i18n import N_
from desktop.i18n.messages import text_for
from desktop.kernel.changes import Changes
from desktop.records import About
from desktop.services.interview.attachments import AttachmentRow, Upload
from desktop.ui.attachments.progress import ProgressLine
from desktop.ui.attachments.sources import AttachmentSource, DropTarget, from_clipboard, from_files
from desktop.ui.attachments.tile import Tile
from desktop.ui.attachments.uploader import Uploader
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.surfaces.card import Card, Divider
from desktop.ui.kit.typography.text import Text
from protocol.errors import OpmaatError, UserError
from protocol.identifiers import DossierId

_HOW = N_("Drag a photo, scan or PDF here, paste one, or choose a file. Place and device are taken out of photos.")
_PATTERN = "*.jpg *.jpeg *.png *.webp *.tif *.tiff *.pdf"


class AttachmentPanel(Card):
    """The list of one place. `listed` carries its rows; `touched` too, when a person changed something here."""

    listed = Signal(object)
    touched = Signal(object)

    def __init__(self, context: UiContext, name: str, title: str) -> None:
        super().__init__(context.theme, padding=Space.WIDE)
        self._context, self._name = context, name
        self._service = context.services.attachments
        self._dossier: DossierId | None = None
        self._ref: str | None = None
        self.rows: tuple[AttachmentRow, ...] = ()
        self.uploader = Uploader(context)
        self.banner = Banner(context.theme, context.text("Put away"), f"{name}.banner")
        self.progress = ProgressLine(context.theme, context.catalogue, name)
        self.watch = DropTarget(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.SMALL)
        self._lay_out(title)
        self._connect()

    def show_place(self, dossier: DossierId, ref: str | None) -> None:
        """Show the attachments at `ref`; blank adds to the case, None also shows those of every question."""
        if (self._dossier, self._ref) != (dossier, ref):
            self.banner.hide()
            self.rows = ()
            self._lay_rows()
        self._dossier, self._ref = dossier, ref
        self.reload()

    def reload(self) -> None:
        """Read the list again."""
        dossier, ref = self._dossier, self._ref
        if dossier is not None:
            self._context.run(lambda: self._service.attachments_of(dossier, ref), self._show, self)

    def focus_first(self) -> None:
        """Put the focus on the first way to add."""
        self._choose.setFocus()

    def add(self, sources: list[AttachmentSource]) -> None:
        """Attach `sources` here."""
        if self._dossier is not None:
            self.banner.hide()
            self.uploader.add(self._dossier, self._ref or "", sources)

    def paste(self) -> None:
        """Attach what is on the clipboard, or say that there is nothing."""
        try:
            self.add(from_clipboard())
        except UserError as error:
            self._show_error(error)

    def ask_files(self) -> None:
        """Let a person choose files."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self._context.text("Choose a file"), folder)
        dialog.setObjectName(f"{self._name}.file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        kinds = self._context.text("Photos, scans and PDF")
        dialog.setNameFilter(f"{kinds} ({_PATTERN})")
        dialog.filesSelected.connect(lambda names: self.add(from_files([Path(name) for name in names])))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _lay_out(self, title: str) -> None:
        theme, words = self._context.theme, self._context.catalogue
        self._choose = Button(theme, words.text("Choose a file"), f"{self._name}.choose", icon="folder")
        paste = Button(theme, words.text("Paste"), f"{self._name}.paste", icon="clip")
        self._choose.clicked.connect(self.ask_files)
        paste.clicked.connect(self.paste)
        if title:
            self.body.addWidget(Text(theme, title, Role.CARD))
        self.body.addWidget(self.banner)
        nest(self.body, self._list)
        self.body.addWidget(self.progress)
        self.body.addWidget(Text(theme, words.text(_HOW), Role.SMALL, tone=Tone.SOFT))
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addWidget(FlowRow([self._choose, paste]), 1)
        nest(self.body, buttons)

    def _connect(self) -> None:
        self.watch.dropped.connect(self.add)
        self.progress.cancelled.connect(self.uploader.cancel)
        self.uploader.progressed.connect(lambda _name, done, total: self.progress.show_progress(done, total))
        self.uploader.added.connect(self._tell_added)
        self.uploader.refused.connect(lambda _name, error: self._show_error(error))
        self.uploader.idle.connect(self.progress.finish)

    def _show(self, rows: tuple[AttachmentRow, ...]) -> None:
        self.rows = rows
        self._lay_rows()
        self.listed.emit(rows)

    def _lay_rows(self) -> None:
        clear(self._list)
        for number, row in enumerate(self.rows):
            if number:
                self._list.addWidget(Divider(self._context.theme))
            shown = row if self._ref is None else replace(row, question="")
            tile = Tile(self._context.theme, self._context.catalogue, shown, self._name)
            tile.opened.connect(self._open)
            tile.removed.connect(self._remove)
            tile.described.connect(self._describe)
            self._list.addWidget(tile)

    def _tell_added(self, upload: Upload, warnings: tuple[str, ...]) -> None:
        if upload.same:
            self.banner.show_message(
                "neutral", self._context.text("This file was in the case already; it is kept once.")
            )
        for code in warnings:
            self.banner.show_message("asks", text_for(UserError(code), self._context.catalogue))
        self._news(upload.changes)

    def _open(self, attachment: str) -> None:
        self._context.navigate("attachment", self._dossier, part=attachment)

    def _remove(self, attachment: str) -> None:
        dossier = self._dossier
        if dossier is not None:
            self._context.run(
                lambda: self._service.remove(dossier, attachment), self._tell_removed, self, on_error=self._show_error
            )

    def _tell_removed(self, changes: Changes) -> None:
        words = self._context.catalogue
        self.banner.show_message(
            "neutral",
            words.text("Removed. The content goes for good when you close the vault."),
            words.text("Undo"),
            self._undo,
        )
        self._news(changes)

    def _undo(self) -> None:
        dossier = self._dossier
        if dossier is not None:
            self.banner.hide()
            self._context.run(lambda: self._service.undo(dossier), self._news, self, on_error=self._show_error)

    def _describe(self, attachment: str, about: About) -> None:
        dossier = self._dossier
        if dossier is not None:
            service = self._service
            self._context.run(
                lambda: service.describe(dossier, attachment, about), self._news, self, on_error=self._show_error
            )

    def _news(self, changes: Changes) -> None:
        """Show the list as it stands now, and tell the other pages."""
        dossier, ref = self._dossier, self._ref
        if dossier is None:
            return
        self._context.run(
            lambda: self._service.attachments_of(dossier, ref), lambda rows: self._show_news(rows, changes), self
        )

    def _show_news(self, rows: tuple[AttachmentRow, ...], changes: Changes) -> None:
        self._show(rows)
        self.touched.emit(rows)
        if changes:
            self._context.publish(changes)

    def _show_error(self, error: OpmaatError) -> None:
        self.banner.show_message("wrong", text_for(error, self._context.catalogue))
