"""Fields of the record that an officer fills in: each keeps itself when one leaves it, and says what it cannot read."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import Catalogue, format_date, with_plain_figures
from desktop.i18n.languages import DUTCH, language
from desktop.i18n.mark import N_
from desktop.plan.model.edits import as_date
from desktop.ui.design.theme import Theme
from desktop.ui.kit.controls.autosave_text import AutosaveTextEdit
from desktop.ui.kit.controls.date_input import DateInput, read_date
from desktop.ui.kit.controls.field import Field, TextInput
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from protocol.canonical import JsonValue

Kind = Literal["line", "day", "number"]
_MOST = 9999
_REFUSED = {
    "day": N_("Type the day as 31-12-2026."),
    "number": N_("Type a whole number from 1 to 9999."),
}


@dataclass(frozen=True, slots=True)
class KeptSpec:
    """One field: its name in the record, its label and hint (msgids of the interface), and what is typed in it."""

    field: str
    label: str
    kind: Kind = "line"
    hint: str = ""


class KeptLine(Field):
    """One line of text, one day or one number. `written` carries the field and its value, None for a blank one.

    `show_value` never overwrites what a person is typing.
    """

    written = Signal(str, object)

    def __init__(self, theme: Theme, texts: Catalogue, spec: KeptSpec) -> None:
        label, name = texts.text(spec.label), _name(spec.field)
        self._input = DateInput(theme, name, label, None) if spec.kind == "day" else TextInput(theme, name, label)
        if spec.kind == "number":
            self._input.setMaximumWidth(theme.px(160))
        super().__init__(theme, label, self._input, hint=texts.text(spec.hint) if spec.hint else "")
        self._texts, self._spec = texts, spec
        self._kept = ""
        self._input.editingFinished.connect(self.keep)

    def show_value(self, value: JsonValue) -> None:
        """Show what is kept."""
        day = as_date(value)
        shown = format_date(day) if day is not None and self._spec.kind == "day" else str(value or "")
        if self._input.text().strip() == self._kept:
            self._input.setText(shown)
            self.accept()
        self._kept = shown

    def keep(self) -> None:
        """Tell what is typed, when it differs from what is kept and can be read."""
        typed = self._input.text().strip()
        if typed == self._kept:
            self.accept()
            return
        value = _read(typed, self._spec.kind)
        if typed and value is None:
            self.refuse(self._texts.text(_REFUSED[self._spec.kind]))
            return
        self.accept()
        self._kept = typed
        self.written.emit(self._spec.field, value)

    def focus(self) -> None:
        """Put the keyboard here."""
        self._input.setFocus()


class KeptWords(Field):
    """Several lines of text; the same promises as a line."""

    written = Signal(str, object)

    def __init__(self, theme: Theme, field: str, label: str, hint: str = "", *, lines: int = 3) -> None:
        self._input = AutosaveTextEdit(theme, _name(field), label, lines=lines)
        self._input.write_in(language(DUTCH))  # what is decided is written in Dutch, whatever the interface speaks
        super().__init__(theme, label, self._input, hint=hint)
        self._input.written.connect(lambda text: self.written.emit(field, text or None))

    def show_value(self, value: JsonValue) -> None:
        """Show what is kept."""
        self._input.show_text(str(value or ""))

    def keep(self) -> None:
        """Tell what is typed, when it differs from what is kept."""
        self._input.keep()

    def focus(self) -> None:
        """Put the keyboard here."""
        self._input.setFocus()


class KeptChoice(Field):
    """One of a few; `options` are the value and the words of each, a blank value takes the choice back."""

    written = Signal(str, object)

    def __init__(
        self, theme: Theme, field: str, label: str, options: tuple[tuple[str, str], ...], hint: str = ""
    ) -> None:
        self._input = Segmented(theme, _name(field), label, lambda key: self.written.emit(field, key or None))
        self._input.set_segments([SegmentOption(key, words) for key, words in options], "")
        super().__init__(theme, label, self._input, hint=hint)

    def show_value(self, value: JsonValue) -> None:
        """Show what is kept."""
        self._input.choose(str(value or ""))

    def keep(self) -> None:
        """Nothing waits to be kept: a choice is told at once."""

    def focus(self) -> None:
        """Put the keyboard on the choice."""
        for part in self._input.findChildren(QWidget):
            if part.isVisible() and part.focusPolicy():
                part.setFocus()
                return


AnyKept = KeptLine | KeptWords | KeptChoice


def _name(field: str) -> str:
    return field.replace("/", ".")


def _read(typed: str, kind: Kind) -> JsonValue:
    """Return what is typed as it is kept; None for nothing, and for what cannot be read."""
    if kind == "day":
        day: date | None = read_date(typed)
        return None if day is None else day.isoformat()
    if kind == "number":
        figures = with_plain_figures(typed)
        return str(int(figures)) if figures.isdecimal() and 1 <= int(figures) <= _MOST else None
    return typed or None
