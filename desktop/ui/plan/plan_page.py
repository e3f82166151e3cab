"""The plan page: four steps beside each other. It shows what the service returns and hands every change to it."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import N_, format_time
from desktop.kernel.changes import Aspect, Changes
from desktop.plan.model.support_plan import Argument, LegalRoute, Sign
from desktop.services.plan.documents import SIGNED_PLAN, SUPPORT_PLAN, DocumentKind
from desktop.services.plan.edit_diff import draft_of
from desktop.services.plan.plan import PlanService
from desktop.services.plan.plan_parts import GoalDraft, PlanDone, PlanView
from desktop.ui.common_texts import first_name
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.help.shortcuts import add_shortcut
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.layout.centred import centred
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text
from desktop.ui.pip.pip_step import PipStep
from desktop.ui.plan.field_places import FieldPlaces, PlaceActions
from desktop.ui.plan.goals.goal_editor import GoalEditor
from desktop.ui.plan.goals.goals_step import GoalsView
from desktop.ui.plan.notices import PlanNotices
from desktop.ui.plan.routes.argument_editor import ArgumentEditor
from desktop.ui.plan.routes.own_words_editor import OwnWordsEditor
from desktop.ui.plan.routes.route_column import TITLES
from desktop.ui.plan.routes.weigh import WeighView
from desktop.ui.plan.sign import HOW, SignView
from desktop.ui.preview.preview_page import preview_part
from desktop.ui.undo_texts import UNDONE, page_of
from protocol.identifiers import DossierId
from protocol.times import today

_WIDEST = 1472
STEPS = ("weigh", "goals", "sign", "pip")
_NAMES = {"weigh": N_("Weigh"), "goals": N_("Goals and week"), "sign": N_("Sign"), "pip": N_("Decision (PIP)")}
_TITLES = {
    "weigh": N_("Weighing three routes"),
    "goals": N_("Goals and week"),
    "sign": N_("Signing"),
    "pip": N_("The decision of the municipality"),
}
_SUBTITLES = {
    "weigh": N_("Opmaat puts the facts side by side. You decide together, and you write down why."),
    "goals": "",
    "sign": N_("Read the plan aloud, then sign. A signature shows that you talked; it is not a condition."),
    "pip": N_("The municipality decides in the plan (PIP). Every date stands here with its reason and its article."),
}


class PlanPage(QWidget):
    """The plan of one dossier."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._dossier: DossierId | None = None
        self._view: PlanView | None = None
        self._shown: tuple[PlanView, date] | None = None
        self._unfilled: dict[str, Callable[[], None]] = {}
        self._wanted = ""
        theme, texts = context.theme, context.catalogue
        self._title = Text(theme, role=Role.PAGE)
        self._subtitle = Text(theme, role=Role.BODY, tone=Tone.SOFT)
        self.steps = Segmented(theme, "plan.step", texts.text("Steps of the plan"), self.show_step)
        self._saved = SavedLine(theme, "plan.saved")
        self.weigh = WeighView(theme, texts)
        self.goals = GoalsView(theme, texts)
        self.sign = SignView(theme, texts)
        self.notices, notices = PlanNotices(context), QHBoxLayout()
        notices.setContentsMargins(0, 0, 0, 0)
        notices.addWidget(self.notices)
        self._stack = QStackedWidget()
        self.pip = PipStep(context)
        for view in (self.weigh, self.goals, self.sign, self.pip):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(centred(self._head(), _WIDEST))
        column.addWidget(centred(notices, _WIDEST))
        column.addWidget(self._stack, 1)
        self.steps.set_segments([SegmentOption(step, texts.text(_NAMES[step])) for step in STEPS], "weigh")
        ways = PlaceActions(self.show_step, self._follow_answer, self._edit_own_words)
        self._places = FieldPlaces(self.weigh, self.goals, self.sign, self.pip, ways)
        self._connect()
        self.show_step("weigh")

    @property
    def part(self) -> str:
        """The step in sight."""
        return self.steps.chosen()

    def show_dossier(self, dossier: DossierId) -> None:
        """Show the plan of `dossier`, at the step where one was."""
        self._dossier = dossier
        self._saved.clear()
        self._load()

    def show_part(self, part: str) -> None:
        """Show one of the `STEPS`, the goal called `part`, or where a missing field is mended."""
        if "/" in part:
            self._wanted = part
            self._follow_wanted()
            return
        self.show_step(part if part in STEPS else "goals")
        if part not in STEPS:
            self.goals.show_goal(part)

    def leave(self) -> None:
        """Keep what is being written."""
        self.weigh.grid.keep()
        self.weigh.deviation.reason.keep()
        self.goals.keep()
        self.pip.keep()

    def refresh(self, changes: Changes) -> None:
        """Show the plan again when it may have changed."""
        shown = self._dossier is not None and self._dossier in changes.dossiers
        if Aspect.CONTENT in changes.aspects or (
            shown and changes.aspects & {Aspect.PLAN, Aspect.ANSWERS, Aspect.CONFLICTS}
        ):
            self._load()

    def show_step(self, step: str) -> None:
        """Show one of the four steps."""
        self.leave()
        self.steps.choose(step)
        self._unfilled.pop(step, lambda: None)()
        self._stack.setCurrentIndex(STEPS.index(step))
        self._title.set_text(self._context.text(_TITLES[step]))
        subtitle = _SUBTITLES[step]
        self._subtitle.set_text(self._context.text(subtitle) if subtitle else "")
        self._subtitle.setVisible(bool(subtitle))

    def _head(self) -> QHBoxLayout:
        inner = QWidget()
        words = QVBoxLayout(inner)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.setContentsMargins(0, Space.LARGE, 0, 0)
        head.addWidget(FlowRow((inner, self._saved, self.steps), grows=inner, gap=Space.WIDE))
        return head

    def _connect(self) -> None:
        grid, goals, sign = self.weigh.grid, self.goals, self.sign
        add_shortcut(self, "plan.undo", self._undo)
        self.notices.settled.connect(lambda name, value: self._do(lambda plan, case: plan.settle(case, name, value)))
        self.notices.switched.connect(lambda: self._do(lambda plan, case: plan.switch_workbook(case)))
        grid.reason_written.connect(lambda route, text: self._do(lambda plan, case: plan.set_reason(case, route, text)))
        grid.proposed.connect(lambda route: self._do(lambda plan, case: plan.propose(case, route)))
        grid.followed.connect(self._follow_answer)
        grid.write_asked.connect(self._write_argument)
        self.weigh.own_words_asked.connect(self._edit_own_words)
        self.weigh.deviation_written.connect(lambda text: self._do(lambda plan, case: plan.set_deviation(case, text)))
        goals.ticked.connect(
            lambda goal, step, on: self._do(lambda plan, case: plan.tick_action(case, goal, step, done=on))
        )
        goals.region.route_chosen.connect(
            lambda name: self._do(lambda plan, case: plan.choose_region_route(case, name))
        )
        goals.region.start_chosen.connect(lambda day: self._do(lambda plan, case: plan.choose_start(case, day)))
        goals.edit_asked.connect(self._edit_goal)
        goals.talk_asked.connect(lambda: self._context.navigate("interview", self._dossier))
        goals.week.changed.connect(lambda draft: self._do(lambda plan, case: plan.set_week(case, (draft,))))
        goals.week.goal_asked.connect(goals.show_goal)
        goals.week.print_asked.connect(lambda: self._preview(SUPPORT_PLAN))
        goals.feedback.answered.connect(
            lambda yes, nl, said: self._do(lambda plan, case: plan.set_feedback(case, yes, nl, said))
        )
        sign.read.connect(lambda tag, number: self._do(lambda plan, case: plan.set_read_aloud(case, tag, number)))
        sign.signed.connect(lambda role, name: self._do(lambda plan, case: plan.sign(case, role, name, HOW)))
        sign.unsigned.connect(lambda role: self._do(lambda plan, case: plan.unsign(case, role)))
        sign.followed.connect(self._places.follow)
        sign.versions.print_asked.connect(lambda: self._preview(SIGNED_PLAN))
        self.pip.followed.connect(self._places.follow)
        self.pip.changed.connect(lambda changes: self._context.publish(changes, by=self))

    def _load(self) -> None:
        dossier = self._dossier
        if dossier is not None:
            plan = self._context.services.plan
            self._context.run(lambda: plan.view(dossier), self._show, self)
            self._unfilled["pip"] = partial(self.pip.show_dossier, dossier)
            if self.part == "pip":
                self._unfilled.pop("pip")()

    def _do(self, change: Callable[[PlanService, DossierId], PlanDone]) -> None:
        dossier = self._dossier
        if dossier is None:
            return
        plan = self._context.services.plan
        self._saved.busy(self._context.text("Saving"))
        self._context.run(lambda: change(plan, dossier), self._show_result, self, on_error=self._tell_error)

    def _show_result(self, done: PlanDone) -> None:
        moment = format_time(self._context.clock.now())
        self._saved.saved(self._context.text("Saved · {time}", time=moment))
        self._show(done.view)
        self._context.publish(done.changes, by=self)
        if done.undone is not None:
            self._saved.saved(self._context.text(UNDONE[done.undone.kind]))
            page, part = page_of(done.undone)
            if page == "plan":
                self.show_part(part)
            else:
                self._context.navigate(page, done.view.dossier, part=part)

    def _undo(self) -> None:
        """Take back the last thing done in the dossier, once what is being written is kept."""
        self.leave()
        self._do(lambda plan, case: plan.undo(case))

    def _tell_error(self, error: Exception) -> None:
        self._saved.clear()
        self._shown = None  # the fields hold what was refused
        self._context.report(error)  # type: ignore[arg-type]  # the executor hands over errors of ours only
        self._load()

    def _show(self, view: PlanView) -> None:
        day = today(self._context.clock)
        if view.dossier != self._dossier or (view, day) == self._shown:
            return
        self._view, self._shown = view, (view, day)
        self._unfilled = {
            "weigh": partial(self.weigh.show_view, view),
            "goals": partial(self.goals.show_view, view, day),
            "sign": partial(self.sign.show_view, view),
            "pip": self._unfilled.get("pip", lambda: None),
        }
        self._unfilled.pop(self.part)()
        self._follow_wanted()
        self.notices.show_view(view)

    def _follow_wanted(self) -> None:
        """Go to the field that was asked for, once its plan is in sight."""
        if self._wanted and self._view is not None and self._view.dossier == self._dossier:
            field, self._wanted = self._wanted, ""
            self._places.follow(field)

    def _follow_answer(self, ref: str) -> None:
        self._context.navigate("interview", self._dossier, part=ref)

    def _write_argument(self, route: LegalRoute, sign: Sign, argument: Argument | None) -> None:
        """Write a reason for or against `route`, or change `argument`."""
        texts, name = self._context.catalogue, "" if argument is None else argument.id
        text = "" if argument is None else argument.text.dutch
        editor = ArgumentEditor(self._context.theme, texts, self, texts.text(TITLES[route]), sign, text)
        editor.saved.connect(lambda said: self._do(lambda plan, case: plan.set_argument(case, name, route, sign, said)))
        editor.open()

    def _edit_goal(self, goal: str) -> None:
        view = self._view
        if view is None:
            return
        found = next((item for item in view.plan.goals if item.id == goal), None)
        draft = GoalDraft("", "") if found is None else draft_of(found)
        theme, texts = self._context.theme, self._context.catalogue
        editor = GoalEditor(theme, texts, self, draft, first_name(view.name), view.second)
        if found is not None:
            editor.other.setPlaceholderText(view.pair(found.text).other)
        editor.saved.connect(lambda typed: self._do(lambda plan, case: plan.save_goal(case, typed)))
        editor.removed.connect(lambda which: self._do(lambda plan, case: plan.remove_goal(case, which)))
        editor.open()

    def _edit_own_words(self) -> None:
        if self._view is None:
            return
        editor = OwnWordsEditor(self._context.theme, self._context.catalogue, self, self._view)
        editor.saved.connect(lambda nl, said: self._do(lambda plan, case: plan.set_own_words(case, nl, said)))
        editor.open()

    def _preview(self, kind: DocumentKind) -> None:
        if self._view is not None:
            part = preview_part(kind, self._view.second.tag, "plan")
            self._context.navigate("preview", self._dossier, part=part)
