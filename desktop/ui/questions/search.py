"""Choosing from a long list by typing: countries, languages, occupations. Finds a name in either language."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from desktop.i18n import N_, isolate, sought_words
from desktop.services.interview.page_parts import ChoiceView, QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Target
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.questions.base import AnswerWidget, CardCatalogues, mark_refused
from desktop.ui.questions.parts.folded_completer import FoldedCompleter

_NOT_LISTED = N_("This is not in the list. Choose from the list, or empty the field.")


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
        self._completer.activated[str].connect(self._pick)  # type: ignore[index]  # the stub does not know overloaded signals
        self._field.textEdited.connect(lambda _text: self.edited.emit())
        self._field.editingFinished.connect(self._leave)
        theme.changed.connect(self._restyle)
        self.show_value(question.value)
        self.show_words()
        self._restyle()

    def show_value(self, value: str) -> None:
        """Show what is chosen."""
        typing = self._is_typing()
        self._chosen = tuple(value.split()) if self._several else ((value,) if value else ())
        self._show_chosen(keep_letters=typing)

    def show_words(self) -> None:
        """Offer the choices in both languages."""
        self._values = {_label(choice): choice.value for choice in self.question.choices}
        self._completer.offer(self._values)
        self._field.setAccessibleName(self.name_of(self.question.dutch))
        self._field.setPlaceholderText(self.catalogues.worker.text("Type the first letters"))
        self._show_chosen(keep_letters=self._is_typing())

    def value(self) -> str:
        """Return the chosen values, separated by spaces."""
        return " ".join(self._chosen)

    def unfinished(self) -> str:
        """Tell of letters that are no choice."""
        return _NOT_LISTED if self._is_typing() else ""

    def set_refused(self, *, refused: bool) -> None:
        """Colour the border of the field."""
        mark_refused(self._field, refused=refused)

    def focus_first(self) -> None:
        """Put the focus in the field."""
        self._field.setFocus()
        self._field.selectAll()

    def _pick(self, label: str) -> None:
        value = self._values.get(label, "")
        if not value:
            return
        self._give(tuple(dict.fromkeys((*self._chosen, value))) if self._several else (value,))

    def _give(self, chosen: tuple[str, ...]) -> None:
        self._chosen = chosen
        self._show_chosen()
        self.give()

    def _leave(self) -> None:
        typed = self._field.text().strip()
        found = self._match(typed)
        if not typed and not self._several and self._chosen:
            self._give(())
        elif found is not None:
            self._pick(found)
        else:
            self.finished.emit()

    def _is_typing(self) -> bool:
        """Tell whether letters stand in the field that are no choice."""
        typed = self._field.text().strip()
        shown = "" if self._several or not self._chosen else self._chosen[0]
        return self._field.isModified() and bool(typed) and self._values.get(typed, typed) != shown

    def _match(self, typed: str) -> str | None:
        """Return the label of the one choice that is spelt as typed, or else of the one that may be spelt so."""
        if not typed:
            return None
        for spelt in (str.casefold, sought_words):
            found = {
                _label(choice) for choice in self.question.choices if spelt(typed) in map(spelt, _spellings(choice))
            }
            if len(found) == 1:
                return found.pop()
        return None

    def _remove(self, value: str) -> None:
        self._give(tuple(item for item in self._chosen if item != value))

    def _show_chosen(self, *, keep_letters: bool = False) -> None:
        labels = {choice.value: _label(choice) for choice in self.question.choices}
        if not self._several:
            if not keep_letters:
                self._field.setText(labels.get(self._chosen[0], self._chosen[0]) if self._chosen else "")
            return
        if not keep_letters:
            self._field.clear()
        self._column.removeWidget(self._below)
        self._below.deleteLater()
        self._below = FlowRow([self._tag(value, labels.get(value, value)) for value in self._chosen])
        self._column.addWidget(self._below)

    def _tag(self, value: str, label: str) -> Button:
        button = Button(self.theme, label, f"{self.prefix}.remove.{value}", icon="close", icon_after=True)
        button.setAccessibleName(self.catalogues.worker.text("Take away: {what}", what=label))
        button.clicked.connect(lambda: self._remove(value))
        return button

    def _restyle(self) -> None:
        self._field.setFont(self.theme.font(Role.HINT))
        self._field.setMinimumHeight(self.theme.px(Target.FIELD))
        self._below.arrange()


def _label(choice: ChoiceView) -> str:
    if choice.other in {"", choice.dutch}:
        return choice.dutch
    return f"{choice.dutch} · {isolate(choice.other)}"


def _spellings(choice: ChoiceView) -> tuple[str, str, str]:
    return choice.dutch, choice.other, _label(choice)
