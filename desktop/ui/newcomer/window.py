"""The newcomer's window: the question in one language alone, large, with the choice mirrored as it is made.

It has its own language and direction, whatever the interface of the caseworker is. It fills the second screen where
there is one, and never takes the keyboard: who touches it points at something, which `asked` tells, and the caseworker
decides whether that is an answer. Its title holds no name. Covered, it is blank paper.
"""

from functools import partial

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, Catalogue
from desktop.i18n.bidi import isolate_lines
from desktop.services.interview.card_texts import answer_text
from desktop.services.interview.page_parts import CardView, ChoiceView, InterviewView, QuestionView, RepeatView, Texts
from desktop.ui.design.icons import has_pictogram
from desktop.ui.design.spoken import speak_in
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.choice import ChoiceCard
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.steady import steady
from desktop.ui.kit.typography.text import Text
from desktop.ui.newcomer.non_answer_option import NonAnswerOption
from desktop.ui.newcomer.progress_dots import ProgressDots
from desktop.ui.placement import USUAL
from desktop.ui.questions.answer_binding import WAYS_OUT
from desktop.ui.questions.parts.grid import EvenGrid

_CARDS_IN_A_ROW, _EDGE, _LEAST_CARD, _TALL_CARD = 3, 48, 240, 228
_WAYS = (
    ("unknown", WAYS_OUT["unknown"], "question"),
    ("declined", WAYS_OUT["declined"], "hand"),
    ("break", N_("I would like a break"), "pause"),
)


class NewcomerWindow(QWidget):
    """A top-level window of its own. `show_view` mirrors the interview; `set_covered` blanks it.

    `asked` carries what the person pointed at: `unknown`, `declined`, `break`, or `choice` with the value.
    """

    asked = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._theme = theme
        self._words: Catalogue | None = None
        self._shape: tuple[object, ...] = ()
        self.setObjectName("newcomer")
        self.setWindowTitle("Opmaat")
        self._question = Text(theme, role=Role.ROOM_QUESTION)
        self._question.setObjectName("newcomer.question")
        self._hint = Text(theme, role=Role.ROOM_BUTTON, tone=Tone.SOFT)
        self._answer = Text(theme, role=Role.ROOM_CARD, tone=Tone.PRIMARY)
        self._answer.setObjectName("newcomer.answer")
        self._grid = EvenGrid((), most=1)
        self._cards: dict[str, ChoiceCard] = {}
        self._chosen: tuple[str, ...] = ()
        self._place = Text(theme, role=Role.HINT, tone=Tone.SOFT, wrap=False)
        self._place.setObjectName("newcomer.place")
        self._dots = ProgressDots(theme)
        self._ways: dict[str, NonAnswerOption] = {}
        self._front = QWidget()
        self._blank = QWidget()
        self._blank.setObjectName("newcomer.cover")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._front)
        self._stack.addWidget(self._blank)
        self._lay_out()
        self.resize(USUAL)
        theme.changed.connect(self._again)

    def open_beside(self, window: QWidget) -> None:
        """Fill a screen on which `window` is not; where there is none, open as a window within the screen."""
        here = window.screen()
        others = [each for each in QGuiApplication.screens() if each != here]
        if others:
            self.setGeometry(others[0].geometry())
            self.setWindowState(Qt.WindowState.WindowFullScreen)
            self.setVisible(True)  # `showFullScreen` would ask for the keyboard
            return
        self.setWindowState(Qt.WindowState.WindowNoState)
        self.resize(USUAL.boundedTo(here.availableGeometry().size()))
        self.show()

    @property
    def covered(self) -> bool:
        """Tell whether the window is blank."""
        return self._stack.currentWidget() is self._blank

    def set_covered(self, *, covered: bool) -> None:
        """Blank the window, or show the question again."""
        self._stack.setCurrentWidget(self._blank if covered else self._front)

    def show_view(self, view: InterviewView, words: Catalogue) -> None:
        """Show what the interview shows, in the language of `words`."""
        self._words = words
        language = words.language
        speak_in(self, language)
        rtl = Qt.LayoutDirection.RightToLeft if language.is_rtl else Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(rtl)
        self._front.setLayoutDirection(rtl)
        step = view.step
        texts = Texts(language.tag, "") if step is None else step.other
        self._question.set_text(texts.label, language, texts.styled)
        self._hint.set_text(texts.hint, language, texts.styled_hint)
        self._hint.setVisible(bool(self._hint.plain()))
        self._show_answer(step, words)
        counted = view.number > 0
        figures = QLocale(language.tag)
        figures.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        place = {"n": figures.toString(view.number), "total": figures.toString(view.total)}
        text = words.text("Question {n} of {total}", **place) if counted else ""
        self._place.set_text(text, language)
        self._dots.set_place(view.number, view.total)
        self._show_ways(step, words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the paper."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("paper"))
        painter.end()

    def _show_answer(self, step: CardView | None, words: Catalogue) -> None:
        choices = step.choices if isinstance(step, QuestionView) and len(step.choices) <= 12 else ()  # noqa: PLR2004  # more would be too small to read
        shape = (choices, words.language.tag)
        if shape != self._shape:
            self._shape = shape
            self._build(choices, words)
        self._chosen = chosen = step.chosen if isinstance(step, QuestionView) else ()
        for value, card in self._cards.items():
            card.setChecked(value in chosen)
        self._answer.set_text("" if choices else _spoken_answer(step), words.language)
        self._answer.setVisible(bool(self._answer.plain()))

    def _build(self, choices: tuple[ChoiceView, ...], words: Catalogue) -> None:
        self._room.removeWidget(self._grid)
        self._grid.hide()
        self._grid.deleteLater()
        self._cards = {choice.value: self._card(choice, words) for choice in choices}
        pictured = any(has_pictogram(choice.picture) for choice in choices if choice.picture)
        least = self._theme.px(_LEAST_CARD)
        self._grid = EvenGrid(
            list(self._cards.values()),
            most=_CARDS_IN_A_ROW,
            least=least,
            gap=Space.WIDE,
            tall=self._theme.px(_TALL_CARD if pictured else 96),
        )
        self._grid.setLayoutDirection(self.layoutDirection())
        self._room.insertWidget(0, self._grid)

    def _card(self, choice: ChoiceView, words: Catalogue) -> ChoiceCard:
        name = f"newcomer.choice.{choice.value}"
        card = ChoiceCard(
            self._theme,
            choice.other or choice.dutch,
            name,
            pictogram=choice.picture,
            language=words.language,
            role=Role.ROOM_CARD,
        )
        card.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card.clicked.connect(lambda: self._point(choice.value))
        return card

    def _point(self, value: str) -> None:
        """Tell what was pointed at; the card shows what the answer is, not what was touched."""
        for each, card in self._cards.items():
            card.setChecked(each in self._chosen)
        self.asked.emit("choice", value)

    def _show_ways(self, step: CardView | None, words: Catalogue) -> None:
        for key, msgid, _icon in _WAYS:
            chosen = step is not None and step.status == key
            self._ways[key].show_words(words.text(msgid), words.language, chosen=chosen)

    def _lay_out(self) -> None:
        inside = QWidget()
        self._room = QVBoxLayout(inside)
        self._room.setContentsMargins(4, 4, 4, 4)
        self._room.addWidget(self._grid)
        self._room.addWidget(self._answer)
        self._room.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        steady(scroll)
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        foot = QHBoxLayout()
        foot.setSpacing(Space.LARGE)
        for key, _msgid, icon in _WAYS:
            self._ways[key] = NonAnswerOption(self._theme, f"newcomer.{key}", icon)
            self._ways[key].clicked.connect(partial(self.asked.emit, key, ""))
            foot.addWidget(self._ways[key])
        foot.addStretch(1)
        place = QVBoxLayout()
        place.setSpacing(Space.SMALL)
        place.addWidget(self._place, 0, Qt.AlignmentFlag.AlignTrailing)
        place.addWidget(self._dots, 0, Qt.AlignmentFlag.AlignTrailing)
        nest(foot, place)
        column = QVBoxLayout(self._front)
        column.setContentsMargins(_EDGE, Space.EDGE, _EDGE, Space.BLOCK)
        column.setSpacing(Space.LARGE)
        column.addWidget(self._question)
        column.addWidget(self._hint)
        column.addWidget(scroll, 1)
        nest(column, foot)

    def _again(self) -> None:
        self._shape = ()
        self.update()


def _spoken_answer(step: CardView | None) -> str:
    """Return the answer in the language of the window, or what the rows of a repeat say."""
    if isinstance(step, RepeatView):
        return "\n".join(f"{row.number} · {row.title}" for row in step.rows if row.title)
    if step is None or step.status != "given":
        return ""
    return isolate_lines(answer_text(step, other=True))  # numbers keep their order, whatever the words around them
