"""Paints the rows of the people table: two lines, an icon, a term, a chip, a chevron; and the group rows."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import RING, Role
from desktop.ui.kit.controls.chip import paint_chip
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box
from desktop.ui.kit.surfaces.grouped_list import GROUP
from desktop.ui.people.model import ROW
from desktop.ui.people.people_texts import RowText

_EDGE, _ROW, _GROUP_ROW, _ICON = 20, 62, 34, 22
_NAME, _STEP, _TERM, _CHIP, _PLACE = range(5)

Index = QModelIndex | QPersistentModelIndex


class PersonDelegate(QStyledItemDelegate):
    """Row heights follow the text size; `set_narrow` moves the term under the next step, and the state as well."""

    def __init__(self, theme: Theme, view: QTreeView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._narrow = self._tight = False

    def set_narrow(self, *, narrow: bool, tight: bool) -> None:
        """Show the term under the next step and, where it is `tight`, before it the state."""
        self._narrow, self._tight = narrow, tight

    def row_height(self) -> int:
        """Return the height of a person's row."""
        words = self._theme.type_size(Role.BODY).leading + self._theme.type_size(Role.META).leading
        return max(self._theme.px(_ROW), words + 14)

    def group_height(self) -> int:
        """Return the height of a group row."""
        return max(self._theme.px(_GROUP_ROW), self._theme.type_size(Role.SMALL).leading + 8)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the row."""
        return QSize(0, self.group_height() if index.sibling(index.row(), 0).data(GROUP) else self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        where = QRectF(option.rect)
        state = option.state
        if index.data(GROUP):
            self._paint_group(painter, where, index)
        else:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            hovered = bool(state & QStyle.StateFlag.State_MouseOver)
            if chosen or hovered:
                painter.fillRect(where, self._theme.colour("primary_tint" if chosen else "sand"))
            self._paint_cell(painter, where, index, chosen=chosen)
        top = QRectF(where.left(), where.top(), where.width(), 1)
        painter.fillRect(top, self._theme.colour("line"))
        self._paint_ring(painter, where, index)
        painter.restore()

    def _paint_cell(self, painter: QPainter, where: QRectF, index: Index, *, chosen: bool) -> None:
        words = index.data(ROW)
        if not isinstance(words, RowText):
            return
        if index.column() == _NAME:
            strong = self._theme.font(Role.STRONG)
            strong.setPixelSize(self._theme.px(17))
            name = StyledLine(words.name, strong, self._theme.colour("ink"), self._theme.language)
            self._paint_two(painter, where, name, words.under_name, float(_EDGE))
        elif index.column() == _STEP:
            self._paint_step(painter, where, words)
        elif index.column() == _TERM:
            self._paint_term(painter, where, words)
        elif index.column() == _CHIP:
            self._paint_chip(painter, where, words, chosen=chosen)
        else:
            self._line(words.municipality, Role.SMALL, "ink_2").draw(painter, where, self._start())

    def _paint_step(self, painter: QPainter, where: QRectF, words: RowText) -> None:
        rtl, side = self._rtl(), self._theme.px(_ICON)
        square = at_start(where, 0, side, rtl=rtl)
        square = QRectF(square.left(), where.center().y() - side / 2 + 1, side, side)
        paint_icon(painter, square, words.step_icon, self._theme.colour("primary").name(), mirrored=rtl)
        term = words.term if self._narrow and words.term != "—" else ""
        below = " · ".join(part for part in (words.chip if self._tight else "", term, words.under_step) if part)
        first = self._line(words.step, Role.BODY, "ink")
        self._paint_two(painter, where, first, below, float(self._theme.px(36)))

    def _paint_term(self, painter: QPainter, where: QRectF, words: RowText) -> None:
        rtl = self._rtl()
        offset = 0.0
        if words.term_asks:
            side = self._theme.px(18)
            square = at_start(where, 0, side, rtl=rtl)
            square = QRectF(square.left(), where.center().y() - side / 2, side, side)
            paint_icon(painter, square, "clock", self._theme.colour("accent").name())
            offset = float(self._theme.px(26))
        line = self._line(words.term, Role.SMALL, "accent" if words.term_asks else "ink_2", bold=words.term_asks)
        line.draw(painter, at_start(where, offset, where.width() - offset - 4, rtl=rtl), self._start())

    def _paint_chip(self, painter: QPainter, where: QRectF, words: RowText, *, chosen: bool) -> None:
        rtl, side = self._rtl(), self._theme.px(18)
        room = where.width() - _EDGE - side - 8
        area = at_start(where, 0, room, rtl=rtl)
        on_tint = chosen and words.chip_kind in {"current", "neutral"}
        paint_chip(painter, self._theme, area, words.chip, words.chip_kind, words.chip_icon, on_tint=on_tint, rtl=rtl)
        square = at_start(where, where.width() - _EDGE - side, side, rtl=rtl)
        square = QRectF(square.left(), where.center().y() - side / 2, side, side)
        paint_icon(painter, square, "chevron-right", self._theme.colour("ink_2").name(), mirrored=rtl)

    def _paint_group(self, painter: QPainter, where: QRectF, index: Index) -> None:
        rtl, theme = self._rtl(), self._theme
        open_ = self._view.isExpanded(self._model_index(index))
        last = index.row() == index.model().rowCount() - 1 and not open_
        painter.fillPath(_bottom_rounded(where, 11 if last else 0), theme.colour("surface_2"))
        title = self._line(str(index.data()), Role.SMALL, "ink", bold=True)
        offset = float(_EDGE)
        title.draw(painter, at_start(where, offset, title.width, rtl=rtl), self._start())
        more = self._line(str(index.data(ROW)), Role.SMALL, "ink_2")
        offset += title.width + theme.px(8)
        more.draw(painter, at_start(where, offset, more.width, rtl=rtl), self._start())
        if not open_ or index.data(GROUP) == "later":
            side = theme.px(18)
            square = at_start(where, where.width() - _EDGE - side, side, rtl=rtl)
            square = QRectF(square.left(), where.center().y() - side / 2, side, side)
            paint_icon(painter, square, "chevron-up" if open_ else "chevron-down", theme.colour("ink_2").name())

    def _paint_two(self, painter: QPainter, where: QRectF, first: StyledLine, below: str, offset: float) -> None:
        rtl = self._rtl()
        upper, lower = self._theme.type_size(Role.BODY).leading, self._theme.type_size(Role.META).leading
        area = at_start(where, offset, where.width() - offset - 12, rtl=rtl)
        if not below:
            first.draw(painter, area, self._start())
            return
        top = where.center().y() - (upper + lower) / 2
        first.draw(painter, QRectF(area.left(), top, area.width(), upper), self._start())
        second = self._line(below, Role.META, "ink_2")
        second.draw(painter, QRectF(area.left(), top + upper, area.width(), lower), self._start())

    def _paint_ring(self, painter: QPainter, where: QRectF, index: Index) -> None:
        view = self._view
        if not view.hasFocus() or view.currentIndex().siblingAtColumn(0) != index.sibling(index.row(), 0):
            return
        row = QRectF(0, where.top(), view.viewport().width(), where.height())
        painter.setClipRect(where)
        box = BoxStyle(QColor(0, 0, 0, 0), self._theme.colour("accent_mark"), RING, 8)
        paint_box(painter, row.adjusted(1, 1, -1, -1), box)

    def _line(self, text: str, role: Role, token: str, *, bold: bool = False) -> StyledLine:
        font = self._theme.font(role)
        if bold:
            font.setBold(True)
        return StyledLine(text, font, self._theme.colour(token), self._theme.language)

    def _rtl(self) -> bool:
        widget: QWidget = self._view
        return widget.isRightToLeft()

    def _start(self) -> Qt.AlignmentFlag:
        return start_side(rtl=self._rtl())

    def _model_index(self, index: Index) -> QModelIndex:
        return index.model().index(index.row(), 0)


def _bottom_rounded(where: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    if radius:
        path.addRoundedRect(where, radius, radius)
        path.addRect(QRectF(where.left(), where.top(), where.width(), where.height() / 2))
    else:
        path.addRect(where)
    return path
