"""One goal: its sentence in two languages, its steps, and who leads when."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import Catalogue, format_day, format_month
from desktop.plan.model.support_plan import Goal, GoalAction
from desktop.services.plan.plan_parts import PlanView
from desktop.ui.common_texts import first_name
from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import IconButton
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from desktop.ui.plan.goals.lead_bar import LeadBar, TimeSpan

_DISC, _MARK = 30, 22


class NumberDisc(QWidget):
    """The number of a goal in a ring; decoration, the card's name says it too."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self._number = theme, number
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the ring's square."""
        side = self._theme.px(_DISC)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ring and number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour("primary")
        painter.setPen(QPen(colour, 2))
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.drawEllipse(QPointF(box.center()), box.width() / 2, box.height() / 2)
        painter.setFont(self._theme.font(Role.SMALL_STRONG))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.end()


class DoneMark(PressButton):
    """The round mark before a step: pressed means done."""

    def __init__(self, theme: Theme, name: str, spoken: str, *, done: bool) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName(name)
        self.setCheckable(True)
        self.setChecked(done)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.setProperty("ringRadius", 13)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a target of at least 24 pixels."""
        side = self._theme.px(_MARK + 2)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a ring, with a tick when done."""
        painter = QPainter(self)
        icon, token = ("check-circle", "primary") if self.isChecked() else ("circle", "control")
        side = self._theme.px(_MARK)
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(self.rect()).center())
        paint_icon(painter, box, icon, self._theme.colour(token).name())
        painter.end()


class GoalCard(Card):
    """A goal as a card. `ticked` says which step became done or not, `edit_asked` that the goal should change."""

    ticked = Signal(str, str, bool)
    edit_asked = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue, number: int) -> None:
        super().__init__(theme, padding=theme.px(18))
        self._texts = texts
        self._goal = ""
        self.body.setSpacing(theme.px(Space.MEDIUM))
        self.body.setContentsMargins(theme.px(18), theme.px(14), theme.px(18), theme.px(16))
        self._number = number
        row = QHBoxLayout()
        row.setSpacing(theme.px(Space.MEDIUM))
        row.addWidget(NumberDisc(theme, number), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = Text(theme, role=Role.QUOTE)
        self._other = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        words.addWidget(self._title)
        words.addWidget(self._other)
        nest(row, words, 1)
        self.edit = IconButton(theme, "pencil", texts.text("Change goal {n}", n=number), "plan.goal.edit")
        row.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        nest(self.body, row)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(theme.px(Space.SMALL))
        self._inset = theme.px(_DISC + Space.MEDIUM)
        nest(self.body, self._steps)
        self._bar = LeadBar(theme, texts)
        self.body.addWidget(self._bar)
        self.edit.clicked.connect(lambda: self.edit_asked.emit(self._goal))

    def show_goal(self, goal: Goal, view: PlanView, span: TimeSpan, today: date) -> None:
        """Show `goal` of the plan in `view`."""
        self._goal = goal.id
        pair = view.pair(goal.text)
        self.setObjectName(f"plan.goal.{goal.id}")
        self.setAccessibleName(self._texts.text("Goal {n}: {goal}", n=self._number, goal=pair.dutch))
        self.edit.setObjectName(f"plan.goal.{goal.id}.edit")
        self._title.set_text(pair.dutch, view.dutch.language)
        self._other.set_text(pair.other, view.second)
        self._other.setVisible(bool(pair.other))
        clear(self._steps)
        for action in goal.actions:
            nest(self._steps, self._step(action))
        self._inset_both()
        self._bar.set_lead(goal.lead, first_name(view.name), span, today)

    def _inset_both(self) -> None:
        rtl = self.isRightToLeft()
        inset = (0, 0, self._inset, 0) if rtl else (self._inset, 0, 0, 0)
        self._steps.setContentsMargins(*inset)
        self._bar.setContentsMargins(*inset)

    def _step(self, action: GoalAction) -> QHBoxLayout:
        theme, texts = self._theme, self._texts
        row = QHBoxLayout()
        row.setSpacing(theme.px(Space.SMALL))
        spoken = texts.text("Done: {step}", step=action.text.dutch)
        name = f"plan.goal.{self._goal}.action.{action.id}.done"
        mark = DoneMark(theme, name, spoken, done=action.done)
        mark.clicked.connect(lambda on: self.ticked.emit(self._goal, action.id, bool(on)))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = Text(theme, action.text.dutch, Role.BODY)
        words.setToolTip(action.who)
        row.addWidget(words, 1)
        if action.due is not None:
            month = format_month(action.due, texts.language.tag)
            when = Text(theme, month, Role.SMALL, tone=Tone.SOFT, wrap=False)
            when.setToolTip(format_day(action.due, texts.language.tag, weekday=True))
            row.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
        return row
