"""One received case: where it stands, what came along, and the decision."""

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import Catalogue, language
from desktop.i18n.languages import DUTCH
from desktop.services.handover.handover_parts import ReceivedCase
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button, Kind
from desktop.ui.kit.controls.chip import Chip
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card, Divider
from desktop.ui.kit.surfaces.timeline import Timeline
from desktop.ui.kit.typography.text import Text
from desktop.ui.received.received_texts import CHIPS, case_title, steps, unopened_words, when
from protocol.errors import UserError


class CaseView(QWidget):
    """The right half of the page. Its signals carry nothing: the page knows which case is shown."""

    receive = Signal()
    receive_partly = Signal()
    accept = Signal()
    give_back = Signal()
    open_case = Signal()
    export = Signal()

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__()
        self._theme, self._texts = theme, texts
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.LARGE)
        column.addWidget(self._head_card())
        self.above = QVBoxLayout()
        self.above.setSpacing(Space.LARGE)
        nest(column, self.above)
        column.addWidget(self._what_card())
        self.below = QVBoxLayout()
        self.below.setSpacing(Space.LARGE)
        nest(column, self.below)
        column.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest button alone: two need not stand beside each other."""
        buttons = (
            self.receive_button,
            self.partly_button,
            self.accept_button,
            self.return_button,
            self.open_button,
            self.export_button,
        )
        widest = max(button.minimumSizeHint().width() for button in buttons) + 2 * Space.WIDE
        return QSize(widest, super().minimumSizeHint().height())

    def show_case(self, case: ReceivedCase) -> None:
        """Show `case` and the decisions that are open."""
        texts = self._texts
        self._title.set_text(case_title(case))
        languages = " · ".join(_own_name(tag) for tag in case.languages if tag != DUTCH)
        number = case.number if case.name else ""
        self._from.set_text(" · ".join(part for part in (number, languages) if part))
        self._from.setVisible(bool(number or languages))
        self._sender.set_text(texts.text("From {sender}, {moment}", sender=case.sender, moment=when(case, texts)))
        word, kind, icon = CHIPS[case.step]
        self._chip.set_state(texts.text(word), kind, icon)
        self._timeline.set_steps(steps(case, texts))
        self._show_parts(case)
        self._show_buttons(case)

    @property
    def decides(self) -> bool:
        """Tell whether the keyboard is on a button that decides on the case."""
        decisions = (self.receive_button, self.partly_button, self.accept_button, self.return_button)
        return self.window().focusWidget() in decisions

    def focus_next_step(self) -> None:
        """Put the keyboard on what comes next, now that the button that was pressed is gone."""
        for button in (self.accept_button, self.open_button):
            if not button.isHidden():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put buttons beside each other, or below each other where large text leaves no room."""
        super().resizeEvent(event)
        room = self.width() - 2 * Space.WIDE
        pairs = (
            (self._decide_row, (self.accept_button, self.return_button, self.partly_button)),
            (self._read_row, (self.open_button, self.export_button)),
        )
        for row, buttons in pairs:
            needed = sum(button.minimumSizeHint().width() + Space.MEDIUM for button in buttons)
            beside = QBoxLayout.Direction.LeftToRight if needed <= room else QBoxLayout.Direction.TopToBottom
            row.setDirection(beside)

    def _head_card(self) -> Card:
        theme = self._theme
        card = Card(theme)
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = Text(theme, role=Role.CARD)
        self._from = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self._sender = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        for part in (self._title, self._from, self._sender):
            words.addWidget(part)
        nest(row, words, 1)
        self._chip = Chip(theme, "", "asks", "inbox")
        row.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        nest(card.body, row)
        self._timeline = Timeline(theme, "received.timeline")
        card.body.addWidget(self._timeline)
        nest(card.body, self._open_row())
        return card

    def _what_card(self) -> Card:
        theme, texts = self._theme, self._texts
        card = Card(theme)
        self._heading = Text(theme, texts.text("What came along"), Role.CARD)
        card.body.addWidget(self._heading)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(Space.SMALL)
        nest(card.body, self._parts)
        card.body.addWidget(Divider(theme))
        self._decide_row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(Space.MEDIUM)
        self.receive_button = self._button(texts.text("Receive the case"), "received.receive", "inbox", self.receive)
        self.accept_button = self._button(texts.text("Accept the case"), "received.accept", "handshake", self.accept)
        self.return_button = self._button(
            texts.text("Return with a question"), "received.return", "undo", self.give_back, kind="plain"
        )
        self.partly_button = self._button(
            texts.text("Receive what opens"), "received.receive_partly", "inbox", self.receive_partly, kind="plain"
        )
        for button in (self.receive_button, self.partly_button, self.accept_button, self.return_button):
            row.addWidget(button)
        row.addStretch(1)
        nest(card.body, row)
        return card

    def _open_row(self) -> QBoxLayout:
        texts = self._texts
        self.open_button = self._button(
            texts.text("Open the case"), "received.open", "folder", self.open_case, kind="plain"
        )
        self.export_button = self._button(
            texts.text("Plan and report"), "received.export", "document", self.export, kind="quiet"
        )
        self._read_row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self.open_button)
        row.addWidget(self.export_button)
        row.addStretch(1)
        return row

    def _button(self, text: str, name: str, icon: str, signal: SignalInstance, kind: Kind = "primary") -> Button:
        button = Button(self._theme, text, name, kind=kind, icon=icon)
        button.clicked.connect(lambda _on=False: signal.emit())
        return button

    def _show_parts(self, case: ReceivedCase) -> None:
        texts = self._texts
        clear(self._parts)
        self._heading.set_text(texts.text("What came along"))
        if case.step == "offered":
            self._part("lock", texts.text("Sealed. Nobody's name is shown before you receive the case."))
            state = texts.text("Keys and pages have arrived.")
            if not case.readable:
                state = unopened_words(case, texts) or texts.text(
                    "Keys or pages are still under way. They come by themselves."
                )
            self._part("check-circle" if case.readable else "clock", state)
            return
        self._part("check-circle", texts.text("Personal data, report of the conversations, plan and choice of route"))
        missing = unopened_words(case, texts)
        if missing:
            self._part("warning", missing)
        if case.health and not missing:
            self._part("lock", texts.text("Health, kept apart. {sender} lets its key go.", sender=case.sender))
        if case.step == "accepted":
            self._part("shield", texts.text("{sender} reads nothing new of this case any more.", sender=case.sender))
        if case.reason:
            self._part("undo", texts.text("You returned it: “{reason}”", reason=case.reason))
        if case.waiting:
            self._part("clock", texts.text("Your answer goes out as soon as Opmaat is online."))

    def _part(self, icon: str, words: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(Icon(self._theme, icon, 22, Tone.PRIMARY), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(self._theme, words, Role.BODY), 1)
        nest(self._parts, row)

    def _show_buttons(self, case: ReceivedCase) -> None:
        self.receive_button.setVisible(case.step == "offered")
        if case.readable:
            self.receive_button.enable()
        else:
            still_coming = self._texts.text("Keys or pages are still under way. They come by themselves.")
            self.receive_button.disable(unopened_words(case, self._texts) or still_coming)
        self.partly_button.setVisible(case.partial)
        for button in (self.accept_button, self.return_button):
            button.setVisible(case.step == "received")
        opened = case.readable and case.step in {"received", "accepted"}
        for button in (self.open_button, self.export_button):
            button.setVisible(opened)


def _own_name(tag: str) -> str:
    try:
        return language(tag).own_name
    except UserError:
        return tag
