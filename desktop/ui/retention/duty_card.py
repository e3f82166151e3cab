"""Noting from when the law counts: the day the duty ended, or the day the person died."""

from datetime import date

from PySide6.QtCore import Qt, Signal

from desktop.i18n import Catalogue
from desktop.services.caseload.summary import DIED, ENDED
from desktop.services.dossier.typed_number import is_number_of
from desktop.services.rights.retention import DutyRow
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field, TextInput
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text


class DutyCard(Card):
    """`noted` is emitted with the dossier, the field of the record, and the day."""

    noted = Signal(str, str, object)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, padding=Space.BLOCK)
        self._texts = texts
        self._rows: tuple[DutyRow, ...] = ()
        text = texts.text
        self.body.addWidget(Text(theme, text("When the duty ended"), Role.CARD))
        hint = text("From this day the law counts how long a case is kept. It is noted in the case.")
        self.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        self.number = TextInput(theme, "duty.number", text("Case number"), placeholder="OP-7K3Q-22JD")
        self._number_field = Field(theme, text("Case number"), self.number)
        self._what = Segmented(theme, "duty.what", text("What happened?"), lambda _key: None)
        self._what.set_segments(
            [SegmentOption(ENDED, text("Duty ended")), SegmentOption(DIED, text("Person died"))], ENDED
        )
        self.day = TextInput(theme, "duty.day", text("Day"), placeholder="31-12-2026")
        self._day_field = Field(theme, text("Day"), self.day, hint=text("Day, month, year: 31-12-2026"))
        for widget in (self._number_field, self._what, self._day_field):
            self.body.addWidget(widget)
        button = Button(theme, text("Note this day"), "duty.note", icon="calendar")
        button.clicked.connect(self._note)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)

    def show_rows(self, rows: tuple[DutyRow, ...]) -> None:
        """Take the cases that may be named."""
        self._rows = rows

    def refuse_day(self, sentence: str) -> None:
        """Say what is wrong with the day."""
        self._day_field.refuse(sentence)

    def clear(self) -> None:
        """Empty the fields after a day was noted."""
        self.number.clear()
        self.day.clear()

    def _note(self) -> None:
        self._number_field.accept()
        self._day_field.accept()
        typed = self.number.text()
        row = next((each for each in self._rows if is_number_of(typed, each.dossier)), None)
        day = _read(self.day.text())
        if row is None:
            self._number_field.refuse(
                self._texts.text("No case in this vault has this number. Look at the people list.")
            )
        elif day is None:
            self._day_field.refuse(self._texts.text("Type the day as 31-12-2026."))
        else:
            self.noted.emit(row.dossier, self._what.chosen(), day)


def _read(typed: str) -> date | None:
    parts = typed.strip().split("-")
    try:
        day, month, year = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        return None
