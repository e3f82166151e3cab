"""The focus ring: 3 px in the accent colour, 2 px off the control, around whatever has the keyboard."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import RING, RING_GAP, Radius
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box

_OUT = RING + RING_GAP
_MOVES = frozenset(
    {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest}
)


class RingMark(QWidget):
    """What is drawn of the ring; it lies over the control and is part of what holds the control."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.radius = float(Radius.FIELD)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        clear = self._theme.colour("accent_mark")
        clear.setAlpha(0)
        box = BoxStyle(clear, self._theme.colour("accent_mark"), RING, self.radius + _OUT - 1)
        paint_box(painter, QRectF(self.rect()), box)
        painter.end()


class FocusRing(QObject):
    """One ring for the whole application, laid over the window or scrolled area that holds the focused control.

    A ring must lie outside its control, where a style cannot paint; so a transparent widget follows the focus. It goes
    with the dialog or page that holds it, and is made anew for the next control: the ring lasts as long as `owner`.
    A control sets the dynamic property `ringRadius` when its corners are not those of a field, `ringInside` when there
    is no room around it (tabs), and `ownRing` when it shows the focus itself (item views mark the current row).
    Margins of 5 px keep the ring whole.
    """

    def __init__(self, theme: Theme, application: QApplication, owner: QWidget) -> None:
        super().__init__(owner)
        self._theme = theme
        self._mark = RingMark(theme)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        application.focusChanged.connect(self._follow)

    def target(self) -> QWidget | None:
        """Return the control that carries the ring now."""
        return self._target if isValid(self._mark) and self._mark.isVisible() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the control when it, or anything it lies in, moves."""
        if event.type() in _MOVES:
            self._place()
        return super().eventFilter(watched, event)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        for widget in filter(isValid, self._watched):
            widget.removeEventFilter(self)
        if self._target is not None and isValid(self._target):
            self._target.destroyed.disconnect(self._forget)
        self._watched, self._target = [], None
        if not isValid(self._mark):
            self._mark = RingMark(self._theme)
        if now is None or now.isWindow() or now.property("ownRing") or now.focusPolicy() is Qt.FocusPolicy.NoFocus:
            self._mark.hide()
            return
        self._target = now
        host = self._host(now)
        now.destroyed.connect(self._forget)
        self._mark.setParent(host)
        self._mark.radius = float(now.property("ringRadius") or Radius.FIELD)
        self._place()

    def _host(self, target: QWidget) -> QWidget:
        widget: QWidget = target
        while True:
            widget.installEventFilter(self)
            self._watched.append(widget)
            above = widget.parentWidget()
            if above is None or widget.isWindow():
                return widget
            if isinstance(above, QAbstractScrollArea) and widget is above.viewport():
                return widget
            widget = above

    def _place(self) -> None:
        mark, target = self._mark, self._target
        if not isValid(mark):
            return
        host = mark.parentWidget()
        if host is None or target is None or not target.isVisible():
            mark.hide()
            return
        corner = target.mapTo(host, QPoint(0, 0))
        out = -RING_GAP if target.property("ringInside") else _OUT
        mark.setGeometry(QRect(corner, target.size()).adjusted(-out, -out, out, out))
        mark.raise_()
        mark.show()

    def _forget(self) -> None:
        self._watched, self._target = [], None
        if isValid(self._mark):
            self._mark.hide()
