"""Choosing one or several from a list that fits on the card: with pictograms as cards, otherwise as rows."""

from PySide6.QtWidgets import QAbstractButton, QVBoxLayout

from desktop.services.interview.page_parts import ChoiceView, QuestionView
from desktop.ui.design.icons import has_pictogram
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role
from desktop.ui.kit.controls.button import SecondLabel
from desktop.ui.kit.controls.choice import ChoiceCard
from desktop.ui.questions.base import AnswerWidget, CardCatalogues
from desktop.ui.questions.parts.grid import EvenGrid
from desktop.ui.questions.parts.group import ChoiceGroup
from desktop.ui.questions.parts.lines import LabelLine
from desktop.ui.questions.parts.options import OptionButton

_CARDS_IN_A_ROW, _ROWS_BESIDE = 6, 3
_WIDE_ROW, _NARROW_ROW, _CARD = 190, 96, 132


class ChooseAnswer(AnswerWidget):
    """Cards or rows; every one shows both languages and can be pressed, or reached with arrows and space."""

    def __init__(self, theme: Theme, catalogues: CardCatalogues, question: QuestionView, prefix: str) -> None:
        super().__init__(theme, catalogues, question, prefix)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._arrange)
        self._build()
        self.show_value(question.value)

    def show_value(self, value: str) -> None:
        """Show what is chosen."""
        self._group.set_values(value.split() if self.question.kind == "many" else (value,))

    def show_words(self) -> None:
        """Make the buttons again; what is chosen stays."""
        chosen = self.value()
        had_focus = self._grid.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._column.removeWidget(self._grid)
        self._grid.deleteLater()
        self._group.deleteLater()
        self._build()
        self.show_value(chosen)
        if had_focus:
            self.focus_first()

    def value(self) -> str:
        """Return the chosen values, separated by spaces."""
        return " ".join(self._group.values())

    def focus_first(self) -> None:
        """Put the focus on the first chosen button, else on the first."""
        first = self._group.first()
        if first is not None:
            first.setFocus()

    def _build(self) -> None:
        question = self.question
        pictured = any(choice.picture and has_pictogram(choice.picture) for choice in question.choices)
        buttons = [(choice.value, self._card(choice) if pictured else self._row(choice)) for choice in question.choices]
        several = question.kind == "many"
        self._group = ChoiceGroup(buttons, several=several, parent=self)
        self._group.picked.connect(self.give)
        short = max((len(choice.dutch) for choice in question.choices), default=0) <= len("Met hulp") + 4
        least = self.theme.px(_CARD if pictured else _NARROW_ROW if short else _WIDE_ROW)
        most = _CARDS_IN_A_ROW if pictured or short else _ROWS_BESIDE
        self._grid = EvenGrid([button for _, button in buttons], most=most, least=least)
        self._grid.setAccessibleName(self.name_of(question.dutch))
        self._column.addWidget(self._grid)

    def _card(self, choice: ChoiceView) -> QAbstractButton:
        second = SecondLabel(choice.other, self.catalogues.other)
        name = f"{self._choice_name()}.{choice.value}"
        return ChoiceCard(
            self.theme, choice.dutch, name, pictogram=choice.picture, second=second, language=self.catalogues.dutch
        )

    def _row(self, choice: ChoiceView) -> QAbstractButton:
        lines = (
            LabelLine(choice.dutch, Role.BODY, self.catalogues.dutch),
            LabelLine(choice.other, Role.SMALL, self.catalogues.other, "ink_2"),
        )
        several = self.question.kind == "many"
        return OptionButton(self.theme, lines, f"{self._choice_name()}.{choice.value}", several=several)

    def _choice_name(self) -> str:
        return f"{self.prefix.removesuffix('.answer')}.choice"

    def _arrange(self) -> None:
        self._grid.arrange()
