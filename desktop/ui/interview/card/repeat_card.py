"""A repeat on one card: the table of its rows, and beside it the editor of the row that is open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.kernel.ref import Ref
from desktop.services.interview.answer_state import AnswerStates
from desktop.services.interview.page_parts import RepeatView, RowView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Space
from desktop.ui.interview.card.repeat_rows import RepeatRows
from desktop.ui.interview.card.row_editor import RowEditor
from desktop.ui.questions.base import CardCatalogues

_TOO_NARROW = 860


class RepeatCard(QWidget):
    """Shows a `RepeatView`. A new row opens at once; removing one is taken back with undo, not asked about."""

    given = Signal(str, str, str)
    add = Signal()
    remove = Signal(str)
    undo = Signal()
    empty_answer = Signal(str)

    def __init__(self, theme: Theme, words: Catalogue, answers: AnswerStates) -> None:
        super().__init__()
        self._theme = theme
        self._repeat: RepeatView | None = None
        self._catalogues: CardCatalogues | None = None
        self._open = ""
        self._can_undo = False
        self.rows = RepeatRows(theme)
        self.editor = RowEditor(theme, words, answers)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(Space.WIDE - 2)
        self._box.addWidget(self.rows, 47, Qt.AlignmentFlag.AlignTop)
        self._box.addWidget(self.editor, 53, Qt.AlignmentFlag.AlignTop)
        self.rows.opened.connect(self.open_row)
        self.rows.add.connect(self.add)
        self.rows.empty_answer.connect(self.empty_answer)
        self.editor.given.connect(self.given)
        self.editor.remove.connect(self.remove)
        self.editor.undo.connect(self.undo)
        self.editor.done.connect(self._close)

    def show_repeat(self, repeat: RepeatView, catalogues: CardCatalogues, *, can_undo: bool) -> None:
        """Show the rows as they stand; the open row stays open while it is there."""
        before, self._repeat, self._catalogues, self._can_undo = self._repeat, repeat, catalogues, can_undo
        same = before is not None and before.ref == repeat.ref
        known = {row.ref for row in before.rows} if before is not None and same else {row.ref for row in repeat.rows}
        fresh = [row.ref for row in repeat.rows if row.ref not in known]
        if not same:
            self._open = ""
        self._open = fresh[-1] if fresh else self._open
        self._show()
        if fresh:
            self.editor.focus_first()

    def open_row(self, ref: str) -> None:
        """Open the row `ref` in the editor."""
        self.editor.flush()
        self._open = ref
        self._show()
        self.editor.focus_first()

    def open_beside(self, by: int) -> bool:
        """Open the row `by` places after the open one, the first when none is; False where there is none."""
        rows = () if self._repeat is None else tuple(row.ref for row in self._repeat.rows)
        at = rows.index(self._open) + by if self._open in rows else 0
        if not 0 <= at < len(rows):
            return False
        self.open_row(rows[at])
        return True

    def flush(self, *, insist: bool = True) -> None:
        """Keep what stands in the editor; with `insist`, say why where it cannot be kept."""
        if self.editor.isVisible():
            self.editor.flush(insist=insist)

    def show_state(self, ref: str, *, refused: bool) -> None:
        """Show at its field what became of a value; the row of one that was refused opens again."""
        row = Ref.parse(ref).row
        rows = {each.ref for each in self._repeat.rows} if self._repeat is not None else set()
        if refused and row is not None and row.text in rows and row.text != self._open:
            self._open = row.text
            self._show()
        self.editor.show_state(ref)

    def focus_first(self) -> None:
        """Put the focus on the open row, or on the table."""
        if self._row() is not None:
            self.editor.focus_first()
        else:
            self.rows.focus_row("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the editor below the table when there is no room beside it."""
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(_TOO_NARROW)
        down, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._box.setDirection(down if narrow else beside)

    def _row(self) -> RowView | None:
        rows = () if self._repeat is None else self._repeat.rows
        return next((row for row in rows if row.ref == self._open), None)

    def _show(self) -> None:
        if self._repeat is None or self._catalogues is None:
            return
        row = self._row()
        self.rows.show_repeat(self._repeat, self._catalogues, "" if row is None else row.ref)
        self.editor.setVisible(row is not None)
        if row is not None:
            self.editor.show_row(row, self._catalogues, can_undo=self._can_undo)

    def _close(self) -> None:
        before, self._open = self._open, ""
        self._show()
        self.rows.focus_row(before)
