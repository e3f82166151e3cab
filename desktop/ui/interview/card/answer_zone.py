"""The lower part of the card: the control, the two ways not to answer, and why an answer was refused."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_
from desktop.services.interview.answer_state import AnswerState, AnswerStates
from desktop.services.interview.page_parts import AnswerStatus, QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.interview.card.key_caps import KeyHint
from desktop.ui.kit.controls.button import Button, SecondLabel
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.answer_binding import HELD_IN_STATES, WAYS_OUT, AnswerBinding
from desktop.ui.questions.base import AnswerWidget, CardCatalogues
from desktop.ui.questions.choose import ChooseAnswer
from desktop.ui.questions.date import DateAnswer
from desktop.ui.questions.number import NumberAnswer
from desktop.ui.questions.registry import answer_widget

_LEAST = 640
"""Width in pixels to reckon with before the zone has been laid out."""

_REASONS: dict[AnswerStatus, str] = {
    "declined": N_("The person would rather not say. That is an answer too."),
    "unknown": N_("The person does not know. That is an answer too."),
}


class AnswerZone(QWidget):
    """Holds one answer control at a time.

    `given` carries address, status and value. A value comes at once from a choice, after a pause from typing, and
    always before the zone shows another question (`flush`). What was refused or not kept stays in `answers`. `typed`
    says that something was typed or chosen, or refused: it is to be seen.
    """

    given = Signal(str, str, str)
    typed = Signal()

    def __init__(self, theme: Theme, answers: AnswerStates, prefix: str = "interview.answer") -> None:
        super().__init__()
        self._theme = theme
        self._answers = answers
        self._prefix = prefix
        self.setProperty(HELD_IN_STATES, True)
        self._question: QuestionView | None = None
        self._binding: AnswerBinding | None = None
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._hint = KeyHint(theme)
        stem = prefix.removesuffix(".answer")
        self.unknown = Button(theme, "", f"{stem}.unknown", icon="question", height=Target.ANSWER - 4)
        self.decline = Button(theme, "", f"{stem}.decline", icon="hand", height=Target.ANSWER - 4)
        self._sign = Icon(theme, "warning", 18, Tone.WRONG)
        self._sentences = (Text(theme, role=Role.BODY, tone=Tone.WRONG), Text(theme, role=Role.BODY, tone=Tone.WRONG))
        for button, status in ((self.unknown, "unknown"), (self.decline, "declined")):
            button.setCheckable(True)
            button.clicked.connect(lambda checked, status=status: self.choose_way_out(status, chosen=checked))
        self._lay_out()

    @property
    def control(self) -> AnswerWidget | None:
        """The answer control on screen."""
        return None if self._binding is None else self._binding.control

    @property
    def asks(self) -> bool:
        """Tell whether there is anything to answer: a note only tells."""
        return self._question is not None and self._question.kind != "note"

    def show_question(self, question: QuestionView, catalogues: CardCatalogues) -> None:
        """Show the control of `question`; the same one when the question is the same, so that nothing typed is lost."""
        before, self._question = self._question, question
        state = self._answers.at(question.ref, question.value)
        if self._binding is None or before is None or not _same_control(before, question):
            self._replace(question, catalogues, state)
        self._show_ways_out(question, catalogues)
        if self._binding is not None:
            self._binding.show_question(question, catalogues, state)

    def flush(self, *, insist: bool = True) -> None:
        """Keep now what stands in the control, or, with `insist`, say why it cannot be kept."""
        if self._binding is not None:
            self._binding.flush(insist=insist)

    @property
    def is_stuck(self) -> bool:
        """Tell whether what stands in the control was refused."""
        return self._binding is not None and self._binding.is_refused

    def show_state(self) -> None:
        """Show what became of an offered value."""
        if self._binding is not None:
            self._binding.show_state()

    def choose_way_out(self, status: str, *, chosen: bool = True) -> None:
        """Give one of the ways not to answer, or take it back."""
        if self._binding is not None:
            self._binding.choose_way_out(status, chosen=chosen)

    def focus_refused(self) -> None:
        """Put the focus where what was refused can be changed."""
        if self._binding is not None and self._binding.is_refused:
            self._binding.control.focus_refused()
            self.typed.emit()

    def focus_first(self) -> None:
        """Put the focus where answering starts: the control, or the way out that was taken."""
        control = self.control
        if control is not None and control.isEnabled():
            control.focus_first()
        elif self.decline.isChecked():
            self.decline.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the ways out where there is room."""
        super().resizeEvent(event)
        self._direct()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.LARGE)
        self._line.setSpacing(Space.LARGE)
        nest(column, self._line)
        below = QHBoxLayout()
        below.setSpacing(Space.SMALL)
        below.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        for sentence in self._sentences:
            words.addWidget(sentence)
        nest(below, words, 1)
        nest(column, below)
        air = QWidget()
        self._ways_out = FlowRow((self._hint, air, self.unknown, self.decline), grows=air, gap=Space.MEDIUM)
        self._line.addWidget(self._ways_out)

    def _replace(self, question: QuestionView, catalogues: CardCatalogues, state: AnswerState) -> None:
        old = self.control
        if self._binding is not None:
            self._binding.detach()
        control = answer_widget(self._theme, catalogues, question, self._prefix)
        self._binding = binding = AnswerBinding(control, state)
        ref = question.ref
        binding.given.connect(lambda status, value: self.given.emit(ref, status, value))
        binding.said.connect(lambda text: self.given.emit(question.own_words_ref, "given" if text else "cleared", text))
        binding.changed.connect(self._show_sentences)
        control.edited.connect(self.typed)
        self._line.insertWidget(0, control, 1)
        control.show()
        if old is not None:
            self._put_away(old, control)

    def _put_away(self, old: AnswerWidget, successor: AnswerWidget) -> None:
        """Take `old` off the zone; its focus goes to `successor`, or Qt would look for the next stop of the window."""
        if old.isAncestorOf(self.focusWidget() or self):
            successor.focus_first()
        self._line.removeWidget(old)
        old.hide()
        old.deleteLater()

    def _direct(self) -> None:
        """Put the ways out beside a short control, below a wide one or where the width ends."""
        control = self.control
        wanted = 0 if control is None else control.sizeHint().width() + self._ways_out.sizeHint().width()
        short = isinstance(control, NumberAnswer | DateAnswer)
        beside = short and wanted + 2 * Space.LARGE <= max(self.width(), _LEAST)
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._line.setStretch(0, 1 if beside else 0)
        inset = Space.SMALL if beside else 0
        self._line.setContentsMargins(inset, max(0, inset - Space.HAIR), inset, inset)

    def _show_ways_out(self, question: QuestionView, catalogues: CardCatalogues) -> None:
        for button, words in ((self.unknown, WAYS_OUT["unknown"]), (self.decline, WAYS_OUT["declined"])):
            button.set_text(catalogues.left.text(words), SecondLabel(catalogues.person.text(words), catalogues.other))
        self.unknown.setChecked(question.status == "unknown")
        self.decline.setChecked(question.status == "declined")
        self._ways_out.setVisible(question.kind != "note")
        if self.control is not None:
            self.control.setEnabled(question.status != "declined" and not question.readonly)
        self._hint.show_for(catalogues.worker, shown=isinstance(self.control, ChooseAnswer))
        self._direct()

    def _show_sentences(self) -> None:
        binding, question = self._binding, self._question
        if binding is None or question is None:
            return
        words, notice = binding.control.catalogues, binding.notice
        if notice is not None:
            wrong = notice.wrong
            tone, icon = (Tone.WRONG, "warning") if wrong else (Tone.SOFT, "info")
            self._announce((notice.dutch, notice.other), tone, icon, words)
        elif question.status in _REASONS:
            self._announce((words.left.text(_REASONS[question.status]), ""), Tone.SOFT, "info", words)
        else:
            self._announce(("", ""), Tone.SOFT, "info", words)

    def _announce(self, texts: tuple[str, str], tone: Tone, icon: str, catalogues: CardCatalogues) -> None:
        for sentence, text, language in zip(self._sentences, texts, (catalogues.dutch, catalogues.other), strict=True):
            sentence.set_tone(tone)
            sentence.set_text(text, language)
            sentence.setVisible(bool(text))
        self._sign.set_icon(icon, tone)
        self._sign.setVisible(any(texts))


def _same_control(before: QuestionView, after: QuestionView) -> bool:
    return (before.ref, before.kind, before.appearance) == (after.ref, after.kind, after.appearance)
