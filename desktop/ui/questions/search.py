"""Choosing from a long list by typing: countries, languages, occupations. Finds a name in either language.

Letters that are no choice stand behind the chosen values after `LETTERS`. They are kept as "other" where the form asks
for words too; where it has no place for them they stay in the field, with the choices that look like them.
"""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from desktop.i18n import N_, isolate, sought_words
from desktop.services.interview.page_parts import ChoiceView, QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Target
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.questions.base import AnswerWidget, CardCatalogues, focus_behind, mark_refused
from desktop.ui.questions.parts.folded_completer import FoldedCompleter
from desktop.ui.questions.parts.near_choices import label_of, near_choices, spellings_of

LETTERS = "\n"
"""Between the chosen values and the letters that are no choice; no value holds one."""

_NOT_LISTED = N_("Nothing in the list fits this. Choose from the list, or empty the field.")
_OTHERWISE = N_("This is not in the list. It is kept as “other”, in these words.")


class SearchAnswer(AnswerWidget):
    """A field that completes; with several answers each chosen one stands below it and can be taken away."""

    def __init__(self, theme: Theme, catalogues: CardCatalogues, question: QuestionView, prefix: str) -> None:
        super().__init__(theme, catalogues, question, prefix)
        self._several = question.kind == "many"
        self._chosen: tuple[str, ...] = ()
        self._values: dict[str, str] = {}
        self._field = QLineEdit()
        self._field.setObjectName(prefix)
        self._completer = FoldedCompleter(self)
        self._field.setCompleter(self._completer)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._field)
        self._below = FlowRow(())
        self._near = FlowRow(())
        self._offered: tuple[ChoiceView, ...] = ()
        self._completer.activated[str].connect(self._pick)  # type: ignore[index]  # the stub does not know overloaded signals
        self._field.textEdited.connect(lambda _text: self.edited.emit())
        self._field.editingFinished.connect(self.finished)
        theme.changed.connect(self._restyle)
        self.show_value(question.value)
        self.show_words()
        self._restyle()

    def show_question(self, question: QuestionView, catalogues: CardCatalogues) -> None:
        """Show the same question with other words or state; letters that are no choice stay."""
        said = question.own_words != self.question.own_words
        super().show_question(question, catalogues)
        if said:
            self._show_chosen(keep_letters=self._is_typing())

    def show_value(self, value: str) -> None:
        """Show what is chosen, and the letters behind it."""
        values, _, letters = value.partition(LETTERS)
        self._chosen = tuple(values.split()) if self._several else ((values,) if values else ())
        self._show_chosen()
        if letters:
            self._field.setText(letters)
            self._field.setModified(True)

    def show_words(self) -> None:
        """Offer the choices in both languages."""
        self._values = {label_of(choice): choice.value for choice in self.question.choices}
        self._completer.offer(self._values)
        self._field.setAccessibleName(self.name_of(self.question.dutch))
        self._field.setPlaceholderText(self.catalogues.worker.text("Type the first letters"))
        self._show_chosen(keep_letters=self._is_typing())

    def value(self) -> str:
        """Return the chosen values, separated by spaces, with the letters that are no choice behind them."""
        letters = f"{LETTERS}{self._field.text().strip()}" if self._is_typing() else ""
        return " ".join(self._chosen) + letters

    def finish(self) -> None:
        """Take the letters for the choice they can only mean, or for what nothing in the list fits."""
        typed = self._field.text().strip()
        found = self._match(typed)
        if not typed and not self._several and self._chosen:
            self._give(())
        elif found is not None:
            self._pick(found)
        elif self._is_typing() and self.question.own_choice:
            self._keep_words(typed)

    def remark(self) -> str:
        """Tell that what stands here is kept in words of one's own."""
        return _OTHERWISE if self._own_words() else ""

    def unfinished(self) -> str:
        """Tell of letters that are no choice."""
        return _NOT_LISTED if self._is_typing() else ""

    def set_refused(self, *, refused: bool) -> None:
        """Colour the border of the field, and offer the choices that look like what was typed, kept or not."""
        mark_refused(self._field, refused=refused)
        typed = self._field.text() if refused and self._is_typing() else self._own_words()
        own = self.question.own_choice
        near = tuple(choice for choice in near_choices(typed, self.question.choices) if choice.value != own)
        if near != self._offered:
            self._offered = near
            self._near = self._replace(self._near, [self._suggestion(choice) for choice in near])

    def focus_first(self) -> None:
        """Put the focus in the field."""
        self._field.setFocus()
        self._field.selectAll()

    def focus_refused(self) -> None:
        """Put the focus behind the last letter."""
        focus_behind(self._field)

    def _pick(self, label: str) -> None:
        value = self._values.get(label, "")
        if not value:
            return
        self._field.setModified(False)
        self._give(tuple(dict.fromkeys((*self._chosen, value))) if self._several else (value,))

    def _keep_words(self, typed: str) -> None:
        """Choose "other", with what was typed for its words."""
        own = self.question.own_choice
        words = typed.removeprefix(f"{self._own_label()}: ")
        self._field.setModified(False)
        self._give(tuple(dict.fromkeys((*self._chosen, own))) if self._several else (own,))
        self.said.emit(words)

    def _own_words(self) -> str:
        """Return what is kept in words of one's own, blank where it is not chosen."""
        return self.question.own_words if self.question.own_choice in self._chosen else ""

    def _take_near(self, label: str) -> None:
        """Choose what the words in sight were meant for, in the place of those words."""
        self._chosen = tuple(value for value in self._chosen if value != self.question.own_choice)
        self._pick(label)

    def _give(self, chosen: tuple[str, ...]) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._show_chosen()
            self.give()

    def _is_typing(self) -> bool:
        """Tell whether letters stand in the field that are no choice."""
        typed = self._field.text().strip()
        shown = "" if self._several or not self._chosen else self._chosen[0]
        own = typed == self._label(shown) if shown else False
        return self._field.isModified() and bool(typed) and not own and self._values.get(typed, typed) != shown

    def _match(self, typed: str) -> str | None:
        """Return the label of the one choice that is spelt as typed, or else of the one that may be spelt so."""
        if not typed or not self._is_typing():
            return None
        for spelt in (str.casefold, sought_words):
            found = {
                label_of(choice) for choice in self.question.choices if spelt(typed) in map(spelt, spellings_of(choice))
            }
            if len(found) == 1:
                return found.pop()
        return None

    def _remove(self, value: str) -> None:
        self._give(tuple(item for item in self._chosen if item != value))
        if value == self.question.own_choice:
            self.said.emit("")

    def _show_chosen(self, *, keep_letters: bool = False) -> None:
        if not self._several:
            if not keep_letters:
                self._field.setText(self._label(self._chosen[0]) if self._chosen else "")
            return
        if not keep_letters:
            self._field.clear()
        self._below = self._replace(self._below, [self._tag(value, self._label(value)) for value in self._chosen])

    def _replace(self, row: FlowRow, buttons: list[Button]) -> FlowRow:
        """Put `buttons` in the place of `row` below the field."""
        self._column.removeWidget(row)
        row.deleteLater()
        fresh = FlowRow(buttons)
        self._column.addWidget(fresh)
        fresh.setVisible(bool(buttons))
        return fresh

    def _label(self, value: str) -> str:
        """Return how a chosen value reads: its label, with the person's own words where nothing fits."""
        if value == self.question.own_choice and value and self.question.own_words:
            return f"{self._own_label()}: {self.question.own_words}"
        return next((label_of(choice) for choice in self.question.choices if choice.value == value), value)

    def _own_label(self) -> str:
        own = self.question.own_choice
        return next((choice.dutch for choice in self.question.choices if choice.value == own), own)

    def _tag(self, value: str, label: str) -> Button:
        button = Button(self.theme, label, f"{self.prefix}.remove.{value}", icon="close", icon_after=True)
        button.setAccessibleName(self.catalogues.worker.text("Take away: {what}", what=label))
        button.clicked.connect(lambda: self._remove(value))
        return button

    def _suggestion(self, choice: ChoiceView) -> Button:
        label = label_of(choice)
        button = Button(self.theme, label, f"{self.prefix}.near.{choice.value}")
        button.setAccessibleName(self.catalogues.worker.text("Did you mean: {what}", what=isolate(label)))
        button.clicked.connect(lambda: self._take_near(label))
        return button

    def _restyle(self) -> None:
        self._field.setFont(self.theme.font(Role.HINT))
        self._field.setMinimumHeight(self.theme.px(Target.FIELD))
        self._below.arrange()
        self._near.arrange()
