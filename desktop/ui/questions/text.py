"""Words: a line or a page, in Dutch or in the person's own language and script."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout

from desktop.i18n import Language
from desktop.services.interview.page_parts import QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Target
from desktop.ui.kit.layout.steady import steady
from desktop.ui.questions.base import AnswerWidget, CardCatalogues, mark_refused

OWN_WORDS = "own-words"
_LINES = 4


def writing_language(question: QuestionView, catalogues: CardCatalogues) -> Language:
    """Return the language in which the answer is typed: Dutch, or the person's for their own words.

    Words that stand there already keep the language in which they were spoken, whichever is on screen now.
    """
    if OWN_WORDS not in question.appearance:
        return catalogues.dutch
    return catalogues.spoken_in(question.spoken) if question.value else catalogues.other


class LineAnswer(AnswerWidget):
    """One line of text."""

    def __init__(self, theme: Theme, catalogues: CardCatalogues, question: QuestionView, prefix: str) -> None:
        super().__init__(theme, catalogues, question, prefix)
        self._field = QLineEdit()
        self._field.setObjectName(prefix)
        self._field.setAcceptDrops(False)  # a file dropped here is an attachment, not its path typed
        self._field.setMaxLength(2000)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._field)
        self._field.textEdited.connect(lambda _text: self.edited.emit())
        self._field.editingFinished.connect(self.finished)
        theme.changed.connect(self.show_words)
        self.show_value(question.value)
        self.show_words()

    def show_value(self, value: str) -> None:
        """Put the text in the field."""
        self._field.setText(value)

    def words_key(self) -> tuple[object, ...]:
        """Return also what decides in which language is written."""
        return (*super().words_key(), self.question.spoken, bool(self.question.value))

    def show_words(self) -> None:
        """Set name, script and direction of the field."""
        language = writing_language(self.question, self.catalogues)
        self._field.setAccessibleName(self.name_of(self.question.dutch))
        self._field.setFont(self.theme.font(Role.HINT, language.script))
        self._field.setMinimumHeight(self.theme.px(Target.FIELD))
        self._field.setLayoutDirection(_direction(language))

    def value(self) -> str:
        """Return the text without space around it."""
        return self._field.text().strip()

    def set_refused(self, *, refused: bool) -> None:
        """Colour the border of the field."""
        mark_refused(self._field, refused=refused)

    def focus_first(self) -> None:
        """Put the focus behind the last letter."""
        self._field.setFocus()


class _Page(QPlainTextEdit):
    """The page: Tab leaves it, as everywhere, and leaving it keeps what was typed."""

    def __init__(self, owner: "PageAnswer") -> None:
        super().__init__()
        self._owner = owner
        self.setTabChangesFocus(True)
        steady(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was typed."""
        super().focusOutEvent(event)
        self._owner.finished.emit()


class PageAnswer(AnswerWidget):
    """Several lines of text, among them the person's own words in their own script."""

    def __init__(self, theme: Theme, catalogues: CardCatalogues, question: QuestionView, prefix: str) -> None:
        super().__init__(theme, catalogues, question, prefix)
        self._typed = ""
        self._field = _Page(self)
        self._field.setObjectName(prefix)
        self._field.setAcceptDrops(False)  # a file dropped here is an attachment, not its path typed
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._field)
        theme.changed.connect(self.show_words)
        self.show_value(question.value)
        self._field.textChanged.connect(self._compare)
        self.show_words()

    def show_value(self, value: str) -> None:
        """Put the text in the page."""
        self._typed = value
        self._field.setPlainText(value)

    def words_key(self) -> tuple[object, ...]:
        """Return also what decides in which language is written."""
        return (*super().words_key(), self.question.spoken, bool(self.question.value))

    def show_words(self) -> None:
        """Set name, script, direction and height of the page."""
        language = writing_language(self.question, self.catalogues)
        font = self.theme.font(Role.HINT, language.script)
        self._field.setAccessibleName(self.name_of(self.question.dutch))
        self._field.setFont(font)
        self._field.setLayoutDirection(_direction(language))
        option = self._field.document().defaultTextOption()
        option.setTextDirection(_direction(language))
        side = Qt.AlignmentFlag.AlignRight if language.is_rtl else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        self._field.document().setDefaultTextOption(option)
        self._field.setFixedHeight(QFontMetrics(font).lineSpacing() * _LINES + self.theme.px(28))

    def value(self) -> str:
        """Return the text without space around it."""
        return self._field.toPlainText().strip()

    def set_refused(self, *, refused: bool) -> None:
        """Colour the border of the page."""
        mark_refused(self._field, refused=refused)

    def focus_first(self) -> None:
        """Put the focus behind the last letter."""
        self._field.setFocus()
        self._field.moveCursor(QTextCursor.MoveOperation.End)

    def _compare(self) -> None:
        """Tell of another text; the signal also comes for another look."""
        if self._field.toPlainText() != self._typed:
            self._typed = self._field.toPlainText()
            self.edited.emit()


def _direction(language: Language) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if language.is_rtl else Qt.LayoutDirection.LeftToRight
