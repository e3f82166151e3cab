"""What lies beside the answer on a card: the note, a remark on the translation, and the attachments."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from desktop.services.interview.attachments import AttachmentRow
from desktop.services.interview.page_parts import CardView, InterviewView, QuestionView
from desktop.ui.attachments.panel import AttachmentPanel
from desktop.ui.attachments.sources import AttachmentSource, DropTarget
from desktop.ui.context import UiContext
from desktop.ui.help.shortcuts import add_shortcut
from desktop.ui.interview.interview_sheet import InterviewSheet
from desktop.ui.interview.presenter import InterviewPresenter


class BesideAnswer(QObject):
    """Opens and keeps them for the card on screen. `last_file` carries the name of the file that is the answer."""

    last_file = Signal(str)

    def __init__(
        self, context: UiContext, sheet: InterviewSheet, files: AttachmentPanel, presenter: InterviewPresenter
    ) -> None:
        """Work on `sheet`, whose attachments lie in `files`."""
        super().__init__(sheet)
        self._context, self._sheet, self._files, self._presenter = context, sheet, files, presenter
        self._view: InterviewView | None = None
        sheet.tools.note.connect(self.write_note)
        sheet.tools.flag.connect(self._write_flag)
        sheet.tools.attach.connect(self._toggle_files)
        sheet.panel.written.connect(self._keep)
        sheet.panel.closed.connect(sheet.tools.focus_tool)
        files.touched.connect(self._files_changed)
        DropTarget(sheet).dropped.connect(self._drop)
        add_shortcut(files, "interview.files", self._toggle_files, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_view(self, view: InterviewView, *, arrived: bool) -> None:
        """Be about the card of `view`; one that asks for a file shows its attachments on arrival."""
        self._view = view
        if arrived:
            self._open_files(shown=isinstance(view.step, QuestionView) and view.step.kind == "file")

    def write_note(self) -> None:
        """Open the note of the card."""
        step = self._step
        if step is not None:
            about = self._context.text("Only for the file; the person may read it too.")
            self._sheet.panel.ask("note", self._context.text("Note"), about, step.note, step.ref)
            self._sheet.bring_into_sight(self._sheet.panel)

    def paste_file(self) -> None:
        """Add what is on the clipboard."""
        self._open_files(shown=True)
        self._files.paste()

    @property
    def _step(self) -> CardView | None:
        return None if self._view is None else self._view.step

    def _write_flag(self) -> None:
        about = self._context.text("Say what is wrong. The people who look after the translations read it.")
        place = "" if self._step is None else self._step.ref
        self._sheet.panel.ask("flag", self._context.text("Translation is wrong"), about, "", place)
        self._sheet.bring_into_sight(self._sheet.panel)

    def _keep(self, purpose: str, text: str) -> None:
        if purpose == "note":
            self._with_ref(lambda ref: self._presenter.note(ref, text))
        elif text:
            self._with_ref(lambda ref: self._presenter.flag(ref, text))

    def _toggle_files(self) -> None:
        """Open the attachments, or put them away; the focus goes along."""
        self._open_files(shown=self._files.isHidden())
        if self._files.isHidden():
            self._sheet.tools.focus_tool("attach")
        else:
            self._files.focus_first()
            self._sheet.bring_into_sight(self._files)
        if self._step is not None:
            self._sheet.tools.show_step(self._step)

    def _open_files(self, *, shown: bool) -> None:
        """Show the attachments of the card on screen, or put them away."""
        view = self._view
        if shown and view is not None and view.ref:
            self._files.show_place(view.dossier, view.ref)
        self._files.setVisible(shown and view is not None and bool(view.ref))

    def _drop(self, sources: list[AttachmentSource]) -> None:
        self._open_files(shown=True)
        self._files.add(sources)

    def _files_changed(self, rows: tuple[AttachmentRow, ...]) -> None:
        """Let the last file be the answer where a file is what the question asks for."""
        step = self._step
        if isinstance(step, QuestionView) and step.kind == "file":
            self.last_file.emit(rows[-1].file_name if rows else "")

    def _with_ref(self, operation: Callable[[str], None]) -> None:
        if self._view is not None and self._view.ref:
            operation(self._view.ref)
