"""Where Tab goes next: what stands next on the screen, whenever it was made.

Qt walks through widgets in the order in which they were made or placed anew. What is shown later, a row, a banner, a
card after an answer, would come last, wherever it stands. So the order is read from the screen, block by block.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget


def tab_stops(window: QWidget) -> list[QWidget]:
    """Return what Tab can stop at in `window` now, in reading order: the widgets in sight and in use."""
    return [each for each in _in_order(window) if _can_stop(each)]


def focus_next(window: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to the next or the previous stop of `window`, around its end; False where there is none."""
    stops = tab_stops(window)
    if not stops:
        return False
    here = QApplication.focusWidget()
    if here in stops:
        to = (stops.index(here) + (1 if forward else -1)) % len(stops)
    else:
        to = _beside(list(_in_order(window)), stops, here, forward=forward)
    stops[to].setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def _beside(order: Sequence[QWidget], stops: Sequence[QWidget], here: QWidget | None, *, forward: bool) -> int:
    """Return the place of the stop after or before `here`, which is no stop itself but may stand in `order`."""
    if here is None or here not in order:
        return 0 if forward else len(stops) - 1
    after = sum(_can_stop(each) for each in order[: order.index(here)])
    return after % len(stops) if forward else (after - 1) % len(stops)


def _can_stop(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus)
    return takes and widget.isEnabled() and widget.focusProxy() is None


def _in_order(parent: QWidget) -> Iterator[QWidget]:
    # not `children`: that makes wrappers of layouts too, and keeps them (docs/adr/0020)
    found = parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    children = [child for child in found if child.isVisible() and not child.isWindow()]
    rtl = parent.isRightToLeft()
    for child in _cut(children, rtl=rtl):
        yield child
        yield from _in_order(child)


def _cut(widgets: Sequence[QWidget], *, rtl: bool) -> Iterator[QWidget]:
    """Yield `widgets` row by row, each row column by column, and so on within (the recursive cut of page analysis)."""
    rows = _groups(widgets, _down)
    if len(rows) > 1:
        for row in rows:
            yield from _cut(row, rtl=rtl)
        return
    columns = _groups(widgets, _across)
    if len(columns) > 1:
        for column in reversed(columns) if rtl else columns:
            yield from _cut(column, rtl=rtl)
        return
    yield from sorted(widgets, key=lambda each: (each.y(), -each.geometry().right() if rtl else each.x()))


def _groups(widgets: Iterable[QWidget], span: Callable[[QRect], tuple[int, int]]) -> list[list[QWidget]]:
    """Return the widgets whose spans touch each other together, from the first to the last."""
    found: list[list[QWidget]] = []
    end = 0
    for widget in sorted(widgets, key=lambda each: span(each.geometry())):
        first, last = span(widget.geometry())
        if found and first < end:
            found[-1].append(widget)
        else:
            found.append([widget])
        end = max(end, last)
    return found


def _down(where: QRect) -> tuple[int, int]:
    return where.top(), where.top() + where.height()


def _across(where: QRect) -> tuple[int, int]:
    return where.left(), where.left() + where.width()
