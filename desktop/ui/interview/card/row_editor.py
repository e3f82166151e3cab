"""The editor of one row of a repeat: all its questions on one sheet, saved one by one as they are given."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.services.interview.answer_state import AnswerStates
from desktop.services.interview.page_parts import QuestionView, RowView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.interview.card.row_field import RowField
from desktop.ui.kit.controls.button import Button, IconButton
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.base import CardCatalogues

_BESIDE = 3


class RowEditor(Card):
    """Shows a `RowView`. `given` carries address, status, value; `remove` the address of the row; `done` closes it."""

    given = Signal(str, str, str)
    remove = Signal(str)
    undo = Signal()
    done = Signal()

    def __init__(self, theme: Theme, words: Catalogue, answers: AnswerStates) -> None:
        super().__init__(theme, padding=Space.WIDE)
        self._theme, self._words, self._answers = theme, words, answers
        self._ref = ""
        self._order: tuple[str, ...] = ()
        self._fields: dict[str, RowField] = {}
        self._lines: list[QHBoxLayout] = []
        self._title = Text(theme, role=Role.CARD)
        self._trash = IconButton(theme, "trash", words.text("Remove this row"), "interview.row.remove")
        self._close = IconButton(theme, "close", words.text("Close this row"), "interview.row.close")
        self._undo = Button(theme, words.text("Undo"), "interview.row.undo")
        self._done = Button(theme, words.text("Ready"), "interview.row.done", kind="primary", icon="check")
        self._trash.clicked.connect(lambda: self.remove.emit(self._ref))
        self._close.clicked.connect(self._finish)
        self._done.clicked.connect(self._finish)
        self._undo.clicked.connect(self.undo)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        head.addWidget(self._trash)
        head.addWidget(self._close)
        self._column = QVBoxLayout()
        self._column.setSpacing(Space.MEDIUM)
        note = Text(
            theme, words.text("Not everything has to be filled in. An estimate is fine."), Role.META, tone=Tone.SOFT
        )
        foot = QHBoxLayout()
        foot.setSpacing(Space.MEDIUM)
        foot.addWidget(note, 1)
        foot.addWidget(self._undo)
        foot.addWidget(self._done)
        nest(self.body, head)
        nest(self.body, self._column)
        nest(self.body, foot)
        self.set_top("primary")

    def show_row(self, row: RowView, catalogues: CardCatalogues, *, can_undo: bool) -> None:
        """Show the questions of `row`; those that stay keep focus and half-typed text."""
        self._ref = row.ref
        title = row.title or self._words.text("Not filled in yet")
        self._title.set_text(f"{row.number} · {title}")
        order = tuple(question.ref for question in row.questions)
        if order != self._order:
            self._arrange(row.questions, catalogues)
            self._order = order
        for question in row.questions:
            self._fields[question.ref].show_question(question, catalogues)
        if can_undo:
            self._undo.enable()
        else:
            self._undo.disable(self._words.text("Nothing has been changed yet."))

    def flush(self, *, insist: bool = True) -> None:
        """Keep what stands in every field; with `insist`, say why where it cannot be kept."""
        for field in self._fields.values():
            field.binding.flush(insist=insist)

    def focus_refused(self, ref: str = "") -> None:
        """Put the focus where what was refused can be changed: at `ref`, else in the first such field."""
        refused = [field for field in self._fields.values() if field.binding.is_refused]
        chosen = [field for field in refused if field.question.ref == ref] or refused
        if chosen:
            chosen[0].control.focus_refused()

    def show_state(self, ref: str) -> None:
        """Show at the field of `ref` what became of its value."""
        if ref in self._fields:
            self._fields[ref].binding.show_state()

    def choose_way_out(self, ref: str, status: str) -> None:
        """Give one of the ways not to answer at the field of `ref`."""
        self._fields[ref].binding.choose_way_out(status, chosen=True)

    def focused(self) -> str:
        """Return the address of the question that has the focus, empty when none has."""
        inside = self.focusWidget()
        return next((ref for ref, field in self._fields.items() if inside and field.isAncestorOf(inside)), "")

    def go_on(self) -> bool:
        """Go from the field that has the focus to the next, from the last to "ready"; False when none has it."""
        here = self.focused()
        if not here:
            return False
        refs = list(self._order)
        following = refs[refs.index(here) + 1 :]
        if following:
            self._fields[following[0]].control.focus_first()
        else:
            self._done.setFocus()
        return True

    def focus_first(self) -> None:
        """Put the focus in the first empty field, else in the first one."""
        empty = [field for field in self._fields.values() if not field.question.value]
        chosen = empty or list(self._fields.values())
        if chosen:
            chosen[0].control.focus_first()

    def _finish(self) -> None:
        self.flush()
        if any(field.binding.is_refused for field in self._fields.values()):
            self.focus_refused()
        else:
            self.done.emit()

    def _arrange(self, questions: Sequence[QuestionView], catalogues: CardCatalogues) -> None:
        for row in self._lines:
            while row.count():
                row.takeAt(0)
        kept = {question.ref for question in questions}
        for ref in [ref for ref in self._fields if ref not in kept]:
            field = self._fields.pop(ref)
            field.binding.detach()
            field.hide()
            field.deleteLater()
        for place, line in enumerate(_lines(questions)):
            for question in line:
                self._line(place).addWidget(self._field(question, catalogues), 1)

    def _line(self, place: int) -> QHBoxLayout:
        """Return a line, made once and kept: PySide crashes when a layout is taken out of another and freed."""
        while len(self._lines) <= place:
            row = QHBoxLayout()
            row.setSpacing(Space.MEDIUM)
            nest(self._column, row)
            self._lines.append(row)
        return self._lines[place]

    def _field(self, question: QuestionView, catalogues: CardCatalogues) -> QWidget:
        if question.ref not in self._fields:
            field = RowField(self._theme, question, catalogues, self._answers)
            field.given.connect(self.given)
            self._fields[question.ref] = field
            before = list(self._fields.values())
            if len(before) > 1:
                QWidget.setTabOrder(before[-2], field)
        return self._fields[question.ref]


def _lines(questions: Sequence[QuestionView]) -> list[list[QuestionView]]:
    """Put short numbers beside each other; everything else has a line of its own."""
    lines: list[list[QuestionView]] = []
    for question in questions:
        room = bool(lines) and len(lines[-1]) < _BESIDE and _is_short(lines[-1][-1])
        beside = room and (_is_short(question) or _closes(lines[-1], question))
        if beside:
            lines[-1].append(question)
        else:
            lines.append([question])
    return lines


def _is_short(question: QuestionView) -> bool:
    return question.kind in {"whole", "number"}


def _closes(line: Sequence[QuestionView], question: QuestionView) -> bool:
    return len(line) == _BESIDE - 1 and question.kind == "one" and "autocomplete" in question.appearance
