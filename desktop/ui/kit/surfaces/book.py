"""The open book: a sheet with a spine, Dutch on the left page, the person's language on the right, one answer below.

Both pages share the heights of their rows, so a hint faces its hint. While the interface runs from right to left the
pages swap. Below 1000 px free width they stack, Dutch first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n.languages import Language
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import IconButton
from desktop.ui.kit.controls.chip import Chip
from desktop.ui.kit.drawing.paint import paint_paper, paper_clip
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.disclosure import Disclosure
from desktop.ui.kit.typography.text import Text

if TYPE_CHECKING:  # the first page does not wait for the form engine
    from desktop.forms.document.styling import StyledText

_TWO_PAGES = 700
"""Pixels at 100 % below which two pages of free content do not fit side by side."""


class BookFrame(QFrame):
    """The paper with two pages side by side and room across both below them.

    Fill `first`, `second` and `below` (vertical layouts). `tinted` paints the second page in its own colour.
    `show_below` makes the part below visible with its line; `below_fill` names its colour.
    """

    def __init__(self, theme: Theme, *, tinted: bool = True, padding: int = Space.PAGE) -> None:
        super().__init__()
        self._theme = theme
        self._tinted = tinted
        self._below_fill = "surface"
        self._below_mark = False
        self.first_page, self.second_page, self.below_zone = QWidget(), QWidget(), QWidget()
        self.first = _column(self.first_page, padding)
        self.second = _column(self.second_page, padding)
        self.below = _column(self.below_zone, padding)
        self._pages = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pages.setSpacing(1)
        self._pages.addWidget(self.first_page, 1)
        self._pages.addWidget(self.second_page, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 3)
        whole.setSpacing(1)
        nest(whole, self._pages)
        whole.addWidget(self.below_zone)
        self.below_zone.hide()
        theme.changed.connect(self.update)

    def minimumSizeHint(self) -> QSize:
        """Return the width below which a word would be cut on stacked pages."""
        least = max(zone.minimumSizeHint().width() for zone in (self.first_page, self.second_page, self.below_zone))
        return QSize(least + 2, super().minimumSizeHint().height())

    @property
    def stacked(self) -> bool:
        """Tell whether the second page lies under the first, for want of width."""
        return self._pages.direction() is QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the pages when there is no width for two."""
        super().resizeEvent(event)
        both = sum(page.minimumSizeHint().width() for page in (self.first_page, self.second_page))
        narrow = event.size().width() < max(_TWO_PAGES * self._theme.scale, both + 3)
        if narrow != self.stacked:
            direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
            self._pages.setDirection(direction)
            self.update()

    def show_below(self, *, fill: str = "surface", mark: bool = False) -> None:
        """Open the part across both pages; `mark` draws a 3 px primary line above it."""
        self._below_fill, self._below_mark = fill, mark
        self.below_zone.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw paper, the tint of the second page, the spine and the line above the answer."""
        theme, whole = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        paint_paper(painter, whole, theme.colour("surface"), theme.colour("line"), theme.colour("edge"))
        painter.setClipPath(paper_clip(whole))
        page = QRectF(self.second_page.geometry())
        if self._tinted and self.second_page.isVisible():
            painter.fillRect(page, theme.colour("surface_2"))
        if self.second_page.isVisible():
            spine = QRectF(page.right() if self.isRightToLeft() else page.left() - 1, page.top(), 1, page.height())
            if self.stacked:
                spine = QRectF(page.left(), page.top() - 1, page.width(), 1)
            painter.fillRect(spine, theme.colour("edge"))
        if self.below_zone.isVisible():
            zone = QRectF(self.below_zone.geometry()).adjusted(0, 0, 0, 4)
            painter.fillRect(zone, theme.colour(self._below_fill))
            height = 3 if self._below_mark else 1
            line = theme.colour("primary" if self._below_mark else "line")
            painter.fillRect(QRectF(zone.left(), zone.top() - 1, zone.width(), height), line)
        painter.end()


@dataclass(frozen=True, slots=True)
class BookPage:
    """What one page of a question says. Empty parts leave their row empty, so the other page keeps its place.

    `missing` is the sentence shown instead of the question when this language has no translation of it; `mark` a few
    words about the text, such as that nobody has checked it. `styled` and `styled_hint` are question and hint with the
    styling of the form.
    """

    language: Language
    title: str
    question: str
    hint: str = ""
    why_title: str = ""
    why: str = ""
    missing: str = ""
    mark: str = ""
    styled: "StyledText" = ()
    styled_hint: "StyledText" = ()


class _Side:
    """The widgets of one page."""

    def __init__(self, theme: Theme, listen_label: str, name: str) -> None:
        self.title = Text(theme, role=Role.BODY, tone=Tone.SOFT, wrap=False)
        self.listen = IconButton(theme, "speaker", listen_label, f"{name}.listen", colour="primary")
        self.listen.hide()
        self.mark = Chip(theme, "", "neutral", "info")
        self.mark.setObjectName(f"{name}.mark")
        self.head = QWidget()
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.title)
        head.addSpacing(Space.MEDIUM)
        head.addWidget(self.mark)
        head.addStretch(1)
        head.addWidget(self.listen)
        self.question = Text(theme, role=Role.QUESTION)
        self.question.setObjectName(f"{name}.question")
        self.hint = Text(theme, role=Role.HINT, tone=Tone.SOFT)
        self.hint.setObjectName(f"{name}.hint")
        self.why = Disclosure(theme, f"{name}.why")

    def show(self, page: BookPage) -> None:
        """Put the words of `page` in place."""
        rtl = page.language.is_rtl
        direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        for widget in (self.head, self.why):
            widget.setLayoutDirection(direction)
        self.title.set_text(page.title, page.language)
        self.mark.set_state(page.mark, "neutral", "info")
        self.mark.setVisible(bool(page.mark))
        self.question.set_text(page.question or page.missing, page.language, page.styled)
        self.question.set_role(Role.QUESTION if page.question else Role.HINT)
        self.question.set_tone(Tone.INK if page.question else Tone.SOFT)
        self.hint.set_text(page.hint, page.language, page.styled_hint)
        self.why.set_words(page.why_title, page.why, page.language)


class BookCard(QFrame):
    """The question card: language name, question, hint, why; the same rows on both pages; `answer` lies across both.

    Why is folded and opens on both pages at once; `on_why` hears it. Without a second page the first takes all width.
    """

    def __init__(
        self, theme: Theme, name: str, listen_label: str = "", on_why: Callable[[bool], None] | None = None
    ) -> None:
        super().__init__()
        self._theme = theme
        self._on_why = on_why
        self._pages: tuple[BookPage, BookPage | None] | None = None
        self._stacked = False
        self._sides = (_Side(theme, listen_label, f"{name}.first"), _Side(theme, listen_label, f"{name}.second"))
        self.setObjectName(name)
        self.answer_zone = QWidget()
        self.answer = _column(self.answer_zone, Space.PAGE)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(1, 1, 1, 3)
        self._grid.setSpacing(0)
        for side in self._sides:
            side.why.opened.connect(self._why_turned)
        self._arrange()
        theme.changed.connect(self.update)

    def set_pages(self, first: BookPage, second: BookPage | None) -> None:
        """Show the question; `second` is None when nobody needs a second language. The same pages cost nothing."""
        if (first, second) == self._pages:
            return
        self._pages = (first, second)
        self._sides[0].show(first)
        if second is not None:
            self._sides[1].show(second)
        if (second is not None) != self._two:
            self._two = second is not None
            self._arrange()

    def set_why_open(self, opened: bool) -> None:  # noqa: FBT001  # one property, as in Qt
        """Fold or unfold the reason on both pages."""
        for side in self._sides:
            side.why.set_open(opened)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the pages when there is no width for two."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return the width below which a word would be cut on stacked pages."""
        width = max(self._page_width(), self.answer_zone.minimumSizeHint().width() + 2)
        return QSize(width, super().minimumSizeHint().height())

    def _page_width(self) -> int:
        """Return the least width of one page."""
        sides = self._sides if self._two else self._sides[:1]
        widgets = [widget for side in sides for widget in (side.head, side.question, side.hint, side.why)]
        return max(widget.minimumSizeHint().width() for widget in widgets) + 2 * Space.PAGE

    def _fit(self) -> None:
        """Lay the pages beside each other where both fit."""
        limit = max(640 * min(self._theme.scale, 1.4), 2 * self._page_width())
        if (self.width() < limit) != self._stacked:
            self._stacked = not self._stacked
            self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Swap the pages with the direction of the interface."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self.update()

    _two = True

    def _arrange(self) -> None:
        grid = self._grid
        while grid.count():
            grid.takeAt(0)
        across = 1 if self._stacked or not self._two else 2
        for index, side in enumerate(self._sides):
            visible = index == 0 or self._two
            if visible:
                base = index * 4 if across == 1 else 0
                column = 0 if across == 1 else index
                self._place(side, base, column)
            for widget in (side.head, side.question, side.hint, side.why):
                widget.setVisible(visible)
        grid.addWidget(self.answer_zone, 8, 0, 1, across)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1 if across == 2 else 0)  # noqa: PLR2004  # two pages
        self.update()

    def _place(self, side: _Side, base: int, column: int) -> None:
        edge = Space.PAGE
        rows = (
            (side.head, Space.LARGE, Space.SMALL),
            (side.question, 0, Space.MEDIUM),
            (side.hint, 0, Space.LARGE),
            (side.why, 0, Space.BLOCK),
        )
        for row, (widget, above, below) in enumerate(rows, start=base):
            box = QVBoxLayout()
            box.setContentsMargins(edge, above, edge, below)
            box.addWidget(widget)
            box.addStretch(1)
            nest(self._grid, box, row, column)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw paper, the tint of the second page, the spine and the line above the answer."""
        theme, whole = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        paint_paper(painter, whole, theme.colour("surface"), theme.colour("line"), theme.colour("edge"))
        painter.setClipPath(paper_clip(whole))
        zone = float(self.answer_zone.y())
        if self._two and not self._stacked:
            middle = whole.width() / 2
            left = 0.0 if self.isRightToLeft() else middle
            painter.fillRect(QRectF(left, 0, middle, zone), theme.colour("surface_2"))
            painter.fillRect(QRectF(middle, 0, 1, zone), theme.colour("edge"))
        elif self._two:
            top = self._grid.cellRect(4, 0).top()
            painter.fillRect(QRectF(0, top, whole.width(), zone - top), theme.colour("surface_2"))
            painter.fillRect(QRectF(0, top, whole.width(), 1), theme.colour("edge"))
        painter.fillRect(QRectF(0, zone, whole.width(), 1), theme.colour("line"))
        painter.end()

    def _why_turned(self, opened: bool) -> None:  # noqa: FBT001  # a Qt slot
        self.set_why_open(opened)
        if self._on_why is not None:
            self._on_why(opened)


def _column(widget: QWidget, padding: int) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(padding, padding - 4, padding, padding - 4)
    column.setSpacing(Space.MEDIUM)
    return column
