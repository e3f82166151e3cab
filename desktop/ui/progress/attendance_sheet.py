"""Reading in a school's list: which column says what, what would be written, and only then a button that does it."""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.i18n.mark import N_
from desktop.i18n.messages import text_for
from desktop.kernel.changes import Changes
from desktop.plan.progress.attendance import ROLES, AttendanceTable, Role
from desktop.plan.progress.entry_texts import hours_text
from desktop.records.events.progress_bodies import HoursAbout
from desktop.services.progress.attendance_service import AttendanceChoice, AttendancePreview, PersonHours
from desktop.ui.context import UiContext
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role as TextRole
from desktop.ui.design.tokens import Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field, TextInput
from desktop.ui.kit.controls.file_dialogs import ask_open
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet
from desktop.ui.kit.typography.text import Text
from desktop.ui.progress.entry_sheet import ClosedList
from desktop.ui.progress.progress_texts import FOLLOWED, HOURS
from protocol.errors import OpmaatError, UserError

_ROLES: Mapping[Role, str] = {
    "person": N_("Case number or V-number"),
    "first": N_("First day"),
    "last": N_("Last day, where the list has one"),
    "hours": N_("Hours"),
    "half_days": N_("Half-days not there"),
    "notice": N_("Said before (yes or no)"),
    "reason": N_("Why not there"),
}
_MOST_SHOWN = 40
"""Rows that are named one by one; of more of them the number is said."""


class AttendanceSheet(DialogSheet):
    """`asked` carries a choice to look at, `taken` what was looked at and is to be written."""

    asked = Signal(object)
    taken = Signal(object, object)

    def __init__(
        self, theme: Theme, texts: Catalogue, parent: QWidget, table: AttendanceTable, choice: AttendanceChoice
    ) -> None:
        title = texts.text("Read in the list of a school")
        super().__init__(theme, parent, title, "attendance", texts.text("Cancel"))
        self._texts = texts
        self._looked: tuple[AttendancePreview, AttendanceChoice] | None = None
        self.source = TextInput(theme, "attendance.source", texts.text("Whose list is it?"))
        self.source.setText(choice.source)
        self.fields.addWidget(Field(theme, texts.text("Whose list is it?"), self.source))
        self.about = ClosedList(theme, "attendance.about", texts.text("Hours of what?"))
        self.about.fill([(key, texts.text(HOURS[key])) for key in FOLLOWED], choice.about)
        self.fields.addWidget(Field(theme, texts.text("Hours of what?"), self.about))
        self.columns: dict[Role, ClosedList] = {}
        for role in ROLES:
            box = ClosedList(theme, f"attendance.{role}", texts.text(_ROLES[role]))
            box.fill([("", "–"), *((each, each) for each in table.columns)], choice.roles.get(role, ""))
            self.columns[role] = box
            self.fields.addWidget(Field(theme, texts.text(_ROLES[role]), box))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.HAIR)
        nest(self.fields, self._lines)
        self.fields.addStretch(1)
        self.look = Button(theme, texts.text("Look what is in it"), "attendance.look", icon="search")
        self.look.clicked.connect(lambda: self.asked.emit(self.choice()))
        self.buttons.addWidget(self.look)
        self.save = Button(theme, texts.text("Read in"), "attendance.save", kind="primary", icon="check")
        self.save.clicked.connect(self._take)
        self.add_primary(self.save)
        for each in (self.about, *self.columns.values()):
            each.activated.connect(self._forget)
        self.source.textEdited.connect(self._forget)
        self._forget()
        self.resize(theme.px(720), theme.px(680))

    def choice(self) -> AttendanceChoice:
        """Return how the list is to be read."""
        roles = {role: box.chosen() for role, box in self.columns.items() if box.chosen()}
        return AttendanceChoice(roles, cast("HoursAbout", self.about.chosen()), self.source.text().strip())

    def show_preview(self, preview: AttendancePreview, choice: AttendanceChoice) -> None:
        """Show what would be written, and every row that is left out with the reason."""
        texts = self._texts
        clear(self._lines)
        for person in preview.people:
            self._line(self._person(person), TextRole.STRONG)
        if preview.same:
            self._line(
                texts.plural("{n} entry is recorded already.", "{n} entries are recorded already.", preview.same)
            )
        if preview.bad:
            words = texts.plural("{n} row cannot be read in:", "{n} rows cannot be read in:", len(preview.bad))
            self._line(words, TextRole.STRONG, Tone.ACCENT)
        for row in preview.bad[:_MOST_SHOWN]:
            self._line(texts.text("Row {n}: {why}", n=row.number, why=text_for(UserError(row.code), texts)))
        self._looked = (preview, choice) if preview.people else None
        if preview.people:
            self.save.enable()
        else:
            self._line(texts.text("Nothing in this list is new."), TextRole.STRONG)

    def refuse(self, error: OpmaatError) -> None:
        """Say why the list cannot be looked at like this."""
        clear(self._lines)
        self._line(text_for(error, self._texts), TextRole.STRONG, Tone.WRONG)

    def _person(self, person: PersonHours) -> str:
        return self._texts.text(
            "{name} · {number}: {hours} hours, {half_days} half-days not there",
            name=person.name,
            number=person.number,
            hours=hours_text(person.minutes),
            half_days=person.half_days,
        )

    def _line(self, words: str, role: TextRole = TextRole.BODY, tone: Tone = Tone.INK) -> None:
        self._lines.addWidget(Text(self.theme, words, role, tone=tone))

    def _forget(self) -> None:
        """Only what was looked at can be read in."""
        self._looked = None
        self.save.disable(self._texts.text("Look what is in it first."))

    def _take(self) -> None:
        if self._looked is not None:
            self.taken.emit(*self._looked)
            self.accept()


class AttendanceFlow(QObject):
    """From a file to what was written; `taken` carries what changed."""

    taken = Signal(object)

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def choose(self) -> None:
        """Ask for the file of a list."""
        filters = self._context.text("Lists (*.xlsx *.csv)")
        path = ask_open(self._page, self._context.text("Read in the list of a school"), filters)
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Show the list at `path`."""
        lists = self._context.services.attendance
        self._context.run(lambda: lists.open(path), lambda read: self._show(*read), self)

    def _show(self, table: AttendanceTable, choice: AttendanceChoice) -> None:
        sheet = AttendanceSheet(self._context.theme, self._context.catalogue, self._page, table, choice)
        sheet.asked.connect(lambda chosen: self._look(sheet, table, chosen))
        sheet.taken.connect(self._take)
        sheet.open()

    def _look(self, sheet: AttendanceSheet, table: AttendanceTable, choice: AttendanceChoice) -> None:
        lists = self._context.services.attendance
        self._context.run(
            lambda: lists.preview(table, choice),
            lambda preview: sheet.show_preview(preview, choice),
            sheet,
            on_error=sheet.refuse,
        )

    def _take(self, preview: AttendancePreview, choice: AttendanceChoice) -> None:
        lists = self._context.services.attendance
        self._context.run(lambda: lists.take_in(preview, choice), self._done, self)

    def _done(self, changes: Changes) -> None:
        self.taken.emit(changes)
