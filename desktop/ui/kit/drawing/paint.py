"""Painting shared by the rich parts of the kit: rounded controls, paper cards, tick discs."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


@dataclass(frozen=True, slots=True)
class BoxStyle:
    """Fill and border of a control; `dashed` says it is out of use."""

    fill: QColor
    border: QColor
    width: float = 1.5
    radius: float = 10.0
    dashed: bool = False


def paint_box(painter: QPainter, where: QRectF, box: BoxStyle) -> None:
    """Draw a rounded control inside `where`; the border lies within it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = box.width / 2
    pen = QPen(box.border, box.width)
    if box.dashed:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen if box.width > 0 else Qt.PenStyle.NoPen)
    painter.setBrush(box.fill)
    painter.drawRoundedRect(where.adjusted(inset, inset, -inset, -inset), box.radius - inset, box.radius - inset)
    painter.restore()


def paint_paper(painter: QPainter, where: QRectF, fill: QColor, line: QColor, edge: QColor) -> None:
    """Draw a card: a 1 px border and a 2 px lower edge, like paper on a table."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = 12.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(edge)
    painter.drawRoundedRect(where.adjusted(0, 4, 0, 0), radius, radius)
    painter.setBrush(line)
    painter.drawRoundedRect(where.adjusted(0, 0, 0, -1), radius, radius)
    painter.setBrush(fill)
    painter.drawRoundedRect(where.adjusted(1, 1, -1, -2), radius - 1, radius - 1)
    painter.restore()


def paper_clip(where: QRectF) -> QPainterPath:
    """Return the inside of a card drawn by `paint_paper`, to clip what is painted on it."""
    path = QPainterPath()
    path.addRoundedRect(where.adjusted(1, 1, -1, -2), 11, 11)
    return path


def paint_tick_disc(painter: QPainter, centre: QPointF, radius: float, fill: QColor, tick: QColor) -> None:
    """Draw a filled disc with a tick: chosen, done."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawEllipse(centre, radius, radius)
    pen = QPen(tick, max(1.8, radius / 7))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath(QPointF(centre.x() - radius * 0.42, centre.y() + radius * 0.04))
    path.lineTo(centre.x() - radius * 0.1, centre.y() + radius * 0.36)
    path.lineTo(centre.x() + radius * 0.44, centre.y() - radius * 0.3)
    painter.drawPath(path)
    painter.restore()


def paint_radio(painter: QPainter, centre: QPointF, colour: QColor, *, on: bool) -> None:
    """Draw the round mark of one choice out of several, 20 px across."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, 9.0, 9.0)
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(centre, 5.2, 5.2)
    painter.restore()
