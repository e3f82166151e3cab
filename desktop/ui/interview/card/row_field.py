"""One question in the editor of a row: its words in both languages above the control, its refusal below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.i18n import N_, isolate
from desktop.kernel.ref import Ref
from desktop.services.interview.answer_state import AnswerStates
from desktop.services.interview.page_parts import AnswerStatus, QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.interview.card.label_pair import LabelPair
from desktop.ui.kit.controls.button import IconButton
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.answer_binding import HELD_IN_STATES, WAYS_OUT, AnswerBinding
from desktop.ui.questions.base import CardCatalogues
from desktop.ui.questions.registry import row_widget

_STATUS_TEXTS: dict[AnswerStatus, str] = {"declined": N_("would rather not say"), "unknown": N_("does not know")}


_SMALL_TARGET = 28


class RowField(QWidget):
    """Shows one question of a row. `given` carries address, status and value.

    Not knowing and rather not saying are answers here too, behind the three dots beside the label.
    """

    given = Signal(str, str, str)

    def __init__(self, theme: Theme, question: QuestionView, catalogues: CardCatalogues, answers: AnswerStates) -> None:
        super().__init__()
        self.question = question
        self.setProperty(HELD_IN_STATES, True)
        name = f"interview.row.{Ref.parse(question.ref).name}"
        self.control = row_widget(theme, catalogues, question, name)
        self._theme, self._catalogues, self._answers = theme, catalogues, answers
        self.binding = AnswerBinding(self.control, answers.at(question.ref, question.value))
        self._label = LabelPair(theme)
        self._ways = IconButton(theme, "more", "", f"{name}.ways")
        self._ways.clicked.connect(self._offer_ways_out)
        theme.changed.connect(self._fit)
        self._hint = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self._sentence = Text(theme, role=Role.SMALL, tone=Tone.WRONG)
        self.binding.given.connect(lambda status, value: self.given.emit(self.question.ref, status, value))
        self.binding.said.connect(
            lambda text: self.given.emit(self.question.own_words_ref, "given" if text else "cleared", text)
        )
        self.binding.changed.connect(self._show_sentence)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addWidget(self._label)
        column.addWidget(self._hint)
        column.addStretch(1)
        answer = QHBoxLayout()
        nest(column, answer)
        answer.addWidget(self.control, 1)
        answer.addWidget(self._ways, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._sentence)
        self._fit()
        self.show_question(question, catalogues)

    def show_question(self, question: QuestionView, catalogues: CardCatalogues) -> None:
        """Show the question as it now stands; what is typed and not kept stays."""
        self.question, self._catalogues = question, catalogues
        self._ways.set_label(catalogues.worker.text("Other answers to: {question}", question=question.dutch.label))
        self._label.show_texts(question.dutch, catalogues.dutch, question.other, catalogues.other)
        self._hint.set_text(question.dutch.hint, catalogues.dutch, question.dutch.styled_hint)
        self._hint.setVisible(bool(question.dutch.hint))
        self.binding.show_question(question, catalogues, self._answers.at(question.ref, question.value))

    def _show_sentence(self) -> None:
        notice, status = self.binding.notice, _STATUS_TEXTS.get(self.question.status, "")
        self._sentence.set_tone(Tone.WRONG if notice is not None and notice.wrong else Tone.SOFT)
        status_text = self._catalogues.worker.text(status) if status else ""
        self._sentence.set_text(status_text if notice is None else notice.dutch)
        self._sentence.setVisible(bool(self._sentence.plain()))

    def _offer_ways_out(self) -> None:
        """Open a menu with the ways out in both languages; choosing the present one takes it back."""
        menu = QMenu(self)
        for status, msgid in WAYS_OUT.items():
            words = f"{self._catalogues.left.text(msgid)} · {isolate(self._catalogues.person.text(msgid))}"
            action = menu.addAction(words)
            action.setObjectName(f"{self._ways.objectName()}.{status}")
            action.setCheckable(True)
            action.setChecked(self.question.status == status)
            action.triggered.connect(lambda checked, status=status: self.binding.choose_way_out(status, chosen=checked))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._ways.mapToGlobal(self._ways.rect().bottomLeft()))

    def _fit(self) -> None:
        side = self._theme.px(_SMALL_TARGET)
        self._ways.setFixedSize(side, side)
