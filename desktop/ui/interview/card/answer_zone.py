"""The lower part of the card: the control, the two ways not to answer, and why an answer was refused."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_
from desktop.services.interview.page_parts import AnswerStatus, ProblemText, QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.interview.card.key_caps import KeyHint
from desktop.ui.kit.controls.button import Button, Second
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.base import AnswerWidget, CardCatalogues
from desktop.ui.questions.choose import ChooseAnswer
from desktop.ui.questions.date import DateAnswer
from desktop.ui.questions.number import NumberAnswer
from desktop.ui.questions.registry import answer_widget

PAUSE_MILLISECONDS = 700
"""How long nobody types before what stands in a field is kept."""

_LEAST = 640
"""Width in pixels to reckon with before the zone has been laid out."""

_UNKNOWN, _DECLINE = N_("I don't know"), N_("I'd rather not say")
_REASONS: dict[AnswerStatus, str] = {
    "declined": N_("The person would rather not say. That is an answer too."),
    "unknown": N_("The person does not know. That is an answer too."),
}
_HALF_DATE = N_("Fill in day, month and year. If only the year is known, fill in 1 and 1.")


class AnswerZone(QWidget):
    """Holds one answer control at a time.

    `given` carries status and value. A value comes at once from a choice, after a pause from typing, and always before
    the zone shows another question (`flush`).
    """

    given = Signal(str, str)

    def __init__(self, theme: Theme, prefix: str = "interview.answer") -> None:
        super().__init__()
        self._theme = theme
        self._prefix = prefix
        self._control: AnswerWidget | None = None
        self._catalogues: CardCatalogues | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.flush)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._hint = KeyHint(theme)
        stem = prefix.removesuffix(".answer")
        self.unknown = Button(theme, "", f"{stem}.unknown", icon="question", height=Target.ANSWER - 4)
        self.decline = Button(theme, "", f"{stem}.decline", icon="hand", height=Target.ANSWER - 4)
        self._sign = Icon(theme, "warning", 18, Tone.WRONG)
        self._sentences = (Text(theme, role=Role.BODY, tone=Tone.WRONG), Text(theme, role=Role.BODY, tone=Tone.WRONG))
        for button, status in ((self.unknown, "unknown"), (self.decline, "declined")):
            button.setCheckable(True)
            button.clicked.connect(lambda checked, status=status: self._pressed(status, checked=checked))
        self._lay_out()

    @property
    def control(self) -> AnswerWidget | None:
        """The answer control on screen."""
        return self._control

    def show_question(self, question: QuestionView, catalogues: CardCatalogues) -> None:
        """Show the control of `question`; the same one when the question is the same, so that nothing typed is lost."""
        same = self._control is not None and _same_control(self._control.question, question)
        self._catalogues = catalogues
        if same and self._control is not None:
            self._control.show_question(question, catalogues)
        else:
            self._replace(question, catalogues)
        self._show_ways_out(question, catalogues)
        self.accept()
        if question.status in _REASONS:
            self._say(catalogues.left.text(_REASONS[question.status]), "", Tone.SOFT, "info", catalogues)

    def flush(self) -> None:
        """Keep now what stands in the control, or say why it cannot be kept."""
        self._pause.stop()
        control = self._control
        if control is None or self._catalogues is None or not control.isEnabled():
            return
        if control.is_unfinished():
            catalogues = self._catalogues
            self.refuse(
                ProblemText("interview.half_date", catalogues.left.text(_HALF_DATE), catalogues.person.text(_HALF_DATE))
            )
            return
        control.flush()

    @property
    def is_stuck(self) -> bool:
        """Tell whether something unfinished stands in the control that would be lost."""
        return self._control is not None and self._control.isEnabled() and self._control.is_unfinished()

    def refuse(self, problem: ProblemText) -> None:
        """Show that the form refused the answer, and its sentence in both languages."""
        if self._control is not None:
            self._control.set_refused(refused=True)
        if self._catalogues is not None:
            self._say(problem.dutch, problem.other, Tone.WRONG, "warning", self._catalogues)

    def accept(self) -> None:
        """Take the sentence away."""
        if self._control is not None:
            self._control.set_refused(refused=False)
        self._sign.hide()
        for sentence in self._sentences:
            sentence.hide()

    def focus_first(self) -> None:
        """Put the focus where answering starts: the control, or the way out that was taken."""
        if self._control is not None and self._control.isEnabled():
            self._control.focus_first()
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
        self._ways_out = QWidget()
        ways = QHBoxLayout(self._ways_out)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(Space.MEDIUM)
        ways.addWidget(self._hint)
        ways.addStretch(1)
        ways.addWidget(self.unknown)
        ways.addWidget(self.decline)
        self._line.addWidget(self._ways_out)

    def _replace(self, question: QuestionView, catalogues: CardCatalogues) -> None:
        self._pause.stop()
        if self._control is not None:
            self._line.removeWidget(self._control)
            self._control.hide()
            self._control.deleteLater()
        control = answer_widget(self._theme, catalogues, question, self._prefix)
        control.given.connect(self._gave)
        control.typing.connect(self._pause.start)
        self._control = control
        self._line.insertWidget(0, control, 1)
        control.show()
        self._direct()

    def _direct(self) -> None:
        """Put the ways out beside a short control, below a wide one or where the width ends."""
        control = self._control
        wanted = 0 if control is None else control.sizeHint().width() + self._ways_out.minimumSizeHint().width()
        short = isinstance(control, NumberAnswer | DateAnswer)
        beside = short and wanted + 2 * Space.LARGE <= max(self.width(), _LEAST)
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._line.setStretch(0, 1 if beside else 0)
        inset = Space.SMALL if beside else 0
        self._line.setContentsMargins(inset, max(0, inset - Space.HAIR), inset, inset)

    def _show_ways_out(self, question: QuestionView, catalogues: CardCatalogues) -> None:
        for button, words in ((self.unknown, _UNKNOWN), (self.decline, _DECLINE)):
            button.set_text(catalogues.left.text(words), Second(catalogues.person.text(words), catalogues.other))
        self.unknown.setChecked(question.status == "unknown")
        self.decline.setChecked(question.status == "declined")
        self._ways_out.setVisible(question.kind != "note")
        if self._control is not None:
            self._control.setEnabled(question.status != "declined" and not question.readonly)
        self._hint.show_for(catalogues.worker, shown=isinstance(self._control, ChooseAnswer))
        self._direct()

    def _gave(self, value: str) -> None:
        self._pause.stop()
        self.given.emit("given" if value else "cleared", value)

    def _pressed(self, status: str, *, checked: bool) -> None:
        self._pause.stop()
        self.given.emit(status if checked else "cleared", "")

    def _say(self, first: str, second: str, tone: Tone, icon: str, catalogues: CardCatalogues) -> None:
        for sentence, text, language in zip(
            self._sentences, (first, second), (catalogues.dutch, catalogues.other), strict=True
        ):
            sentence.set_tone(tone)
            sentence.set_text(text, language)
            sentence.setVisible(bool(text))
        self._sign.set_icon(icon, tone)
        self._sign.setVisible(bool(first or second))


def _same_control(before: QuestionView, after: QuestionView) -> bool:
    return (before.ref, before.kind, before.appearance) == (after.ref, after.kind, after.appearance)
