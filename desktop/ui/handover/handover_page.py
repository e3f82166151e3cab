"""The handover page: one next step, and everything that is known about it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.kernel.changes import Aspect, Changes
from desktop.services.handover.handover import HandoverService
from desktop.services.handover.handover_parts import ITEMS, HandoverDone, HandoverView
from desktop.services.plan.documents import SUPPORT_PLAN
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space
from desktop.ui.handover.checklist_card import ChecklistCard
from desktop.ui.handover.choose_card import ChooseCard
from desktop.ui.handover.copy_card import CopyCard
from desktop.ui.handover.handover_texts import municipality_name, timeline_step
from desktop.ui.handover.message_card import MessageCard
from desktop.ui.handover.next_step import BUTTON_NAMES, BUTTONS, next_step, why_not_prepared
from desktop.ui.handover.question_sheets import SendSheet, WithdrawSheet
from desktop.ui.handover.share_card import ShareCard
from desktop.ui.handover.standing_lines import LateLine, UnopenedLine, WayBackLine
from desktop.ui.handover.step_age_line import StepAgeLine, age_of_handover
from desktop.ui.handover.talk_card import TalkCard, TalkEditor
from desktop.ui.handover.talk_file_card import TalkFileCard
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.centred import centred
from desktop.ui.kit.layout.columns import add_column, fit_rows
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.surfaces.card import Card, show
from desktop.ui.kit.surfaces.timeline import Timeline
from desktop.ui.kit.typography.text import Text
from desktop.ui.plan.missing_card import MissingCard
from desktop.ui.preview.preview_page import preview_part
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId, OrganisationId

_WIDEST = 1440
_BESIDE = 960
_LEAST_TIMELINE = 480
_Act = Callable[[HandoverService, DossierId], HandoverDone]


class HandoverPage(QWidget):
    """The handover of one dossier."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._dossier: DossierId | None = None
        self._view: HandoverView | None = None
        self._changing = False
        theme, texts = context.theme, context.catalogue
        self._title = Text(theme, role=Role.PAGE)
        self.banner = Banner(theme, texts.text("Put away"), "handover.banner")
        self.missing = MissingCard(theme, texts, texts.text("Before the package can be made ready"), "handover.missing")
        self.timeline = Timeline(theme, "handover.timeline")
        self.shares = ShareCard(theme, texts)
        self.talk = TalkCard(theme, texts)
        self.checklist = ChecklistCard(theme, texts)
        self.choose = ChooseCard(theme, texts)
        self.copy = CopyCard(context)
        self.messages = MessageCard(context)
        self.age = StepAgeLine(theme, texts)
        self.talk_file = TalkFileCard(context)
        self.way_back = WayBackLine(theme, texts)
        self.unopened = UnopenedLine(theme, texts)
        self.late = LateLine(theme, texts)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(centred(self._head(), _WIDEST))
        self._page = self._scroll()
        column.addWidget(self._page, 1)
        self.talk.plan_asked.connect(self._plan_talk)
        self.checklist.ticked.connect(lambda key, on: self._do(lambda work, case: work.tick(case, key, done=on)))
        self.missing.followed.connect(self._go_to)
        self.choose.chosen.connect(lambda _id: self._show_actions())

    def show_dossier(self, dossier: DossierId) -> None:
        """Show the handover of `dossier`, from its timeline on: what is asked stands above."""
        if dossier != self._dossier:
            self.choose.selected, self._changing = "", False
            self.banner.hide()
        self._dossier = dossier
        self._page.to_top()
        self.copy.show_dossier(dossier)
        self._load()

    def refresh(self, changes: Changes) -> None:
        """Show the handover again when it may have changed."""
        shown = self._dossier is not None and (self._dossier in changes.dossiers or not changes.dossiers)
        if shown and changes.aspects & {Aspect.HANDOVER, Aspect.PLAN, Aspect.SYNC}:
            self._load()

    def _head(self) -> QBoxLayout:
        theme, texts = self._context.theme, self._context.catalogue
        self.print = Button(theme, texts.text("Print the plan"), "handover.print", kind="quiet", icon="printer")
        self.print.clicked.connect(self._preview)
        self.stick = Button(
            theme, texts.text("No internet? Hand over on a stick"), "handover.stick", kind="link", icon="usb"
        )
        self.stick.clicked.connect(lambda: self._context.navigate("stick", self._dossier))
        self.withdraw = Button(theme, texts.text("Take back"), "handover.withdraw", icon="undo")
        self.withdraw.clicked.connect(self._ask_withdraw)
        self.change = Button(theme, texts.text("Other organisation"), "handover.change", icon="home")
        self.change.clicked.connect(self._change)
        self.act = Button(theme, "", "handover.send", kind="primary", icon="send")
        self.act.clicked.connect(self._act)
        buttons = (self.print, self.withdraw, self.change, self.act)
        row = QHBoxLayout()
        row.setContentsMargins(0, Space.LARGE, 0, 0)
        row.addWidget(FlowRow((self._title, *buttons), grows=self._title, gap=Space.MEDIUM))
        return row

    def _scroll(self) -> ScrollPage:
        scroll = ScrollPage(widest=_WIDEST)
        card = Card(self._context.theme, padding=0)
        card.body.setContentsMargins(1, 1, 1, 3)
        card.body.addWidget(self.timeline)
        self.timeline.setMinimumWidth(_LEAST_TIMELINE)
        scroll.body.addWidget(self.banner)
        for line in (card, self.missing, self.age, self.way_back, self.unopened, self.late):
            scroll.body.addWidget(line)
        scroll.body.addWidget(self.stick, 0, Qt.AlignmentFlag.AlignLeading)
        scroll.body.addWidget(self.choose)
        self._columns.setSpacing(Space.LARGE + 2)
        self._columns.addWidget(self.shares, 63)
        add_column(self._columns, (self.talk, self.talk_file, self.checklist, self.messages, self.copy), 37)
        nest(scroll.body, self._columns)
        scroll.body.addStretch(1)
        return scroll

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards side by side, or below each other."""
        super().resizeEvent(event)
        fit_rows(self, self._context.theme, _BESIDE, self._columns)

    def _load(self) -> None:
        dossier, work = self._dossier, self._context.services.handover
        if dossier is not None:
            self._context.run(lambda: work.view(dossier), self._show, self)

    def _do(self, act: _Act) -> None:
        dossier, work = self._dossier, self._context.services.handover
        if dossier is not None:
            self._context.run(lambda: act(work, dossier), self._show_result, self, on_error=self._tell_error)

    def _show_result(self, done: HandoverDone) -> None:
        self._changing = False
        self._show(done.view)
        self._context.publish(done.changes, by=self)

    def _tell_error(self, error: OpmaatError) -> None:
        self._context.report(error)
        self._load()

    def _show(self, view: HandoverView) -> None:
        if view.dossier != self._dossier:
            return
        self._view = view
        texts = self._context.catalogue
        name = municipality_name(view, texts)
        title = texts.text("Warm handover to {municipality}", municipality=name)
        self._title.set_text(texts.text("Warm handover") if view.municipality is None else title)
        self.timeline.set_steps([timeline_step(step, texts) for step in view.steps])
        self.messages.show_dossier(None if view.municipality is None or self._changing else view.dossier)
        self.age.show_age(age_of_handover(view, self._context.clock.now()), name)
        for part in (self.shares, self.talk, self.checklist, self.choose, self.way_back, self.unopened):
            part.show_view(view)
        self.late.show_late(view.late)
        choosing = view.municipality is None or self._changing
        self.talk_file.show_dossier(None if choosing else view.dossier, view.sender)
        self.choose.setVisible(choosing)
        for card in (self.shares, self.talk, self.checklist):
            card.setVisible(not choosing)
        self._show_requests(view)
        self._show_actions()

    def _show_requests(self, view: HandoverView) -> None:
        """Say what the municipality asks, or else each thing that must be done before the package can be made ready."""
        texts = self._context.catalogue
        if view.came_back:
            name = municipality_name(view, texts)
            words = texts.text("{municipality} asks: “{reason}”", municipality=name, reason=view.returned)
            self.banner.show_message("asks", words)
        else:
            self.banner.hide()
        waits = not view.came_back and next_step(view, changing=self._changing) == "prepared"
        self.missing.show_missing(view.missing)
        show(self.missing, shown=waits and bool(view.missing))

    def _go_to(self, field: str) -> None:
        if field in ITEMS:
            self._page.ensureWidgetVisible(self.checklist)
            self.checklist.focus_item(field)
        else:
            self._context.navigate("plan", self._dossier, part=field)

    def _show_actions(self) -> None:
        view, texts = self._view, self._context.catalogue
        if view is None:
            return
        sent = view.done("offered") and not view.came_back
        self.stick.setVisible(sent)
        self.withdraw.setVisible(sent and not view.done("received"))
        self.change.setVisible(view.municipality is not None and not sent and not self._changing)
        self.act.enable()
        step = next_step(view, changing=self._changing)
        words, icon = BUTTONS[step]
        self.act.set_text(texts.text(words, municipality=municipality_name(view, texts)))
        if step == "chosen" and self.choose.selected:
            self.act.set_text(texts.text("Choose {organisation}", organisation=self.choose.selected_name))
        self.act.set_icon(icon)
        self.act.setObjectName(BUTTON_NAMES.get(step, "handover.send"))
        reasons = {"chosen": self._why_not_chosen(), "prepared": why_not_prepared(view, texts)}
        if reasons.get(step):
            self.act.disable(reasons[step])
        self.act.setVisible(step != "accepted" and view.now is not None)

    def _why_not_chosen(self) -> str:
        return "" if self.choose.selected else self._context.text("Choose an organisation in the list.")

    def _act(self) -> None:
        view = self._view
        if view is None:
            return
        step = next_step(view, changing=self._changing)
        if step == "chosen":
            chosen = OrganisationId(self.choose.selected)
            self._do(lambda work, case: work.choose(case, chosen))
        elif step == "prepared":
            self._do(lambda work, case: work.prepare(case))
        elif step == "offered":
            self._ask_send(view)
        elif step == "received":
            self._plan_talk()
        elif step == "talk":
            self._open_talk()

    def _ask_send(self, view: HandoverView) -> None:
        if view.municipality is None:
            return
        sheet = SendSheet(self._context.theme, self._context.catalogue, self, view, view.municipality)
        sheet.confirmed.connect(lambda: self._do(lambda work, case: work.send(case)))
        sheet.open()

    def _ask_withdraw(self) -> None:
        if self._view is None:
            return
        sheet = WithdrawSheet(self._context.theme, self._context.catalogue, self, self._view)
        sheet.confirmed.connect(lambda: self._do(lambda work, case: work.withdraw(case)))
        sheet.open()

    def _change(self) -> None:
        self._changing, self.choose.selected = True, ""
        self._load()

    def _plan_talk(self) -> None:
        if self._view is None:
            return
        theme, texts = self._context.theme, self._context.catalogue
        editor = TalkEditor(theme, texts, self, self._view, self._context.clock.now())
        editor.planned.connect(lambda talk: self._do(lambda work, case: work.plan_talk(case, talk)))
        editor.open()

    def _open_talk(self) -> None:
        from desktop.ui.handover.talk_sheet import TalkSheet

        if self._view is None:
            return
        sheet = TalkSheet(self._context.theme, self._context.catalogue, self, self._view)
        sheet.held.connect(lambda: self._do(lambda work, case: work.hold_talk(case)))
        sheet.open()

    def _preview(self) -> None:
        if self._view is not None:
            part = preview_part(SUPPORT_PLAN, self._view.language, "handover")
            self._context.navigate("preview", self._dossier, part=part)
