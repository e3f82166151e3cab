"""The beginning of a conversation: how it is interpreted, and the number by which the interpreter is found again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.i18n import N_, Catalogue
from desktop.records import InterpreterMode
from desktop.services.interview.page_parts import TalkView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field, TextInput
from desktop.ui.kit.controls.radio import RadioBox
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet
from desktop.ui.kit.typography.text import Text

MODES: dict[InterpreterMode, str] = {
    InterpreterMode.NONE: N_("without interpreter"),
    InterpreterMode.PHONE: N_("interpreter on the phone"),
    InterpreterMode.ROOM: N_("interpreter in the room"),
    InterpreterMode.VIDEO: N_("interpreter on video"),
    InterpreterMode.COMPANION: N_("somebody the person knows interprets"),
}

_WITH_NUMBER = frozenset({InterpreterMode.PHONE, InterpreterMode.ROOM, InterpreterMode.VIDEO})
_LONGEST = 20


class ConversationSheet(DialogSheet):
    """Asks how the next conversation is interpreted. `begun` carries that, and the number, blank where there is none.

    The way and the number of the conversation before stand there: most people keep their interpreter.
    """

    begun = Signal(str, str)

    def __init__(self, theme: Theme, texts: Catalogue, parent: QWidget, before: TalkView | None) -> None:
        title = texts.text("Start a new conversation")
        super().__init__(theme, parent, title, "interview.conversation", texts.text("Cancel"))
        self._texts, self._modes, self._group = texts, tuple(MODES), QButtonGroup(self)
        self.fields.setSpacing(Space.SMALL)
        for number, mode in enumerate(self._modes):
            box = RadioBox(theme, texts.text(MODES[mode]), f"interview.talk.{mode.value}", height=48)
            box.setChecked(mode == (InterpreterMode.NONE if before is None else before.mode))
            self._group.addButton(box, number)
            self.fields.addWidget(box)
        words = texts.text("Number of the interpreter")
        self._number = TextInput(theme, "interview.talk.number", words)
        self._number.setMaxLength(_LONGEST)
        self._number.setText("" if before is None else before.interpreter)
        self._field = Field(theme, words, self._number)
        self._hint = Text(theme, role=Role.SMALL)
        for widget in (self._field, self._hint):
            self.fields.addWidget(widget)
        self.fields.addStretch(1)
        self._begin = Button(theme, texts.text("Begin"), "interview.talk.begin", kind="primary", icon="chat")
        self._begin.clicked.connect(self._start)
        self.add_primary(self._begin)
        self._group.idClicked.connect(lambda _number: self._show_number())
        self._number.textEdited.connect(lambda _text: self._show_hint(wrong=False))
        self.resize(theme.px(600), theme.px(580))
        self._show_number()

    @property
    def mode(self) -> InterpreterMode:
        """The way that is chosen."""
        return self._modes[max(0, self._group.checkedId())]

    def _show_number(self) -> None:
        for widget in (self._field, self._hint):
            widget.setVisible(self.mode in _WITH_NUMBER)
        self._show_hint(wrong=False)

    def _show_hint(self, *, wrong: bool) -> None:
        self._hint.set_tone(Tone.ACCENT if wrong else Tone.SOFT)
        self._hint.set_text(self._texts.text("A number with which the interpreter can be found again, not the name."))

    def _start(self) -> None:
        number = self._number.text().strip() if self.mode in _WITH_NUMBER else ""
        if number and not any(letter.isdigit() for letter in number):
            self._show_hint(wrong=True)
            self._number.setFocus()
            self._number.selectAll()
            return
        self.begun.emit(self.mode.value, number)
        self.accept()
