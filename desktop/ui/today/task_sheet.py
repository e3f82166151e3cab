"""A promise on a sheet: what, who, by when; or another date, or another owner, with the reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QCompleter, QWidget

from desktop.i18n.messages import text_for
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.date_input import DateInput
from desktop.ui.kit.controls.field import Field, TextInput
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet
from desktop.ui.kit.typography.text import Text
from protocol.errors import OpmaatError, UserError


@dataclass(frozen=True, slots=True)
class TypedTask:
    """What was typed; what the sheet does not ask is blank."""

    what: str
    who: str
    why: str
    day: date | None


@dataclass(frozen=True, slots=True)
class SheetFields:
    """What a sheet asks, each with what stands there at first; None for what it does not ask."""

    what: str | None = None
    who: str | None = None
    day: date | None = None
    asks_day: bool = False
    why: str | None = None


class TaskSheet(DialogSheet):
    """`on_keep` hears what was typed and a way to say that it was refused; the sheet closes with `accept`."""

    def __init__(
        self,
        context: UiContext,
        parent: QWidget,
        title: str,
        fields: SheetFields,
        colleagues: Sequence[str],
        on_keep: Callable[["TaskSheet", TypedTask], None],
    ) -> None:
        text = context.text
        super().__init__(context.theme, parent, title, "today.sheet", text("Cancel"))
        self._context, self._asks_day = context, fields.asks_day
        self._what = self._line("today.sheet.what", text("What?"), fields.what)
        self._who = self._line("today.sheet.who", text("Who?"), fields.who)
        if fields.who is not None:
            completer = QCompleter(list(colleagues), self._who)
            self._who.setCompleter(completer)
            if colleagues:
                known = text("Worked on cases here: {names}", names=", ".join(colleagues))
                self.fields.addWidget(Text(context.theme, known, Role.SMALL, tone=Tone.SOFT))
        self._day = DateInput(context.theme, "today.sheet.day", text("By when?"), fields.day)
        if fields.asks_day:
            self.fields.addWidget(Field(context.theme, text("By when?"), self._day))
        else:
            self._day.hide()
        self._why = self._line("today.sheet.why", text("Why?"), fields.why)
        self._refusal = Text(context.theme, role=Role.BODY, tone=Tone.WRONG)
        self._refusal.setObjectName("today.sheet.refusal")
        self.fields.addWidget(self._refusal)
        self._refusal.hide()
        self.fields.addStretch(1)
        keep = Button(context.theme, text("Keep"), "today.sheet.keep", kind="primary", icon="check")
        keep.clicked.connect(lambda _checked=False: self._keep(on_keep))
        self.add_primary(keep)
        asked = ((self._what, fields.what), (self._who, fields.who), (self._day, fields.asks_day or None))
        next((line for line, value in asked if value is not None), self._why).setFocus()
        self.resize(context.theme.px(560), context.theme.px(480))

    def refuse(self, error: OpmaatError) -> None:
        """Say why it was not kept; what was typed stays."""
        self._refusal.set_text(text_for(error, self._context.catalogue))
        self._refusal.show()

    def _line(self, name: str, label: str, value: str | None) -> TextInput:
        line = TextInput(self._context.theme, name, label)
        line.setText(value or "")
        if value is None:
            line.setParent(self)
            line.hide()
        else:
            self.fields.addWidget(Field(self._context.theme, label, line))
        return line

    def _keep(self, on_keep: Callable[["TaskSheet", TypedTask], None]) -> None:
        day = self._day.day()
        if self._asks_day and day is None:
            self.refuse(UserError("tasks.empty"))
            return
        on_keep(self, TypedTask(self._what.text(), self._who.text(), self._why.text(), day))
