"""What every answer control is and promises."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.i18n import LANGUAGES, N_, Catalogue, Language
from desktop.kernel.ref import Ref
from desktop.services.interview.page_parts import QuestionView, Texts
from desktop.ui.design.theme import Theme

NO_FIGURES = N_("Ethiopic numerals such as ፩ and ፲ have no places for tens. Type the figures 0 to 9.")
"""Why a numeral is not taken: ፲፪ is ten and two, not one and two beside each other."""


@dataclass(frozen=True, slots=True)
class CardCatalogues:
    """The words of the application for the two people at the table.

    `worker` is the interface of the caseworker, in whatever language that is; `left` the Dutch page of the card and
    `person` the page across the spine.
    """

    worker: Catalogue
    left: Catalogue
    person: Catalogue

    @property
    def dutch(self) -> Language:
        """Return the language of the left page."""
        return self.left.language

    @property
    def other(self) -> Language:
        """Return the language across the table."""
        return self.person.language

    def spoken_in(self, tag: str) -> Language:
        """Return the language of words that were spoken in `tag`, the one across the table where that is unknown."""
        return next((each for each in LANGUAGES if each.tag == tag), self.other)


class AnswerWidget(QWidget):
    """A control that turns input into an answer in XForms lexical form, and knows nothing else.

    `edited` says that a person changed what stands here, `finished` that it is to be kept now: a choice was made, or
    the control was left. What becomes of it is the business of `answer_binding`. `said` carries words that no choice
    fits, for the question beside this one that asks for them; `noticed` says that `remark` is another one now.
    """

    edited = Signal()
    finished = Signal()
    said = Signal(str)
    noticed = Signal()

    def __init__(self, theme: Theme, catalogues: CardCatalogues, question: QuestionView, prefix: str) -> None:
        """Show `question`; object names of controls start with `prefix`, such as `interview.answer`."""
        super().__init__()
        self.theme = theme
        self.catalogues = catalogues
        self.question = question
        self.prefix = prefix
        self._numerals = False
        self.edited.connect(self._forget_numerals)

    def show_question(self, question: QuestionView, catalogues: CardCatalogues) -> None:
        """Show the same question with other words, choices or state; what stands here may stay or not."""
        before = self.words_key()
        self.question, self.catalogues = question, catalogues
        if self.words_key() != before:
            self.show_words()

    def words_key(self) -> tuple[object, ...]:
        """Return what `show_words` depends on; while it stays, words, choices and the focus among them stay."""
        question, words = self.question, self.catalogues
        languages = (words.dutch.tag, words.other.tag, words.worker.language.tag)
        return (question.dutch.label, question.choices, question.unit, *languages)

    def show_value(self, value: str) -> None:
        """Put `value` in the control without `edited`."""
        raise NotImplementedError

    def show_words(self) -> None:
        """Show labels in the present languages; nothing for a control without words."""

    def value(self) -> str:
        """Return what stands in the control, in XForms lexical form; as typed where it is unfinished."""
        raise NotImplementedError

    def give(self) -> None:
        """Say that a person chose what stands here: changed, and to be kept now."""
        self.edited.emit()
        self.finished.emit()

    def finish(self) -> None:
        """Take what stands here half typed for what it can only mean; nothing for most controls."""

    def remark(self) -> str:
        """Return the sentence (a msgid) that says how what stands here is kept, empty where that needs no word."""
        return NO_FIGURES if self._numerals else ""

    def explain_figures(self) -> None:
        """Tell that numerals were typed that no field takes, until something else is typed."""
        self._numerals = True
        self.noticed.emit()

    def _forget_numerals(self) -> None:
        self._numerals = False

    def unfinished(self) -> str:
        """Return the sentence (a msgid) that says what is still to be typed, empty when the value is whole."""
        return ""

    def set_refused(self, *, refused: bool) -> None:
        """Show that the form refused what stands here."""

    def focus_first(self) -> None:
        """Put the focus where answering starts."""
        self.setFocus()

    def focus_refused(self) -> None:
        """Put the focus where what was refused can be changed, without selecting it: typing on must wipe nothing."""
        self.focus_first()

    def name_of(self, texts: Texts) -> str:
        """Return the accessible name of the control: the question itself."""
        return texts.label or Ref.parse(self.question.ref).name


def focus_behind(field: QLineEdit) -> None:
    """Put the focus behind what stands in `field`, of which nothing is selected."""
    field.setFocus()
    field.end(False)  # Qt: whether what is passed is selected


def mark_refused(field: QWidget, *, refused: bool) -> None:
    """Let the style sheet draw `field` as refused, or as usual."""
    field.setProperty("refused", "true" if refused else "false")
    field.style().unpolish(field)
    field.style().polish(field)
