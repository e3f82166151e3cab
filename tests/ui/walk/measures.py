"""What a screen is measured for: overlaps, what lies outside or is shortened, sideways scrolling, contrast, order."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations, pairwise

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QSplitterHandle,
    QWidget,
)

from desktop.ui.kit.drawing.focus import RingMark
from desktop.ui.kit.drawing.line import StyledLine
from desktop.ui.kit.layout.reading_order import tab_stops
from desktop.ui.kit.typography.rich_text import contrast
from desktop.ui.kit.typography.text import Text
from tests.ui.inspection import clipped, interactive_widgets, nameless, rest, tell, unreachable, visible_widgets

READABLE = 4.5
"""WCAG 2.2, 1.4.3: the contrast of text with its ground."""

_SLACK = 1


_ROUNDS = 8


def look_over(window: QWidget, *, keyboard: bool = True) -> list[str]:
    """Return everything that is wrong with the screen in `window`, in words; without `keyboard` it is only looked at.

    A page that is filled bit by bit is measured again until nothing is wrong, or stays so.
    """
    found = _measure(window, keyboard=keyboard)
    for _ in range(_ROUNDS):
        if not found:
            break
        rest()
        found = _measure(window, keyboard=keyboard)
    return found


def _measure(window: QWidget, *, keyboard: bool) -> list[str]:
    picture, shortened = draw(window)
    found = {
        "cut": clipped(window),
        "nameless": nameless(window),
        "unreachable": unreachable(window) if keyboard else [],
        "overlap": overlapping(window),
        "outside": outside(window),
        "sideways": sideways(window),
        "shortened": shortened,
        "faint": faint(window, picture),
        "order": against_reading_order(window),
    }
    return [f"{kind}: {each}" for kind, those in found.items() for each in those]


def draw(window: QWidget) -> tuple[QImage, list[str]]:
    """Return the picture of `window` and the lines in it that were drawn with an ellipsis."""
    with _shortened_lines() as lines:
        picture = window.grab().toImage()
    return picture, lines


@contextmanager
def _shortened_lines() -> Iterator[list[str]]:
    lines: list[str] = []
    drawn = StyledLine.draw

    def draw_line(
        self: StyledLine, painter: QPainter, where: QRectF, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        device = painter.device()
        view = device.parentWidget() if isinstance(device, QWidget) else None
        told = isinstance(device, QWidget) and (bool(device.toolTip()) or isinstance(view, QAbstractItemView))
        if QFontMetricsF(self.font).horizontalAdvance(self.text) > where.width() + 1 and not told:
            lines.append(self.text)
        drawn(self, painter, where, align)

    StyledLine.draw = draw_line  # type: ignore[method-assign]  # an eye on what is drawn
    try:
        yield lines
    finally:
        StyledLine.draw = drawn  # type: ignore[method-assign]


def overlapping(window: QWidget) -> list[str]:
    """Return the pairs of neighbours that lie over each other."""
    found = []
    for parent in (window, *visible_widgets(window)):
        if isinstance(parent, (QAbstractScrollArea, QComboBox)):
            continue
        for one, other in combinations(_children(parent), 2):
            common = one.geometry().intersected(other.geometry())
            if common.width() > _SLACK and common.height() > _SLACK:
                found.append(f"{tell(one)} over {tell(other)}")
    return found


def outside(window: QWidget) -> list[str]:
    """Return what lies outside the widget it is part of, so that nobody sees it or it cannot be scrolled to."""
    found = []
    for parent in (window, *visible_widgets(window)):
        scrolled = isinstance(parent.parentWidget(), QAbstractScrollArea)
        if isinstance(parent, (QAbstractScrollArea, QComboBox)) or scrolled:
            continue
        room = parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
        found += [
            f"{tell(child)} of {tell(parent)}" for child in _children(parent) if not room.contains(child.geometry())
        ]
    return found


def sideways(window: QWidget) -> list[str]:
    """Return the areas that must be scrolled sideways."""
    return [
        tell(area)
        for area in visible_widgets(window)
        if isinstance(area, QAbstractScrollArea) and area.horizontalScrollBar().maximum() > 0
    ]


def faint(window: QWidget, picture: QImage) -> list[str]:
    """Return the texts whose darkest and most frequent colours in `picture` are too near each other."""
    found = []
    for widget in visible_widgets(window):
        words = isinstance(widget, Text) or (isinstance(widget, QAbstractButton) and widget.isEnabled())
        seen = _seen(widget, window)
        if words and _says(widget) and seen.size() == widget.size():
            ratio = _contrast(picture, seen)
            if ratio < READABLE:
                found.append(f"{ratio:.1f} {tell(widget)}")
    return found


def against_reading_order(window: QWidget) -> list[str]:
    """Return the steps of Tab that go up, or back on the line, within what holds both controls."""
    controls = set(interactive_widgets(window))
    stops = [each for each in tab_stops(window) if each in controls]
    return [f"{tell(one)} -> {tell(other)}" for one, other in pairwise(stops) if _goes_back(one, other)]


def _goes_back(one: QWidget, other: QWidget) -> bool:
    above = [one, *_ancestors(one)]
    common = next(each for each in (other, *_ancestors(other)) if each in above)
    if common in {one, other}:
        return False
    before, after = _branch(one, common).geometry(), _branch(other, common).geometry()
    rtl = common.isRightToLeft()
    up = after.bottom() <= before.top() + _SLACK
    beside = after.right() <= before.left() + _SLACK if rtl else after.left() >= before.right() - _SLACK
    same_line = not up and before.bottom() > after.top()
    back = same_line and (after.left() >= before.right() if rtl else after.right() <= before.left())
    return (up and not beside) or back


def _ancestors(widget: QWidget) -> Iterator[QWidget]:
    above = widget.parentWidget()
    while above is not None:
        yield above
        above = above.parentWidget()


def _branch(widget: QWidget, common: QWidget) -> QWidget:
    """Return the child of `common` that holds `widget`."""
    return next(each for each in (widget, *_ancestors(widget)) if each.parentWidget() is common)


def _children(parent: QWidget) -> list[QWidget]:
    return [
        child
        for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if child.isVisible()
        and not child.isWindow()
        and not isinstance(child, (RingMark, QSplitterHandle))
        and not child.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        and not child.objectName().startswith("qt_")
        and not child.size().isEmpty()
    ]


def _seen(widget: QWidget, window: QWidget) -> QRect:
    """Return the part of `widget` that is in sight."""
    region = widget.visibleRegion().boundingRect()
    return QRect(widget.mapTo(window, region.topLeft()), region.size()) if not region.isEmpty() else QRect()


def _says(widget: QWidget) -> str:
    return widget.plain() if isinstance(widget, Text) else str(getattr(widget, "text", str)())


def _contrast(picture: QImage, where: QRect) -> float:
    """Return the contrast of the most frequent colour with the one farthest from it."""
    part = picture.copy(where).convertToFormat(QImage.Format.Format_RGB32)
    counts: dict[int, int] = {}
    for number in memoryview(part.constBits()).cast("I"):
        counts[number] = counts.get(number, 0) + 1
    ground = QColor.fromRgb(max(counts, key=lambda colour: counts[colour]))
    return max(contrast(ground, QColor.fromRgb(colour)) for colour in counts)
