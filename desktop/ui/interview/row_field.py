"""One question in the editor of a row: its words in both languages above the control, its refusal below."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import N_
from desktop.services.interview_parts import AnswerStatus, ProblemText, QuestionView
from desktop.ui.interview.answer_zone import PAUSE_MILLISECONDS
from desktop.ui.interview.label_pair import LabelPair
from desktop.ui.kit.text import Text
from desktop.ui.questions.base import Speech
from desktop.ui.questions.registry import row_widget
from desktop.ui.theme import Theme
from desktop.ui.tokens import Role, Space, Tone

_SAID: dict[AnswerStatus, str] = {"declined": N_("would rather not say"), "unknown": N_("does not know")}


class RowField(QWidget):
    """Shows one question of a row. `given` carries address, status and value."""

    given = Signal(str, str, str)

    def __init__(self, theme: Theme, question: QuestionView, speech: Speech) -> None:
        super().__init__()
        self.question = question
        name = f"interview.row.{question.ref.rpartition('/')[2]}"
        self.control = row_widget(theme, speech, question, name)
        self._label = LabelPair(theme)
        self._hint = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self._sentence = Text(theme, role=Role.SMALL, tone=Tone.WRONG)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.flush)
        self.control.typing.connect(self._pause.start)
        self.control.given.connect(self._gave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addWidget(self._label)
        column.addWidget(self._hint)
        column.addStretch(1)
        column.addWidget(self.control)
        column.addWidget(self._sentence)
        self.show_question(question, speech)

    def show_question(self, question: QuestionView, speech: Speech) -> None:
        """Show the question as it now stands; half-typed text stays."""
        self.question = question
        second = "" if question.other.missing else question.other.label
        self._label.show_words(question.dutch.label, speech.dutch, second, speech.other)
        self._hint.set_text(question.dutch.hint, speech.dutch)
        self._hint.setVisible(bool(question.dutch.hint))
        self.control.show_question(question, speech)
        self.control.set_refused(refused=False)
        said = _SAID.get(question.status, "")
        self._sentence.set_tone(Tone.SOFT)
        self._sentence.set_text(speech.worker.text(said) if said else "")
        self._sentence.setVisible(bool(said))

    def flush(self) -> None:
        """Keep now what stands in the control."""
        self._pause.stop()
        if not self.control.is_unfinished():
            self.control.flush()

    def refuse(self, problem: ProblemText) -> None:
        """Show why the form refused what stands here."""
        self.control.set_refused(refused=True)
        self._sentence.set_tone(Tone.WRONG)
        self._sentence.set_text(problem.dutch)
        self._sentence.show()

    def _gave(self, value: str) -> None:
        self._pause.stop()
        self.given.emit(self.question.ref, "given" if value else "cleared", value)
