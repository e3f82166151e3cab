"""Why one person is on the page: the rule in a sentence, what was done, one button to the right place, and the task."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import format_day
from desktop.i18n.mark import N_
from desktop.plan.model.edits import as_date
from desktop.services.today.needs import Reason
from desktop.services.today.task_service import TaskSide
from desktop.services.today.today_service import DoneStep, WhyNow
from desktop.ui.common_texts import first_name
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.surfaces.card import Divider
from desktop.ui.kit.typography.text import Text
from desktop.ui.today.today_texts import button_of, need_text, why_text

_STEPS = {
    "weighed": N_("Three routes weighed"),
    "goals": N_("Goals and week made"),
    "read_aloud": N_("Read aloud"),
    "signed": N_("Signed"),
    "offered": N_("Offered"),
    "received": N_("Received"),
    "talk_held": N_("Talk of three"),
    "accepted": N_("Accepted"),
}


@dataclass(frozen=True, slots=True)
class PanelActions:
    """What the panel asks of the page; each is about the person it shows."""

    open: Callable[[], None]
    done: Callable[[], None]
    other_date: Callable[[], None]
    to_colleague: Callable[[], None]
    promise: Callable[[], None]
    settle: Callable[[int], None]
    back: Callable[[], None]


class WhyPanel(QWidget):
    """`show_why` shows a person; nothing is shown before."""

    def __init__(self, context: UiContext, actions: PanelActions) -> None:
        super().__init__()
        self._context, self._actions = context, actions
        theme, text = context.theme, context.text
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.BLOCK, Space.WIDE, Space.BLOCK, Space.WIDE)
        self._column.setSpacing(Space.SMALL)
        self._back = self._button("today.back", text("Back to the list"), "arrow-left", actions.back, kind="quiet")
        self._column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeading)
        self._question = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self._title = Text(theme, role=Role.CARD)
        self._title.setObjectName("today.why.title")
        self._reason = Text(theme, role=Role.BODY, tone=Tone.SOFT)
        self._article = Text(theme, role=Role.SMALL, tone=Tone.PRIMARY)
        for words in (self._question, self._title, self._reason, self._article):
            self._column.addWidget(words)
        self._column.addWidget(Divider(theme))
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, Space.HAIR, 0, Space.HAIR)
        self._lines.setSpacing(Space.SMALL)
        self._column.addWidget(self._list)
        self._open = Button(theme, "", "today.open", kind="primary", icon="document")
        self._open.clicked.connect(actions.open)
        self._done = self._button("today.done", text("It was done"), "check", actions.done)
        self._column.addWidget(self._open)
        self._date = self._button("today.date", text("Another date"), "later", actions.other_date)
        self._colleague = self._button("today.colleague", text("To a colleague"), "people", actions.to_colleague)
        self._promise = self._button("today.promise", text("New promise"), "plus", actions.promise)
        self._column.addWidget(FlowRow((self._done, self._date, self._colleague, self._promise), gap=Space.SMALL))
        note = text("Off the list? Only with a new date.")
        self._column.addWidget(Text(theme, note, Role.SMALL, tone=Tone.SOFT))
        self._column.addStretch(1)
        self._back.hide()

    def set_alone(self, *, alone: bool) -> None:
        """Offer the way back to the list where the panel stands in its place."""
        self._back.setVisible(alone)

    def show_why(self, why: WhyNow) -> None:
        """Show why this person is on the page."""
        row, catalogue = why.row, self._context.catalogue
        name = catalogue.fill("{name}", {"name": first_name(row.name) or row.number})
        self._question.set_text(self._context.text("Why {name} now?", name=name))
        self._title.set_text(need_text(row, catalogue).title)
        reason, article = why_text(row, catalogue)
        for words, said in ((self._reason, reason), (self._article, article)):
            words.set_text(said)
            words.setVisible(bool(said))
        label, icon = button_of(row, catalogue)
        self._open.set_text(label)
        self._open.set_icon(icon)
        self._show_lines(why)
        task = row.need.task
        self._done.setVisible(task is not None and not why.sides)
        if row.need.reason is Reason.DATE:
            self._date.disable(self._context.text("A date of the law cannot be moved. Note a promise instead."))
        else:
            self._date.enable()
        for button in (self._date, self._colleague):
            button.setVisible(not why.sides)

    def _show_lines(self, why: WhyNow) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for step in why.steps:
            self._lines.addWidget(self._step(step))
        for place, side in enumerate(why.sides):
            self._lines.addWidget(self._side(place, side))
        self._list.setVisible(bool(why.steps or why.sides))

    def _step(self, step: DoneStep) -> QWidget:
        theme, text = self._context.theme, self._context.text
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        done = step.day is not None
        row.addWidget(Icon(theme, "check-circle" if done else "circle", 20, Tone.PRIMARY if done else Tone.SOFT))
        words = Text(theme, text(_STEPS[step.key]), Role.BODY)
        words.setAccessibleDescription(text("done") if done else text("still to do"))
        row.addWidget(words, 1)
        if step.day is not None:
            day = format_day(step.day, self._context.catalogue.language.tag)
            row.addWidget(Text(theme, day, Role.META, tone=Tone.SOFT, wrap=False))
        return line

    def _side(self, place: int, side: TaskSide) -> QWidget:
        text, tag = self._context.text, self._context.catalogue.language.tag
        day = as_date(side.due)
        state = text("This one") if side.state == "open" else text("It was done")
        said = " · ".join(part for part in (side.owner, "" if day is None else format_day(day, tag), state) if part)
        return self._button(f"today.side.{place}", said, "check", lambda: self._actions.settle(place))

    def _button(self, name: str, words: str, icon: str, act: Callable[[], None], *, kind: str = "plain") -> Button:
        button = Button(self._context.theme, words, name, kind="quiet" if kind == "quiet" else "plain", icon=icon)
        button.clicked.connect(lambda _checked=False: act())
        return button
