"""The table of a repeat: its rows as sentences, a way to add one, and what Opmaat adds up."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import N_, Catalogue
from desktop.services.interview.page_parts import RepeatView, RowView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import MARK, Role, Space, Tone
from desktop.ui.interview.card.quiet import QuietButton
from desktop.ui.kit.controls.button import Button, SecondLabel
from desktop.ui.kit.controls.chip import chip_size, paint_chip
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side
from desktop.ui.kit.drawing.paint import paper_clip
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card, Divider
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.answer_binding import WAYS_OUT
from desktop.ui.questions.base import CardCatalogues
from desktop.ui.questions.parts.arrow_keys import RovingFocus

_TALL, _NUMBER, _PAD = 80, 32, 16
_NONE = N_("Nothing to add")


class RowButton(PressButton):
    """One row: number, what it is, the rest softly below, a chip for its state. Checked means open in the editor."""

    def __init__(self, theme: Theme, row: RowView, empty: str, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._empty = empty
        self.row = row
        self.setObjectName(name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.show_row(row)

    def show_row(self, row: RowView) -> None:
        """Show the row as it now stands."""
        self.row = row
        label = ", ".join(part for part in (row.title or self._empty, row.detail, row.state) if part)
        self.setText(f"{row.number}. {label}".replace("&", "&&"))
        self.setAccessibleName(f"{row.number}. {label}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a row; its words shorten before it grows."""
        return QSize(self._theme.px(260), self._theme.px(_TALL))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        theme, whole, rtl = self._theme, QRectF(self.rect()), self.isRightToLeft()
        painter = QPainter(self)
        if self.isChecked() or self.underMouse():
            painter.fillRect(whole, theme.colour("primary_tint" if self.isChecked() else "surface_2"))
        if self.isChecked():
            painter.fillRect(at_start(whole, 0, MARK, rtl=rtl), theme.colour("primary"))
        number = StyledLine(str(self.row.number), theme.font(Role.STRONG), theme.colour("ink_2"), theme.language)
        number.draw(painter, at_start(whole, theme.px(_PAD), theme.px(_NUMBER), rtl=rtl), start_side(rtl=rtl))
        chip = chip_size(theme, self.row.state, icon="").width() if self.row.state else 0
        if chip:
            place = at_start(whole, whole.width() - theme.px(_PAD) - chip, chip, rtl=rtl)
            paint_chip(painter, theme, place, self.row.state, "neutral", "", on_tint=self.isChecked(), rtl=rtl)
        room = whole.width() - theme.px(2 * _PAD + _NUMBER + 8) - chip
        self._paint_words(painter, at_start(whole, theme.px(_PAD + _NUMBER), room, rtl=rtl), rtl=rtl)
        painter.end()

    def _paint_words(self, painter: QPainter, where: QRectF, *, rtl: bool) -> None:
        theme = self._theme
        title = self.row.title or self._empty
        lines = [(StyledLine(title, theme.font(Role.STRONG), theme.colour("ink"), theme.language), Role.STRONG)]
        if self.row.detail:
            soft = StyledLine(self.row.detail, theme.font(Role.SMALL), theme.colour("ink_2"), theme.language)
            lines.append((soft, Role.SMALL))
        top = where.center().y() - sum(theme.type_size(role).leading for _line, role in lines) / 2
        for line, role in lines:
            leading = theme.type_size(role).leading
            line.draw(painter, QRectF(where.left(), top, where.width(), leading), start_side(rtl=rtl))
            top += leading


class RepeatRows(Card):
    """The table. `opened` carries the address of a row, `add` asks for a row, `empty_answer` a status for none."""

    opened = Signal(str)
    add = Signal()
    empty_answer = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, padding=0)
        self._theme = theme
        self._rows: dict[str, RowButton] = {}
        self._roving: RovingFocus | None = None
        self.setObjectName("interview.repeat")
        self._first = Text(theme, role=Role.CARD)
        self._second = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self._hint = Text(theme, role=Role.BODY, tone=Tone.SOFT)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._add = QuietButton(theme, "interview.repeat.add", role=Role.STRONG, colour="primary", icon="plus")
        self._none = Button(theme, "", "interview.repeat.none")
        self._unknown = Button(theme, "", "interview.unknown", icon="question")
        self._decline = Button(theme, "", "interview.decline", icon="hand")
        self._differs = Text(theme, role=Role.BODY)
        self._differs.setObjectName("interview.repeat.differs")
        self._total = Text(theme, role=Role.BODY)
        self._reckoned = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        self._add.clicked.connect(self.add)
        for button, status in ((self._none, "given"), (self._unknown, "unknown"), (self._decline, "declined")):
            button.setCheckable(True)
            button.clicked.connect(
                lambda checked, status=status: self.empty_answer.emit(status if checked else "cleared")
            )
        self._lay_out()

    def show_repeat(self, repeat: RepeatView, catalogues: CardCatalogues, current: str) -> None:
        """Show the rows as they stand; `current` is open in the editor."""
        worker = catalogues.worker
        dutch, other = repeat.dutch, repeat.other
        self._first.set_text(dutch.label, catalogues.dutch, dutch.styled)
        self._second.set_text(
            "" if other.missing else other.label, catalogues.other, () if other.missing else other.styled
        )
        self._hint.set_text(dutch.hint, catalogues.dutch, dutch.styled_hint)
        self._hint.setVisible(bool(repeat.dutch.hint))
        self._add.set_words(worker.text("Add another") if repeat.rows else worker.text("Add the first"))
        self._show_rows(repeat, worker.text("Not filled in yet"))
        self._show_difference(repeat, worker)
        for row in self._rows.values():
            row.setChecked(row.row.ref == current)
        self._ways_out.setVisible(not repeat.rows)
        for button, words, status in (
            (self._none, _NONE, "given"),
            (self._unknown, WAYS_OUT["unknown"], "unknown"),
            (self._decline, WAYS_OUT["declined"], "declined"),
        ):
            button.set_text(catalogues.left.text(words), SecondLabel(catalogues.person.text(words), catalogues.other))
            button.setChecked(repeat.status == status and not repeat.rows)
        self._total.set_text(repeat.total, catalogues.dutch)
        self._reckoned.set_text(worker.text("reckoned by Opmaat"))
        self._sum.setVisible(bool(repeat.total))

    def focus_row(self, ref: str) -> None:
        """Put the focus on the row, or on the way to add one."""
        (self._rows.get(ref) or self._add).setFocus()

    def _show_rows(self, repeat: RepeatView, empty: str) -> None:
        if list(self._rows) != [row.ref for row in repeat.rows]:
            self._build(repeat, empty)
        for row in repeat.rows:
            self._rows[row.ref].show_row(row)

    def _show_difference(self, repeat: RepeatView, words: Catalogue) -> None:
        """Say that there are more or fewer rows than somebody answered; nobody is kept from going on."""
        count = len(repeat.rows)
        self._differs.setVisible(repeat.expected is not None and repeat.expected != count)
        if repeat.expected is not None:
            said = words.text("“{question}” says {n}.", question=repeat.expected_by, n=repeat.expected)
            here = words.plural("There is {n} row here.", "There are {n} rows here.", count)
            self._differs.set_text(f"{said} {here}")
            self._differs.set_tone(Tone.ACCENT if count else Tone.SOFT)

    def _build(self, repeat: RepeatView, empty: str) -> None:
        clear(self._list)
        self._rows = {}
        for row in repeat.rows:
            button = RowButton(self._theme, row, empty, f"interview.row.{row.number}")
            button.clicked.connect(lambda _checked, ref=row.ref: self.opened.emit(ref))
            self._rows[row.ref] = button
            self._list.addWidget(Divider(self._theme))
            self._list.addWidget(button)
        self._roving = RovingFocus(list(self._rows.values()), self)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        head.setSpacing(2)
        for text in (self._first, self._second, self._hint):
            head.addWidget(text)
        self.body.setContentsMargins(1, 1, 1, 3)
        self.body.setSpacing(0)
        nest(self.body, head)
        nest(self.body, self._list)
        self.body.addWidget(Divider(self._theme))
        telling = QVBoxLayout()
        telling.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, 0)
        telling.addWidget(self._differs)
        nest(self.body, telling)
        adding = QHBoxLayout()
        adding.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        adding.addWidget(self._add)
        adding.addStretch(1)
        nest(self.body, adding)
        self._ways_out = QWidget()
        ways = QVBoxLayout(self._ways_out)
        ways.setContentsMargins(Space.LARGE, 0, Space.LARGE, Space.LARGE)
        ways.setSpacing(Space.SMALL)
        for button in (self._none, self._unknown, self._decline):
            ways.addWidget(button)
        self.body.addWidget(self._ways_out)
        self._sum = QWidget()
        row = QHBoxLayout(self._sum)
        row.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM + 2)
        row.addWidget(self._total, 1)
        row.addWidget(self._reckoned)
        self.body.addWidget(self._sum)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the paper, and the sum on its own ground."""
        super().paintEvent(event)
        if self._sum.isHidden():
            return
        painter = QPainter(self)
        painter.setClipPath(paper_clip(QRectF(self.rect())))
        where = QRectF(self._sum.geometry()).adjusted(-2, 0, 2, 4)
        painter.fillRect(where, self._theme.colour("surface_2"))
        painter.fillRect(QRectF(where.left(), where.top(), where.width(), 1), self._theme.colour("line"))
        painter.end()
