"""Where the window opens: as it was left with these screens, wholly in sight, and never larger than the screen."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication

from desktop.services.accounts.preferences import WindowPlace

USUAL = QSize(1280, 800)
_FRAME = 40
"""Pixels that the frame of a window takes at its top, known only once it is shown."""


def screens_now() -> tuple[str, tuple[QRect, ...]]:
    """Return a name for the screens as they stand now, by their places alone, and the free part of each."""
    screens = QGuiApplication.screens()
    places = sorted(_rectangle_text(each.geometry()) for each in screens)
    return ";".join(places), tuple(each.availableGeometry() for each in screens)


def first_place(kept: WindowPlace | None, free: Sequence[QRect]) -> WindowPlace:
    """Return where a window opens that was left at `kept`; `free` are the free parts of the screens, the main first.

    Without a place, or with one that is in sight nowhere, it stands in the middle of the main screen, and fills it
    where the usual size does not fit.
    """
    wanted = None if kept is None else QRect(kept.x, kept.y, kept.width, kept.height)
    screen = max(free, key=lambda each: _common(each, wanted))
    if kept is None or wanted is None or not _common(screen, wanted):
        room = free[0]
        fits = room.width() >= USUAL.width() and room.height() >= USUAL.height() + _FRAME
        where = _within(QRect(room.center() - QRect(room.topLeft(), USUAL).center() + room.topLeft(), USUAL), room)
        return place_of(where, full=not fits)
    return place_of(_within(wanted, screen), full=kept.full)


def place_of(where: QRect, *, full: bool) -> WindowPlace:
    """Return the place of a window at `where`, or one that fills the screen from there."""
    return WindowPlace(where.x(), where.y(), where.width(), where.height(), full=full)


def _rectangle_text(where: QRect) -> str:
    return f"{where.x()},{where.y()},{where.width()},{where.height()}"


def _common(screen: QRect, wanted: QRect | None) -> int:
    both = QRect() if wanted is None else screen.intersected(wanted)
    return 0 if both.isEmpty() else both.width() * both.height()


def _within(wanted: QRect, room: QRect) -> QRect:
    """Return `wanted` moved, and where need be made smaller, into `room` with its frame."""
    inner = room.adjusted(0, min(_FRAME, room.height() // 4), 0, 0)
    size = wanted.size().boundedTo(inner.size())
    x = min(max(wanted.x(), inner.x()), inner.x() + inner.width() - size.width())
    y = min(max(wanted.y(), inner.y()), inner.y() + inner.height() - size.height())
    return QRect(x, y, size.width(), size.height())
