"""Paints the rows of the page of the day: who, the reason with its source, a chip, a chevron; and the group rows."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from desktop.services.today.today_list import TodayRow
from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import RING, Role
from desktop.ui.kit.controls.chip import chip_size, paint_chip
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box
from desktop.ui.kit.surfaces.grouped_list import GROUP
from desktop.ui.today.today_model import PERSON, DayGroup
from desktop.ui.today.today_texts import NeedText, under_name

_EDGE, _ROW, _GROUP_ROW, _ICON, _NAME, _GAP = 20, 60, 34, 22, 180, 12
_NARROW_SCALE = 1.3

Index = QModelIndex | QPersistentModelIndex


class TodayDelegate(QStyledItemDelegate):
    """Row heights follow the text size; with large text the reason stands below the name."""

    def __init__(self, theme: Theme, view: QTreeView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    @property
    def stacked(self) -> bool:
        """Tell whether the reason stands below the name."""
        return self._theme.scale > _NARROW_SCALE or self._view.viewport().width() < self._theme.px(560)

    def row_height(self) -> int:
        """Return the height of a person's row."""
        body, meta = self._theme.type_size(Role.BODY).leading, self._theme.type_size(Role.META).leading
        chip = chip_size(self._theme, "x", icon="clock").height()
        return max(self._theme.px(_ROW), body + meta + 14 + ((body + chip + 6) if self.stacked else 0))

    def group_height(self) -> int:
        """Return the height of a group row."""
        return max(self._theme.px(_GROUP_ROW), self._theme.type_size(Role.SMALL).leading + 8)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the row."""
        return QSize(0, self.group_height() if index.data(GROUP) else self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        where, group, person = QRectF(option.rect), index.data(GROUP), index.data(PERSON)
        if isinstance(group, DayGroup):
            self._paint_group(painter, where, index, group)
        elif isinstance(person, tuple):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if chosen or option.state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(where, self._theme.colour("primary_tint" if chosen else "sand"))
            self._paint_person(painter, where, person[0], person[1])
        painter.fillRect(QRectF(where.left(), where.top(), where.width(), 1), self._theme.colour("line"))
        self._paint_ring(painter, where, index)
        painter.restore()

    def _paint_person(self, painter: QPainter, where: QRectF, row: TodayRow, words: NeedText) -> None:
        rtl, theme = self._view.isRightToLeft(), self._theme
        side = float(theme.px(18))
        chevron = at_start(where, where.width() - _EDGE - side, side, rtl=rtl)
        self._icon(painter, chevron, "chevron-right", "ink_2", side)
        room = where.width() - 2 * _EDGE - side - _GAP
        if self.stacked:
            self._paint_stacked(painter, at_start(where, _EDGE, room, rtl=rtl), row, words)
            return
        name = float(theme.px(_NAME))
        self._two(painter, at_start(where, _EDGE, name - _GAP, rtl=rtl), self._name(row), under_name(row))
        self._icon(painter, at_start(where, _EDGE + name, theme.px(_ICON), rtl=rtl), words.icon, "primary", _ICON)
        chip = min(float(chip_size(theme, words.chip, icon=words.icon).width()), room / 2)
        start = _EDGE + name + theme.px(_ICON) + _GAP
        width = room - name - theme.px(_ICON) - _GAP - chip
        self._two(
            painter, at_start(where, start, width, rtl=rtl), self._line(words.title, Role.BODY, "ink"), words.under
        )
        self._chip(painter, at_start(where, _EDGE + room - chip, chip, rtl=rtl), words)

    def _paint_stacked(self, painter: QPainter, area: QRectF, row: TodayRow, words: NeedText) -> None:
        theme = self._theme
        body, meta = theme.type_size(Role.BODY).leading, theme.type_size(Role.META).leading
        chip = chip_size(theme, words.chip, icon=words.icon).height()
        top = area.center().y() - (2 * body + meta + chip + 6) / 2
        lines = (
            (self._name(row), body),
            (self._line(words.title, Role.BODY, "ink"), body),
            (self._line(" · ".join(part for part in (words.under, under_name(row)) if part), Role.META, "ink_2"), meta),
        )
        for line, height in lines:
            line.draw(painter, QRectF(area.left(), top, area.width(), height), self._start())
            top += height
        self._chip(painter, QRectF(area.left(), top + 6, area.width(), chip), words)

    def _paint_group(self, painter: QPainter, where: QRectF, index: Index, group: DayGroup) -> None:
        rtl, theme = self._view.isRightToLeft(), self._theme
        painter.fillRect(where, theme.colour("surface_2"))
        title = self._line(group.title, Role.SMALL, "ink", bold=True)
        title.draw(painter, at_start(where, _EDGE, title.width, rtl=rtl), self._start())
        count = self._line(group.count, Role.SMALL, "ink_2")
        count.draw(painter, at_start(where, _EDGE + title.width + theme.px(8), count.width, rtl=rtl), self._start())
        side = float(theme.px(18))
        open_ = self._view.isExpanded(index.model().index(index.row(), 0))
        mark = at_start(where, where.width() - _EDGE - side, side, rtl=rtl)
        self._icon(painter, mark, "chevron-up" if open_ else "chevron-down", "ink_2", side)

    def _chip(self, painter: QPainter, area: QRectF, words: NeedText) -> None:
        rtl = self._view.isRightToLeft()
        paint_chip(painter, self._theme, area, words.chip, words.kind, words.icon, on_tint=False, rtl=rtl)

    def _two(self, painter: QPainter, area: QRectF, first: StyledLine, below: str) -> None:
        upper, lower = self._theme.type_size(Role.BODY).leading, self._theme.type_size(Role.META).leading
        if not below:
            first.draw(painter, area, self._start())
            return
        top = area.center().y() - (upper + lower) / 2
        first.draw(painter, QRectF(area.left(), top, area.width(), upper), self._start())
        second = self._line(below, Role.META, "ink_2")
        second.draw(painter, QRectF(area.left(), top + upper, area.width(), lower), self._start())

    def _icon(self, painter: QPainter, where: QRectF, name: str, token: str, side: float) -> None:
        square = QRectF(where.left(), where.center().y() - side / 2, side, side)
        paint_icon(painter, square, name, self._theme.colour(token).name(), mirrored=self._view.isRightToLeft())

    def _paint_ring(self, painter: QPainter, where: QRectF, index: Index) -> None:
        if self._view.hasFocus() and self._view.currentIndex() == index:
            box = BoxStyle(QColor(0, 0, 0, 0), self._theme.colour("accent_mark"), RING, 8)
            paint_box(painter, where.adjusted(1, 1, -1, -1), box)

    def _name(self, row: TodayRow) -> StyledLine:
        strong = self._theme.font(Role.STRONG)
        strong.setPixelSize(self._theme.px(17))
        return StyledLine(row.name or row.number, strong, self._theme.colour("ink"), self._theme.language)

    def _line(self, text: str, role: Role, token: str, *, bold: bool = False) -> StyledLine:
        font = self._theme.font(role)
        if bold:
            font.setBold(True)
        return StyledLine(text, font, self._theme.colour(token), self._theme.language)

    def _start(self) -> Qt.AlignmentFlag:
        return start_side(rtl=self._view.isRightToLeft())
