"""Ties an answer control to the state of its answer: waits for a pause, offers what is typed, shows a refusal.

Cards and rows use it alike. What may happen in which order is decided in `services.interview.answer_state`.
"""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from desktop.i18n import N_, isolate
from desktop.i18n.figures import has_ethiopic_numerals
from desktop.services.interview.answer_state import AnswerState
from desktop.services.interview.card_texts import answer_text
from desktop.services.interview.page_parts import REMOVES_ROWS, AnswerStatus, ProblemText, QuestionView
from desktop.ui.questions.base import NO_FIGURES, AnswerWidget, CardCatalogues

PAUSE_MILLISECONDS = 700
"""How long nobody types before what stands in a control is kept."""

HELD_IN_STATES = "held_in_states"
"""Dynamic property of a widget: what is typed in it stands in the states of its page, also while it is not shown."""

WAYS_OUT: dict[AnswerStatus, str] = {"unknown": N_("I don't know"), "declined": N_("I'd rather not say")}
"""The two ways not to answer, which are answers too."""

_UNFIT = N_("This answer does not fit the question. Look at it again.")
_FALLS_AWAY = N_("With this answer this falls away: {what}. Go on once more if that is right; undo brings it back.")
_MEANWHILE = N_("Meanwhile another answer came in: {answer}. What is typed here takes its place when you go on.")


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said below a control in both languages, and whether it says that something is wrong."""

    dutch: str
    other: str
    wrong: bool


class AnswerBinding(QObject):
    """One control with its state.

    `given` carries status and value to be kept, `said` the words for the question beside this one; `changed` says that
    the state, and so the notice, may have changed.
    """

    given = Signal(str, str)
    said = Signal(str)
    changed = Signal()

    def __init__(self, control: AnswerWidget, state: AnswerState) -> None:
        super().__init__(control)
        self.control, self.state = control, state
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(lambda: self.flush(insist=False))
        control.edited.connect(self._take_edit)
        control.finished.connect(self._leave)
        control.said.connect(self.said)
        control.noticed.connect(self.changed)
        for kind in (QLineEdit, QPlainTextEdit):
            for field in control.findChildren(kind):
                field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the keys that walk from card to card to the page: a field would take them for a move by a word."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            walks = event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up}
            if walks and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier:
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    @property
    def is_refused(self) -> bool:
        """Tell whether what stands in the control was refused and not changed since."""
        return self.state.phase == "refused"

    @property
    def notice(self) -> Notice | None:
        """Return what is to be said about what stands in the control, in both languages; None for nothing."""
        state, words = self.state, self.control.catalogues
        if self.is_refused and state.problem is not None:
            return self._refusal(state.problem)
        if state.phase == "conflicting":
            question = self.control.question
            left, other = answer_text(question), isolate(answer_text(question, other=True))
            return Notice(
                words.left.text(_MEANWHILE, answer=left), words.person.text(_MEANWHILE, answer=other), wrong=False
            )
        remark = self.control.remark()
        return self._plain_notice(remark, wrong=False) if remark else None

    def show_question(self, question: QuestionView, catalogues: CardCatalogues, state: AnswerState) -> None:
        """Show the question as it now stands; what is typed and not kept stays."""
        self.state = state
        state.show(question.value)
        if question.status not in WAYS_OUT and state.take_up():
            self._pause.start()
        self.control.show_question(question, catalogues)
        if self.control.value() != state.value:
            self.control.show_value(state.value)
        self.show_state()

    def show_state(self) -> None:
        """Let the control look refused, or as usual."""
        self.control.set_refused(refused=self.is_refused)
        self.changed.emit()

    def flush(self, *, insist: bool = True) -> None:
        """Offer what stands in the control; with `insist`, what cannot be kept is refused."""
        self._pause.stop()
        if not self.control.isEnabled():
            return
        if insist:
            self.control.finish()
        sentence = self.control.unfinished()
        if sentence:
            if insist:
                words = self.control.catalogues
                problem = ProblemText("interview.unfinished", words.left.text(sentence), words.person.text(sentence))
                self.state.refuse(problem)
                self.show_state()
            return
        value = self.state.offer(insist=insist)
        if value is not None:
            self.given.emit("given" if value else "cleared", value)

    def choose_way_out(self, status: str, *, chosen: bool) -> None:
        """Give `status` (`unknown` or `declined`) as the answer, or take it back.

        What was typed is kept first where the form takes it, and comes back when the way out is taken back.
        """
        self.flush(insist=False)
        if chosen:
            self.state.give_up()
        self.given.emit(status if chosen else "cleared", "")

    def detach(self) -> None:
        """Let the control go: nothing it does from now on is an answer."""
        self._pause.stop()
        self.blockSignals(True)
        self.control.blockSignals(True)

    def _refusal(self, problem: ProblemText) -> Notice:
        words = self.control.catalogues
        if has_ethiopic_numerals(self.state.value):
            return self._plain_notice(NO_FIGURES, wrong=True)
        if problem.code == REMOVES_ROWS:
            dutch = words.left.text(_FALLS_AWAY, what=problem.dutch)
            return Notice(dutch, words.person.text(_FALLS_AWAY, what=isolate(problem.other)), wrong=True)
        return (
            Notice(problem.dutch, problem.other, wrong=True)
            if problem.dutch
            else self._plain_notice(_UNFIT, wrong=True)
        )

    def _plain_notice(self, msgid: str, *, wrong: bool) -> Notice:
        words = self.control.catalogues
        return Notice(words.left.text(msgid), words.person.text(msgid), wrong=wrong)

    def _leave(self) -> None:
        """Insist on a verdict where the control was left; looking into another window is no leaving."""
        self.flush(insist=self.control.window().isActiveWindow())

    def _take_edit(self) -> None:
        self.state.type(self.control.value())
        self.show_state()
        self._pause.start()
