"""The question to the person: does this plan fit you? Yes and not yet have the same size."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.plan.model.spoken import FITS, NOT_YET, WHAT_ELSE, YES
from desktop.services.plan.plan_parts import PlanView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.autosave_text import AutosaveTextEdit
from desktop.ui.kit.controls.button import Button, SecondLabel
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text


class FeedbackCard(Card):
    """`answered` carries yes or no, and what should be different in Dutch and as said."""

    answered = Signal(str, str, str)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, padding=theme.px(18))
        self.body.setContentsMargins(theme.px(18), theme.px(14), theme.px(18), theme.px(16))
        row = QHBoxLayout()
        row.setSpacing(theme.px(Space.MEDIUM))
        words = QVBoxLayout()
        words.setSpacing(0)
        self._question = Text(theme, texts.text("Does this plan fit you?"), Role.STRONG)
        self._other = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        words.addWidget(self._question)
        words.addWidget(self._other)
        nest(row, words, 1)
        self.yes = Button(theme, texts.text("Yes"), "plan.feedback.yes", icon="check", height=60)
        self.no = Button(theme, texts.text("Not yet"), "plan.feedback.no", icon="pencil", height=60)
        self._labels = (texts.text("Yes"), texts.text("Not yet"))
        group = QButtonGroup(self)
        for button in (self.yes, self.no):
            button.setCheckable(True)
            group.addButton(button)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        group.setExclusive(False)
        nest(self.body, row)
        self._what = QWidget()
        column = QVBoxLayout(self._what)
        column.setContentsMargins(0, 0, 0, 0)
        self._ask = Text(theme, texts.text("What should be different?"), Role.SMALL_STRONG)
        self._ask_other = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self.words = AutosaveTextEdit(theme, "plan.feedback.words", texts.text("What should be different?"), lines=2)
        for part in (self._ask, self._ask_other, self.words):
            column.addWidget(part)
        self.body.addWidget(self._what)
        self.yes.clicked.connect(lambda: self._answer("yes"))
        self.no.clicked.connect(lambda: self._answer("no"))
        self.words.written.connect(lambda text: self.answered.emit("no", text, ""))

    def show_view(self, view: PlanView) -> None:
        """Show what the person said."""
        self._other.set_text(view.fixed_text(FITS).other, view.second)
        self._ask_other.set_text(view.fixed_text(WHAT_ELSE).other, view.second)
        for button, label, source in zip((self.yes, self.no), self._labels, (YES, NOT_YET), strict=True):
            second = view.fixed_text(source).other
            button.set_text(label, SecondLabel(second, view.second) if second else None)
        agrees = view.plan.agrees
        self.yes.setChecked(agrees == "yes")
        self.no.setChecked(agrees in {"no", "partly"})
        self._what.setVisible(agrees in {"no", "partly"})
        self.words.show_text(view.plan.feedback.dutch)

    def keep(self) -> None:
        """Keep what is being written."""
        self.words.keep()

    def _answer(self, agrees: str) -> None:
        self.yes.setChecked(agrees == "yes")
        self.no.setChecked(agrees == "no")
        self.answered.emit(agrees, self.words.toPlainText().strip() if agrees == "no" else "", "")
