"""The section list at the start of the screen: three headings, and per section a sign, a name and a count."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import Catalogue, language
from desktop.i18n.languages import DUTCH
from desktop.kernel.ref import Ref
from desktop.services.interview.page_parts import PartView, SectionState, SectionView
from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import MARK, Role, Space, Target, Tone
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.drawing.line import StyledLine, at_start, end_side, start_side
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box
from desktop.ui.kit.layout.nest import clear
from desktop.ui.kit.layout.steady import steady
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.parts.arrow_keys import RovingFocus, announce_one_of

_SIGN, _PAD, _LEAST_ROW = 18, 11, 32
_FORM = language(DUTCH)
_SIGNS: dict[SectionState, str] = {
    "done": "check-circle",
    "busy": "half-circle",
    "open": "circle",
    "locked": "lock",
}


def count_of(section: SectionView, words: Catalogue) -> str:
    """Return what stands at the end of the row: what was left for later, how far it is, or that it is kept apart."""
    if section.state == "locked":
        return words.text("apart")
    if section.later:
        return words.plural("{n} later", "{n} later", section.later)
    return "" if section.state == "done" else f"{section.answered}/{section.total}"


def spoken_state(section: SectionView, words: Catalogue) -> str:
    """Return the state of a section in words, for who does not see the sign."""
    states = {
        "done": words.text("finished"),
        "busy": words.text("busy"),
        "open": words.text("not started"),
        "locked": words.text("kept apart"),
    }
    return ", ".join(dict.fromkeys(part for part in (states[section.state], count_of(section, words)) if part))


class SectionRow(PressButton):
    """One section; checked means that it is the one on screen."""

    def __init__(self, theme: Theme, section: SectionView, words: Catalogue, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._tall = 0
        self.section = section
        self.setObjectName(name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.show_section(section)

    def show_section(self, section: SectionView) -> None:
        """Show the section as it now stands; costs nothing where it is the same."""
        if self.text() and section == self.section:
            return
        self.section = section
        self.setText(section.title.replace("&", "&&"))
        self.setAccessibleName(f"{section.title}, {spoken_state(section, self._words)}")
        self.update()

    def set_tall(self, height: int) -> None:
        """Take `height` pixels: a long list has lower rows."""
        if height != self._tall:
            self._tall = height
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the height of a row and the width of its words."""
        name, count = self._lines()
        width = name.width + count.width + self._theme.px(2 * _PAD + _SIGN + 24)
        return QSize(round(width), self._tall or self._theme.px(Target.ROW))

    def minimumSizeHint(self) -> QSize:
        """Return a narrow row: a long name is shortened before the list grows."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw sign, name and count; the current row as a sheet with a mark at its start."""
        theme, whole, rtl = self._theme, QRectF(self.rect()), self.isRightToLeft()
        painter = QPainter(self)
        if self.isChecked():
            paint_box(painter, whole, BoxStyle(theme.colour("surface"), theme.colour("line"), 1, 10))
            self._paint_mark(painter, whole, rtl=rtl)
        elif self.underMouse():
            paint_box(painter, whole, BoxStyle(theme.colour("sand"), theme.colour("sand"), 0, 10))
        side = theme.px(_SIGN)
        square = at_start(whole, theme.px(_PAD), side, rtl=rtl)
        square = QRectF(square.left(), whole.center().y() - side / 2, side, side)
        sign, colour = self._sign()
        paint_icon(painter, square, sign, theme.colour(colour).name(), mirrored=rtl)
        name, count = self._lines()
        offset = theme.px(_PAD + 12) + side
        room = whole.width() - offset - count.width - theme.px(_PAD + 6)
        name.draw(painter, at_start(whole, offset, room, rtl=rtl), start_side(rtl=rtl))
        end = at_start(whole, whole.width() - theme.px(_PAD) - count.width, count.width, rtl=rtl)
        count.draw(painter, end, end_side(rtl=rtl))
        painter.end()

    def _paint_mark(self, painter: QPainter, whole: QRectF, *, rtl: bool) -> None:
        mark = at_start(whole, 0, MARK + 6, rtl=rtl)
        painter.save()
        painter.setClipRect(at_start(whole, 0, MARK, rtl=rtl))
        primary = self._theme.colour("primary")
        paint_box(
            painter, mark.adjusted(0, 0, 8, 0) if not rtl else mark.adjusted(-8, 0, 0, 0), BoxStyle(primary, primary, 0)
        )
        painter.restore()

    def _sign(self) -> tuple[str, str]:
        if self.section.later and self.section.state != "locked":
            return "half-circle", "accent_mark"
        return _SIGNS[self.section.state], "primary" if self.section.state in {"done", "busy"} else "control"

    def _lines(self) -> tuple[StyledLine, StyledLine]:
        theme = self._theme
        font = theme.font(Role.STRONG if self.isChecked() else Role.BODY, _FORM.script)
        count = count_of(self.section, self._words)
        return (
            StyledLine(self.section.title, font, theme.colour("ink"), _FORM),
            StyledLine(count, theme.font(Role.META), theme.colour("ink_2"), theme.language),
        )


class _Heading(Text):
    """The name of a part: small and bold."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title, Role.META, tone=Tone.SOFT, language=_FORM)

    def restyle(self) -> None:
        """Take the look from the theme again, in bold."""
        super().restyle()
        font = self.font()
        font.setBold(True)
        self.setFont(font)


class SectionList(QFrame):
    """All sections under their headings. `chosen` carries the path of the section a person wants to see."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, words: Catalogue) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._rows: dict[str, SectionRow] = {}
        self._headings: list[QWidget] = []
        self._shape: tuple[object, ...] = ()
        self._roving: RovingFocus | None = None
        self.setObjectName("interview.sections")
        self.setAccessibleName(words.text("Sections of the interview"))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        steady(scroll)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(Space.MEDIUM, Space.LARGE, Space.MEDIUM, Space.LARGE)
        self._column.setSpacing(0)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 0)
        whole.addWidget(scroll)
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        theme.changed.connect(self.update)

    def show_parts(self, parts: tuple[PartView, ...], current: str) -> None:
        """Show the sections with their progress; the rows are made again only when sections came or went."""
        shape = tuple((part.title, tuple(section.path for section in part.sections)) for part in parts)
        if shape != self._shape:
            self._shape = shape
            self._build(parts)
        for part in parts:
            for section in part.sections:
                row = self._rows[section.path]
                row.show_section(section)
                row.setChecked(section.path == current)
        self._fit()
        paths = list(self._rows)
        if self._roving is not None and current in paths:
            self._roving.stop_at(paths.index(current))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the rows to the new height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Make the rows as high as the list has room for, between the least target and a row at its best."""
        if not self._rows:
            return
        headings = sum(heading.sizeHint().height() for heading in self._headings)
        room = (self.height() - headings - Space.BLOCK * 2) // len(self._rows)
        tall = max(self._theme.px(_LEAST_ROW), min(self._theme.px(Target.ROW), room))
        for row in self._rows.values():
            row.set_tall(tall)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the side in its own colour with a line towards the card."""
        painter = QPainter(self)
        whole = QRectF(self.rect())
        painter.fillRect(whole, self._theme.colour("side"))
        edge = at_start(whole, whole.width() - 1, 1, rtl=self.isRightToLeft())
        painter.fillRect(edge, self._theme.colour("line"))
        painter.end()

    def _build(self, parts: tuple[PartView, ...]) -> None:
        clear(self._column)
        self._rows = {}
        self._headings = []
        for part in parts:
            if part.title:
                self._headings.append(self._heading(part.title))
                self._column.addWidget(self._headings[-1])
            for section in part.sections:
                self._column.addWidget(self._row(section))
        self._column.addStretch(1)
        announce_one_of(list(self._rows.values()), self)
        self._roving = RovingFocus(list(self._rows.values()), self)

    def _heading(self, title: str) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(10, 12, 0, 5)
        column.addWidget(_Heading(self._theme, title))
        return box

    def _row(self, section: SectionView) -> SectionRow:
        name = f"interview.section.{Ref.parse(section.path).name or 'all'}"
        row = SectionRow(self._theme, section, self._words, name=name)
        row.clicked.connect(lambda _checked, path=section.path: self._clicked(path))
        self._rows[section.path] = row
        return row

    def _clicked(self, path: str) -> None:
        for each, row in self._rows.items():
            row.setChecked(each == path)
        self.chosen.emit(path)
