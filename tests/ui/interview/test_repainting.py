"""What an answer costs on screen is counted in widgets painted and laid out; a time would depend on the machine."""

from collections import Counter

from PySide6.QtCore import QEvent, QObject, QRegularExpression
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.ui.table_on_screen import Screen
from tests.unit.services.interview_fixture import ref

_COUNTED = {QEvent.Type.Paint, QEvent.Type.LayoutRequest}


class EventCounter(QObject):
    """Counts paint and layout events of the whole application by class of widget."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[tuple[QEvent.Type, str]] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # the name of Qt
        """Count `event`, and let it pass."""
        if event.type() in _COUNTED and isinstance(watched, QWidget):
            self.counts[event.type(), type(watched).__name__] += 1
        return False


def test_another_answer_paints_what_changed_and_lays_nothing_out(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("gesprek_alleen"))
    first, second = page.card.findChildren(QAbstractButton, QRegularExpression("^interview\\.choice\\."))[:2]
    for choice in (first, second):
        choice.click()
        screen.settle()
    counter, application = EventCounter(), QApplication.instance()
    assert application is not None
    application.installEventFilter(counter)
    first.click()
    screen.settle()
    application.removeEventFilter(counter)
    assert not any(kind == QEvent.Type.LayoutRequest for kind, _name in counter.counts), counter.counts
    painted = Counter({name: times for (_kind, name), times in counter.counts.items()})
    assert painted["SavedLine"] <= 2
    assert painted.total() <= 30, painted
