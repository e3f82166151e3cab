"""What every screen is checked for: names, object names, reach by keyboard, whole texts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from desktop.kernel.changes import Changes
from desktop.ui.context import Publish
from desktop.ui.kit.layout.reading_order import tab_stops
from desktop.ui.kit.typography.text import Text
from desktop.ui.window import MainWindow

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
_LONGEST_MILLISECONDS = 60_000
_BEAT_MILLISECONDS = 10
"""How often a condition that no event announces is looked at."""
_Control = TypeVar("_Control", bound=QWidget)


def wait_until(condition: Callable[[], bool]) -> None:
    """Run the event loop until `condition` holds; fails the test when it never does.

    Sleeps while nothing happens: with a time limit `processEvents` never does, and takes the threads their turn.
    """
    deadline = QDeadlineTimer(_LONGEST_MILLISECONDS)
    beat = QTimer()
    beat.start(_BEAT_MILLISECONDS)
    while not condition():
        assert not deadline.hasExpired(), "waited in vain"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def settle(window: MainWindow) -> None:
    """Wait until everything asked of the executor has come home and layouts are at rest."""
    wait_until(lambda: window.executor.pending == 0)
    rest()


def rest() -> None:
    """Let layouts come to rest, and what was thrown away go: heights of wrapped texts need a second pass."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def visible_widgets(root: QWidget) -> Iterator[QWidget]:
    """Yield every widget inside `root` that is shown."""
    for widget in root.findChildren(QWidget):
        if isValid(widget) and widget.isVisible():
            yield widget


def interactive_widgets(root: QWidget) -> list[QWidget]:
    """Return what a person can use inside `root`; parts inside another control count as that control."""
    found = [widget for widget in visible_widgets(root) if isinstance(widget, INTERACTIVE)]
    return [widget for widget in found if not _is_part(widget)]


class _ShowFilter(QObject):
    def __init__(self, noted: list[str]) -> None:
        super().__init__()
        self._noted = noted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        """Note a window that is shown."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self._noted.append(type(watched).__name__)
        return False


@contextmanager
def windows_shown() -> Iterator[list[str]]:
    """Note the class of every window that is shown meanwhile, also of one that is there for a moment."""
    noted: list[str] = []
    application, notes = QApplication.instance(), _ShowFilter(noted)
    assert application is not None
    application.installEventFilter(notes)
    try:
        yield noted
    finally:
        application.removeEventFilter(notes)


def visible_texts(root: QWidget) -> list[str]:
    """Return the texts inside `root` that are shown, in the order in which they were made."""
    return [text.plain() for text in root.findChildren(Text) if text.isVisible()]


def nameless(root: QWidget) -> list[str]:
    """Return the controls without an accessible name of their own. A combo box's current item is not a name."""
    return [tell(widget) for widget in interactive_widgets(root) if not widget.accessibleName().strip()]


def without_object_name(root: QWidget) -> list[str]:
    """Return the controls that a test or the demonstration could not find."""
    return [tell(widget) for widget in interactive_widgets(root) if not widget.objectName()]


def unreachable(root: QWidget) -> list[str]:
    """Return the controls in use that the keyboard does not reach."""
    reached = set(tab_stops(root.window()))
    return [
        tell(widget)
        for widget in interactive_widgets(root)
        if widget.isEnabled() and widget not in reached and not _in_group(widget)
    ]


def clipped(root: QWidget) -> list[str]:
    """Return the texts that do not fit their widget: cut words or cut lines."""
    return [tell(widget) for widget in visible_widgets(root) if _is_clipped(widget)]


def faults(root: QWidget) -> list[str]:
    """Return everything the other functions find, with what is wrong: empty for a good screen."""
    kinds = {"nameless": nameless, "no object name": without_object_name, "unreachable": unreachable, "cut": clipped}
    return [f"{kind}: {each}" for kind, find in kinds.items() for each in find(root)]


def _is_clipped(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        if not widget.text() or widget.pixmap().width() or widget.toolTip():
            return False
        if widget.wordWrap():
            return widget.height() < widget.heightForWidth(widget.width())
        return widget.width() + 1 < widget.sizeHint().width() or widget.height() + 1 < widget.sizeHint().height()
    if isinstance(widget, QAbstractButton) and widget.text():
        hint = widget.minimumSizeHint()
        return widget.width() + 1 < hint.width() or widget.height() + 1 < hint.height()
    return False


def _in_group(widget: QWidget) -> bool:
    """Tell whether arrow keys reach the control from its siblings: exclusive ones, or those of a `RovingFocus`."""
    if not isinstance(widget, QAbstractButton):
        return False
    return widget.autoExclusive() or widget.group() is not None or bool(widget.property("walked"))


def _is_part(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if widget.objectName().startswith("qt_"):
        return True
    return isinstance(parent, (QAbstractSpinBox, QComboBox, QAbstractScrollArea)) and not isinstance(
        parent.parentWidget(), QAbstractScrollArea
    )


def tell(widget: QWidget) -> str:
    """Return which widget it is: class, object name, beginning of its text, size."""
    text = widget.plain() if isinstance(widget, Text) else getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} {widget.objectName() or '-'} {str(text)[:40]!r} {widget.width()}x{widget.height()}"


def press(window: QWidget, name: str) -> None:
    """Press the shown button with the object name `name`."""
    control(window, name, QAbstractButton).click()
    QApplication.processEvents()


def control(window: QWidget, name: str, kind: type[_Control]) -> _Control:
    """Return the shown control with the object name `name`."""
    found = [widget for widget in window.findChildren(kind, name) if widget.isVisible()]
    assert len(found) == 1, f"{name}: {len(found)} found"
    return found[0]


def publish_into(news: list[Changes]) -> Publish:
    """Return what stands for the shell's `publish`: it keeps the news, whoever shows them already."""

    def publish(changes: Changes, *, by: object = None) -> None:
        assert by is None or isinstance(by, QWidget), "a page shows them"
        news.append(changes)

    return publish
