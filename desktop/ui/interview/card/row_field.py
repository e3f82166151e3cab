"""One question in the editor of a row: its words in both languages above the control, its refusal below."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.i18n import N_, isolate
from desktop.kernel.ref import Ref
from desktop.services.interview.page_parts import AnswerStatus, ProblemText, QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.interview.card.answer_zone import PAUSE_MILLISECONDS
from desktop.ui.interview.card.label_pair import LabelPair
from desktop.ui.kit.controls.button import IconButton
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.base import CardCatalogues
from desktop.ui.questions.registry import row_widget

_SAID: dict[AnswerStatus, str] = {"declined": N_("would rather not say"), "unknown": N_("does not know")}


_WAYS_OUT: dict[AnswerStatus, str] = {"unknown": N_("I don't know"), "declined": N_("I'd rather not say")}
_SMALL_TARGET = 28


class RowField(QWidget):
    """Shows one question of a row. `given` carries address, status and value.

    Not knowing and rather not saying are answers here too, behind the three dots beside the label.
    """

    given = Signal(str, str, str)

    def __init__(self, theme: Theme, question: QuestionView, catalogues: CardCatalogues) -> None:
        super().__init__()
        self.question = question
        name = f"interview.row.{Ref.parse(question.ref).name}"
        self.control = row_widget(theme, catalogues, question, name)
        self._theme, self._catalogues = theme, catalogues
        self._label = LabelPair(theme)
        self._ways = IconButton(theme, "more", "", f"{name}.ways")
        self._ways.clicked.connect(self._offer_ways_out)
        theme.changed.connect(self._fit)
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
        head = QHBoxLayout()
        nest(column, head)
        head.addWidget(self._label, 1)
        head.addWidget(self._ways, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._hint)
        column.addStretch(1)
        column.addWidget(self.control)
        column.addWidget(self._sentence)
        self._fit()
        self.show_question(question, catalogues)

    def show_question(self, question: QuestionView, catalogues: CardCatalogues) -> None:
        """Show the question as it now stands; half-typed text stays."""
        self.question, self._catalogues = question, catalogues
        self._ways.set_label(catalogues.worker.text("Other answers to: {question}", question=question.dutch.label))
        self._label.show_texts(question.dutch, catalogues.dutch, question.other, catalogues.other)
        self._hint.set_text(question.dutch.hint, catalogues.dutch, question.dutch.styled_hint)
        self._hint.setVisible(bool(question.dutch.hint))
        self.control.show_question(question, catalogues)
        self.control.set_refused(refused=False)
        said = _SAID.get(question.status, "")
        self._sentence.set_tone(Tone.SOFT)
        self._sentence.set_text(catalogues.worker.text(said) if said else "")
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

    def _offer_ways_out(self) -> None:
        """Open a menu with the ways out in both languages; choosing the present one takes it back."""
        menu = QMenu(self)
        for status, msgid in _WAYS_OUT.items():
            words = f"{self._catalogues.left.text(msgid)} · {isolate(self._catalogues.person.text(msgid))}"
            action = menu.addAction(words)
            action.setObjectName(f"{self._ways.objectName()}.{status}")
            action.setCheckable(True)
            action.setChecked(self.question.status == status)
            action.triggered.connect(lambda checked, status=status: self._say(status if checked else "cleared"))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._ways.mapToGlobal(self._ways.rect().bottomLeft()))

    def _say(self, status: str) -> None:
        self._pause.stop()
        self.given.emit(self.question.ref, status, "")

    def _fit(self) -> None:
        side = self._theme.px(_SMALL_TARGET)
        self._ways.setFixedSize(side, side)

    def _gave(self, value: str) -> None:
        self._pause.stop()
        self.given.emit(self.question.ref, "given" if value else "cleared", value)
