"""The card of one conflict: the question above both pages, an answer on each, and below the way to combine them."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.services.interview.conflicts import ConflictView
from desktop.services.interview.page_parts import ProblemText
from desktop.ui.conflict.side import ConflictSide
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.field import TextInput
from desktop.ui.kit.controls.radio import RadioBox
from desktop.ui.kit.drawing.paint import paint_paper, paper_clip
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.base import AnswerWidget, CardCatalogues
from desktop.ui.questions.registry import row_widget

_HEAD, _PAGE = 12, 20

COMBINED = -1
"""The choice that is neither answer as it stands."""


class ConflictCard(QFrame):
    """Shows one `ConflictView`. `chosen` says that there is a choice to keep."""

    chosen = Signal()

    def __init__(self, theme: Theme, words: Catalogue, catalogues: CardCatalogues, conflict: ConflictView) -> None:
        super().__init__()
        self._theme, self._words, self._catalogues = theme, words, catalogues
        self.conflict = conflict
        self.setObjectName("conflict.card")
        self._group = QButtonGroup(self)
        self._sides: list[ConflictSide] = []
        self._pages = [QWidget(), QWidget()]
        columns = [_column(page) for page in self._pages]
        for at, side in enumerate(conflict.answers):
            widget = ConflictSide(theme, words, side, f"conflict.side.{at}")
            columns[at % 2].addWidget(widget)
            self._group.addButton(widget.radio, at)
            self._sides.append(widget)
        self._note = TextInput(theme, "conflict.note", words.text("Note about both answers"))
        question = conflict.question
        self._value = None if question is None else row_widget(theme, catalogues, question, "conflict.value")
        self._sentence = Text(theme, role=Role.SMALL, tone=Tone.WRONG)
        self._sentence.hide()
        self._heads = [QWidget(), QWidget()]
        for head, text, tongue in zip(
            self._heads, (conflict.dutch, conflict.other), (catalogues.dutch, catalogues.other), strict=True
        ):
            _column(head, _HEAD).addWidget(Text(theme, text, Role.CARD, language=tongue))
        self._zone = QWidget()
        if self._value is not None:
            self._combine(_column(self._zone), self._value)
        self._zone.setVisible(self._value is not None)
        self._lay_out()
        self._group.idToggled.connect(self._follow_choice)
        self._follow_choice()

    def choice(self) -> int | None:
        """Return the place of the chosen answer, `COMBINED`, or None."""
        chosen = self._group.checkedId()
        if chosen == len(self._sides):
            return COMBINED
        return chosen if chosen >= 0 else None

    def combined(self) -> tuple[str, str]:
        """Return value and note of the combined answer."""
        return "" if self._value is None else self._value.value(), self._note.text().strip()

    def refuse(self, problem: ProblemText) -> None:
        """Show why the combined value was refused."""
        if self._value is not None:
            self._value.set_refused(refused=True)
        self._sentence.set_text(
            problem.dutch or self._words.text("This answer does not fit the question. Look at it again.")
        )
        self._sentence.show()

    def focus_first(self) -> None:
        """Put the focus on the first answer."""
        self._sides[0].radio.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the paper, the tint behind the second question, the spine and the ground of the combination."""
        theme, whole = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        paint_paper(painter, whole, theme.colour("surface"), theme.colour("line"), theme.colour("edge"))
        painter.setClipPath(paper_clip(whole))
        head, zone = QRectF(self._heads[1].geometry()), QRectF(self._zone.geometry())
        painter.fillRect(head, theme.colour("surface_2"))
        painter.fillRect(QRectF(0, head.bottom(), whole.width(), 1), theme.colour("line"))
        spine = head.right() if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else head.left() - 1
        combinable = self._value is not None
        painter.fillRect(QRectF(spine, 0, 1, zone.top() if combinable else whole.height()), theme.colour("edge"))
        if combinable:
            combining = self.choice() == COMBINED
            painter.fillRect(zone.adjusted(-2, 0, 2, 4), theme.colour("primary_tint" if combining else "surface"))
            edge = QRectF(0, zone.top() - 1, whole.width(), 3 if combining else 1)
            painter.fillRect(edge, theme.colour("primary" if combining else "line"))
        painter.end()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 3)
        whole.setSpacing(1)
        for pair in (self._heads, self._pages):
            row = QHBoxLayout()
            row.setSpacing(1)
            for part in pair:
                row.addWidget(part, 1)
            nest(whole, row)
        whole.addWidget(self._zone)

    def _combine(self, zone: QVBoxLayout, value: AnswerWidget) -> None:
        words = self._words
        radio = RadioBox(
            self._theme,
            words.text("Combine"),
            "conflict.combine",
            second=words.text("both are true, at another moment"),
            strong=True,
        )
        self._group.addButton(radio, len(self._sides))
        zone.addWidget(radio)
        self._below = QWidget()
        row = QHBoxLayout(self._below)
        row.setContentsMargins(Space.EDGE, 0, 0, 0)
        with_note = Text(self._theme, words.text("with the note"), tone=Tone.SOFT, wrap=False)
        row.addWidget(FlowRow((value, with_note, self._note), grows=self._note, gap=Space.MEDIUM))
        zone.addWidget(self._below)
        zone.addWidget(self._sentence)

    def _follow_choice(self) -> None:
        combining = self.choice() == COMBINED
        if self._value is not None:
            self._value.setEnabled(combining)
        self._note.setEnabled(combining)
        self.update()
        self.chosen.emit()
        if combining and self.isVisible():
            self._note.setFocus()


def _column(widget: QWidget, above: int = _PAGE) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(Space.EDGE - 2, above, Space.EDGE - 2, above)
    column.setSpacing(Space.MEDIUM)
    return column
