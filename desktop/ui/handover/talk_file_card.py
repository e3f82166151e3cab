"""The talk of three for the calendars of all three: one file for colleagues, one in the language of the person."""

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.i18n import load_catalogue
from desktop.i18n.languages import DUTCH
from desktop.kernel.changes import Changes
from desktop.services.handover.talk_service import FILE_NAME, PlannedTalk
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Tone
from desktop.ui.handover.handover_texts import talk_moment
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.file_dialogs import ask_save
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId


class TalkFileCard(Card):
    """Shown where a talk was planned; on either side of the handover."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme)
        self._context = context
        self._dossier: DossierId | None = None
        self._sender = ""
        self._planned: PlannedTalk | None = None
        theme, text = context.theme, context.text
        self.setObjectName("talk.file")
        self.body.addWidget(Text(theme, text("The talk in your calendar"), Role.CARD))
        self._state = Text(theme, role=Role.BODY)
        hint = text(
            "Open the file in Outlook or Thunderbird, and give it to the other two. Who the talk is about is not in it."
        )
        self._hint = Text(theme, hint, Role.SMALL, tone=Tone.SOFT)
        self.button = Button(theme, text("Save for the calendar"), "talk.file.save", icon="calendar")
        self.button.clicked.connect(self._ask)
        self.call_off = Button(theme, text("Call the talk off"), "talk.file.call_off", kind="quiet", icon="undo")
        self.call_off.clicked.connect(self._call_off)
        self._saved = SavedLine(theme, "talk.file.saved")
        for part in (self._state, self._hint):
            self.body.addWidget(part)
        for control in (self.button, self.call_off, self._saved):
            self.body.addWidget(control, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def show_dossier(self, dossier: DossierId | None, sender: str) -> None:
        """Be about the talk of `dossier`, which `sender` prepared; None hides the card."""
        if dossier != self._dossier:
            self._saved.clear()
        self._dossier, self._sender = dossier, sender
        if dossier is None:
            self.hide()
            return
        service = self._context.services.talks
        self._context.run(lambda: service.planned(dossier), self._show, self)

    def save(self, path: Path) -> None:
        """Write the file to `path`, and one in the language of the person beside it."""
        dossier, planned, service = self._dossier, self._planned, self._context.services.talks
        if dossier is None or planned is None:
            return
        catalogues = [self._context.catalogue]
        if planned.language not in {DUTCH, self._context.catalogue.language.tag}:
            catalogues.append(load_catalogue(planned.language, "app"))
        self._context.run(
            lambda: service.save(dossier, path, self._sender, catalogues), self._tell_saved, self, on_error=self._failed
        )

    def _show(self, planned: PlannedTalk | None) -> None:
        self._planned = planned
        self.setVisible(planned is not None)
        if planned is None:
            return
        text, cancelled = self._context.text, planned.calendar.cancelled
        moment = talk_moment(planned.calendar.talk, self._context.catalogue)
        state = text("Called off: {moment}. Save the file and open it, so that calendars take it out.", moment=moment)
        self._state.set_text(state if cancelled else moment)
        self.call_off.setVisible(not planned.calendar.is_over)

    def _call_off(self) -> None:
        dossier, service = self._dossier, self._context.services.talks
        if dossier is not None:
            self._context.run(lambda: service.call_off(dossier), self._called_off, self, on_error=self._failed)

    def _called_off(self, changes: Changes) -> None:
        self._saved.clear()
        self.show_dossier(self._dossier, self._sender)
        self._context.publish(changes)

    def _tell_saved(self, files: tuple[Path, ...]) -> None:
        self._saved.saved(self._context.catalogue.plural("{n} file saved.", "{n} files saved.", len(files)))

    def _failed(self, error: OpmaatError) -> None:
        self._saved.clear()
        self._context.report(error)

    def _ask(self) -> None:
        title = self._context.text("Save for the calendar")
        path = ask_save(self, title, FILE_NAME, "iCalendar (*.ics)")
        if path is not None:
            self.save(path)
