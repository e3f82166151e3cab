"""What lies on the interview screen: sections, header, one card, tools, a panel to write in, and the footer."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.services.interview.answer_state import AnswerStates
from desktop.services.interview.page_parts import InterviewView, QuestionView, RepeatView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Space
from desktop.ui.interview.card.locked_card import LockedCard
from desktop.ui.interview.card.question_card import QuestionCard
from desktop.ui.interview.card.repeat_card import RepeatCard
from desktop.ui.interview.caseworker_tools import CaseworkerTools
from desktop.ui.interview.footer import Footer
from desktop.ui.interview.header import InterviewHeader
from desktop.ui.interview.sections import SectionList
from desktop.ui.interview.writing_panel import WritingPanel
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.questions.base import CardCatalogues

_WIDE, _ROOMY = 1240, 1600
_LIST, _LIST_ROOMY = 256, 288
_NARROW, _LARGE_TEXT = 1000, 1.4
_SCROLL_BAR = 16


class InterviewSheet(QWidget):
    """The parts in their places. Narrow, or from 150 % text size, the section list becomes a menu in the header."""

    def __init__(self, theme: Theme, words: Catalogue, attached: QWidget) -> None:
        """Lay the parts out; `attached` is the panel with the attachments of the question."""
        super().__init__()
        self._theme = theme
        self.attached = attached
        self.answers = AnswerStates()
        self._sought: QWidget | None = None
        self.setObjectName("interview")
        self.sections = SectionList(theme, words)
        self.header = InterviewHeader(theme, words)
        self.card = QuestionCard(theme, words, self.answers)
        self.repeat = RepeatCard(theme, words, self.answers)
        self.locked = LockedCard(theme, words)
        self.tools = CaseworkerTools(theme, words)
        self.panel = WritingPanel(theme, words)
        self.footer = Footer(theme, words)
        self._lay_out()
        self.card.zone.typed.connect(lambda: self.bring_into_sight(self.card.zone))
        theme.changed.connect(self._fit)

    def show_step(self, view: InterviewView, catalogues: CardCatalogues) -> None:
        """Show sections, header, footer and the card of `view`."""
        self.sections.show_parts(view.parts, view.section.path)
        self.header.show_view(view)
        self.footer.show_view(view)
        step = view.step
        if isinstance(step, QuestionView):
            self.card.show_question(step, catalogues)
        elif isinstance(step, RepeatView):
            self.repeat.show_repeat(step, catalogues, can_undo=view.can_undo)
        self.card.setVisible(isinstance(step, QuestionView))
        self.repeat.setVisible(isinstance(step, RepeatView))
        self.locked.show_closed(view.closed)
        self.locked.setVisible(step is None)
        self.tools.setVisible(step is not None)
        if step is not None:
            self.tools.show_step(step)

    def arrive(self) -> None:
        """Begin at the top of a new card, with the focus where answering starts."""
        self.panel.hide()
        self._sought = None
        self.card.set_why_open(opened=False)
        self._scroll.verticalScrollBar().setValue(0)
        if not self.isVisible():
            return
        if self.card.isVisible() and self.card.zone.asks:
            self.card.zone.focus_first()
        elif self.card.isVisible() or self.locked.isVisible():
            self.footer.next.setFocus()
        elif self.repeat.isVisible():
            self.repeat.focus_first()

    def add_above(self, part: QWidget) -> None:
        """Put `part` above the card."""
        self._scroll.body.insertWidget(1, part)

    def add_below(self, part: QWidget) -> None:
        """Put `part` below everything else on the sheet."""
        self._scroll.body.insertWidget(self._scroll.body.count() - 1, part)

    def bring_into_sight(self, part: QWidget) -> None:
        """Scroll until `part`, which lasts as long as the sheet, can be seen, also once it has grown to its height."""
        self._sought = part
        self._scroll.ensureWidgetVisible(part)

    def show_focus(self) -> None:
        """Scroll until what has the focus can be seen."""
        focused = self.focusWidget()
        if focused is not None:
            self._scroll.ensureWidgetVisible(focused)

    def _follow(self) -> None:
        """Follow what was brought into sight while it takes its place, as long as the focus is in it."""
        sought, focused = self._sought, self.focusWidget()
        if sought is not None and focused is not None and sought.isVisible() and sought.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(sought)

    def flush(self, *, insist: bool = True) -> None:
        """Keep now what is typed; with `insist`, say why where it cannot be kept."""
        self.panel.keep()
        if self.card.isVisible():
            self.card.zone.flush(insist=insist)
        self.repeat.flush(insist=insist)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the parts to the new width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the parts again when the direction of the interface changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._fit()

    def _lay_out(self) -> None:
        self._scroll = ScrollPage(widest=_WIDE, edge=Space.BLOCK)
        self._scroll.body.setSpacing(Space.MEDIUM + 2)
        inside = self._scroll.widget()
        around = None if inside is None else inside.layout()
        self._scroll.verticalScrollBar().rangeChanged.connect(lambda: QTimer.singleShot(0, self, self._follow))
        if around is not None:
            around.setContentsMargins(Space.BLOCK, Space.LARGE, Space.BLOCK, Space.SMALL)
        for widget in (self.header, self.card, self.repeat, self.locked, self.tools, self.panel, self.attached):
            self._scroll.body.addWidget(widget)
        self._scroll.body.addStretch(1)
        for widget in (self.card, self.repeat, self.locked, self.attached):
            widget.hide()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._scroll, 1)
        right.addWidget(self.footer)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sections)
        nest(row, right, 1)

    def _fit(self) -> None:
        narrow = self._theme.scale >= _LARGE_TEXT or self.width() < _NARROW
        self.sections.setVisible(not narrow)
        listed = _LIST_ROOMY if self.width() >= _ROOMY else _LIST
        self.sections.setFixedWidth(listed)
        self.header.set_narrow(narrow=narrow)
        beside = 0 if narrow else listed
        self.tools.fit(self.width() - beside - 2 * Space.BLOCK - _SCROLL_BAR, narrow=narrow)
