"""One document of everybody in the list in sight: chosen once, then saved in a folder or printed, in one go."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desktop.i18n.mark import N_
from desktop.i18n.messages import text_for
from desktop.kernel.changes import Aspect, changed
from desktop.services.caseload.caseload_rows import PersonRow
from desktop.services.plan.documents import (
    DOCUMENTS,
    INTAKE_REPORT,
    PIP_DECISION,
    PROGRESS,
    SIGNED_PLAN,
    SUPPORT_PLAN,
    DocumentKind,
)
from desktop.services.plan.many_documents import DocumentRound, begin_round, make_next
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.file_dialogs import ask_folder
from desktop.ui.kit.controls.radio import RadioBox
from desktop.ui.kit.drawing.meter import Meter
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet
from desktop.ui.kit.typography.text import Text
from protocol.errors import OpmaatError

_OFFERED: dict[DocumentKind, str] = {
    SUPPORT_PLAN: N_("As it is today; the signed version where nothing changed since"),
    SIGNED_PLAN: N_("Of everybody whose plan was signed"),
    PIP_DECISION: N_("Of everybody for whom the municipality decided"),
    PROGRESS: N_("What happened since, beside the plan"),
    INTAKE_REPORT: N_("What was said, with what the law asks"),
}
_MOST_NAMED = 20
"""People who are named with the reason why they were left out; of more of them the number is said."""


class DocumentsSheet(DialogSheet):
    """Makes one document after the other; closing it stops, and what was made stays."""

    def __init__(self, context: UiContext, parent: QWidget, rows: Sequence[PersonRow], list_name: str) -> None:
        texts = context.catalogue
        title = texts.text("Documents of several people")
        super().__init__(context.theme, parent, title, "documents", texts.text("Close"))
        self._context = context
        self._rows = {row.dossier: row for row in rows}
        self._folder: Path | None = None
        self._round: DocumentRound | None = None
        self._stopped = False
        people = texts.plural("{n} person", "{n} people", len(self._rows))
        words = texts.text(
            "Of {people} in “{list}”: each in Dutch and in the language spoken with that person.",
            people=people,
            list=list_name,
        )
        self.fields.addWidget(Text(context.theme, words, Role.BODY))
        self._meter = Meter(context.theme, "documents.meter")
        self.fields.addWidget(self._meter)
        self._said = QVBoxLayout()
        self._said.setSpacing(Space.HAIR)
        nest(self.fields, self._said)
        self._kinds = QButtonGroup(self)
        self._boxes = {kind: self._box(kind, hint) for kind, hint in _OFFERED.items()}
        self.fields.addStretch(1)
        self.stop_button = Button(context.theme, texts.text("Stop"), "documents.stop", icon="close")
        self.stop_button.clicked.connect(self._stop)
        self.print_button = Button(context.theme, texts.text("Print"), "documents.print", icon="printer")
        self.print_button.clicked.connect(lambda: self.make(None))
        self.save_button = Button(
            context.theme, texts.text("Save in a folder"), "documents.save", kind="primary", icon="download"
        )
        self.save_button.clicked.connect(self._ask)
        self.buttons.addWidget(self.stop_button)
        self.buttons.addWidget(self.print_button)
        self.add_primary(self.save_button)
        self._show_running(running=False)
        self.resize(context.theme.px(720), context.theme.px(700))

    def make(self, folder: Path | None) -> None:
        """Make the chosen document of everybody: in `folder`, or for the printer without one."""
        kind = next(kind for kind, box in self._boxes.items() if box.isChecked())
        self._folder, self._stopped = folder, False
        self._show_running(running=True)
        self._go_on(begin_round(kind, tuple(self._rows)))

    def _box(self, kind: DocumentKind, hint: str) -> RadioBox:
        text = self._context.text
        box = RadioBox(self.theme, text(DOCUMENTS[kind].name), f"documents.{kind}", second=text(hint))
        box.setChecked(kind == SUPPORT_PLAN)
        self._kinds.addButton(box)
        self.fields.addWidget(box)
        return box

    def _ask(self) -> None:
        folder = ask_folder(self, self._context.text("Save in a folder"))
        if folder is not None:
            self.make(folder)

    def _go_on(self, so_far: DocumentRound) -> None:
        """Show how far it is, and ask for the next one unless somebody stopped."""
        self._round = so_far
        if self._stopped or not so_far.waiting:
            self._finish(so_far)
            return
        words = self._context.text("{done} of {total} documents", done=so_far.done, total=so_far.total)
        self._meter.show_level(so_far.done / so_far.total, "primary", words)
        clear(self._said)
        self._add_line(words)
        documents, folder = self._context.services.documents, self._folder
        self._context.run(lambda: make_next(documents, so_far, folder), self._go_on, self, on_error=self._fail)

    def _finish(self, so_far: DocumentRound) -> None:
        self._show_running(running=False)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell(so_far)
        if so_far.made and self._folder is not None:
            self._context.publish(changed(Aspect.PLAN, Aspect.HANDOVER))
        if so_far.for_paper and not self._stopped:
            from desktop.ui.preview.printing import PrintedPdf, print_pdfs

            printed = [PrintedPdf(each.pdf, each.pages) for each in so_far.for_paper]
            print_pdfs(
                self._context, self, printed, lambda: self._add_line(self._context.text("Handed to the printer."))
            )

    def _tell(self, so_far: DocumentRound) -> None:
        """Say what lies where, and name who was left out with the reason."""
        texts = self._context.catalogue
        clear(self._said)
        documents = texts.plural("{n} document", "{n} documents", so_far.made)
        if not so_far.made:
            self._add_line(texts.text("No document was made."), Role.STRONG)
        elif self._folder is None:
            self._add_line(texts.text("{documents} made for the printer.", documents=documents), Role.STRONG)
        else:
            words = texts.text("{documents} saved in {folder}.", documents=documents, folder=self._folder.name)
            self._add_line(words, Role.STRONG, Tone.GOOD)
        if so_far.waiting:
            self._add_line(
                texts.plural("{n} person was not reached.", "{n} people were not reached.", len(so_far.waiting))
            )
        for left in so_far.left_out[:_MOST_NAMED]:
            row = self._rows[left.dossier]
            self._add_line(f"{row.name} · {row.number}: {text_for(left.error, texts)}")
        if len(so_far.left_out) > _MOST_NAMED:
            self._add_line(texts.text("And {count} more.", count=len(so_far.left_out) - _MOST_NAMED))

    def _stop(self) -> None:
        """Begin no other one; the one that is being made is finished and counted."""
        self._stopped = True

    def _fail(self, error: OpmaatError) -> None:
        if self._round is not None:
            self._finish(self._round)
        self._add_line(text_for(error, self._context.catalogue), Role.STRONG, Tone.WRONG)

    def _show_running(self, *, running: bool) -> None:
        for box in self._boxes.values():
            box.setEnabled(not running)
        self._meter.setVisible(running)
        self.stop_button.setVisible(running)
        self.print_button.setVisible(not running)
        self.save_button.setVisible(not running)
        if running:
            self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_line(self, words: str, role: Role = Role.BODY, tone: Tone = Tone.INK) -> None:
        self._said.addWidget(Text(self.theme, words, role, tone=tone))
