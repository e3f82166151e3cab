"""The progress of one person: own words first, then the route, then hours, levels and what comes."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import format_date, format_day, format_time
from desktop.kernel.changes import Aspect, Changes
from desktop.plan.progress.progress import Progress
from desktop.records import ProgressBody
from desktop.services.plan.documents import PROGRESS
from desktop.services.progress.progress_parts import ProgressDone, ProgressView
from desktop.services.progress.progress_service import ProgressService
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.help.shortcuts import add_shortcut
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.centred import centred
from desktop.ui.kit.layout.columns import add_column, fit_rows
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text
from desktop.ui.preview.preview_page import preview_part
from desktop.ui.progress.attendance_sheet import AttendanceFlow
from desktop.ui.progress.entries_sheet import EntriesSheet, WithdrawEntrySheet
from desktop.ui.progress.entry_forms import FORMS, EntryForm, form_of, typed_of
from desktop.ui.progress.entry_sheet import EntrySheet
from desktop.ui.progress.exams_card import ExamsCard
from desktop.ui.progress.followed_card import FollowedCard
from desktop.ui.progress.law_card import LawCard
from desktop.ui.progress.levels_card import LevelsCard
from desktop.ui.progress.next_card import NextCard
from desktop.ui.progress.route_card import RouteCard
from desktop.ui.progress.spoken_line import SpokenLine
from desktop.ui.undo_texts import UNDONE, page_of
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId

_WIDEST = 1440
_BESIDE = 1120
_CONCERNED = frozenset({Aspect.PROGRESS, Aspect.PLAN, Aspect.ANSWERS, Aspect.CONFLICTS, Aspect.HANDOVER})


class ProgressPage(QWidget):
    """Shows and records the progress; who does not hold the case looks only."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._dossier: DossierId | None = None
        self._view: ProgressView | None = None
        theme, texts = context.theme, context.catalogue
        self._title = Text(theme, texts.text("Progress"), Role.PAGE)
        self._subtitle = Text(theme, role=Role.BODY, tone=Tone.SOFT)
        self._saved = SavedLine(theme, "progress.saved")
        self.spoken, self.law = SpokenLine(theme, texts), LawCard(theme, texts)
        self.banner = Banner(theme, texts.text("Put away"), "progress.banner")
        self.route, self.followed = RouteCard(theme, texts), FollowedCard(theme, texts)
        self.levels, self.next, self.exams = LevelsCard(theme, texts), NextCard(theme, texts), ExamsCard(theme, texts)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.lists = AttendanceFlow(context, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(centred(self._head(), _WIDEST))
        self._page = self._scroll()
        column.addWidget(self._page, 1)
        self._connect()

    def show_dossier(self, dossier: DossierId) -> None:
        """Show the progress of `dossier` from the top."""
        if dossier != self._dossier:
            self._saved.clear()
            self._page.to_top()
        self._dossier = dossier
        self._load()

    def refresh(self, changes: Changes) -> None:
        """Show the progress again when it may have changed."""
        if self._dossier is not None and self._dossier in changes.dossiers and changes.aspects & _CONCERNED:
            self._load()

    def print_out(self) -> None:
        """Show the overview as it is printed."""
        if self._view is not None:
            part = preview_part(PROGRESS, self._view.second.tag, "progress")
            self._context.navigate("preview", self._dossier, part=part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards side by side, or below each other."""
        super().resizeEvent(event)
        fit_rows(self, self._context.theme, _BESIDE, self._columns)

    def _head(self) -> QVBoxLayout:
        theme, text = self._context.theme, self._context.text
        self.all = Button(theme, text("Everything recorded"), "progress.entries", kind="quiet", icon="document")
        self.print = Button(theme, text("Print"), "progress.print", kind="quiet", icon="printer")
        self.talk = Button(theme, text("Record a talk"), "progress.talk", kind="primary", icon="plus")
        head = QVBoxLayout()
        head.setContentsMargins(0, Space.LARGE, 0, Space.HAIR)
        head.setSpacing(0)
        buttons = (self._saved, self.all, self.print, self.talk)
        head.addWidget(FlowRow((self._title, *buttons), grows=self._title, gap=Space.MEDIUM))
        head.addWidget(self._subtitle)
        return head

    def _scroll(self) -> ScrollPage:
        scroll = ScrollPage(widest=_WIDEST)
        for line in (self.banner, self.spoken, self.route, self.law):
            scroll.body.addWidget(line)
        self._columns.setSpacing(Space.LARGE)
        for parts, share in (((self.followed,), 100), ((self.levels,), 101), ((self.next, self.exams), 95)):
            add_column(self._columns, parts, share)
        nest(scroll.body, self._columns)
        scroll.body.addStretch(1)
        return scroll

    def _connect(self) -> None:
        add_shortcut(self, "progress.undo", self._undo)
        add_shortcut(self, "progress.talk", self.record_talk)
        self.all.clicked.connect(self._list)
        self.print.clicked.connect(self.print_out)
        self.talk.clicked.connect(self.record_talk)
        self.route.opened.connect(self._open_stop)
        self.next.asked.connect(self._open_talk)
        for card in (self.followed, self.levels, self.exams):
            card.asked.connect(self._ask)
        self.lists.taken.connect(self._take_over)

    def record_talk(self) -> None:
        """Record the next talk: the planned one where its day has come, else a new one."""
        view = self._view
        if view is None or not view.follows:
            return
        due = [line for line in view.progress.talks.waiting if line.day is not None]
        coming = view.progress.talks.next
        if coming is not None and coming.day == view.progress.today:
            due.append(coming)
        self._open_talk(due[-1].entry if due else "")

    def _ask(self, form: str) -> None:
        if form in FORMS:
            self._open_form(FORMS[form], {}, "")
        else:
            self.lists.choose()

    def _take_over(self, changes: Changes) -> None:
        """Show what a list brought, here and elsewhere."""
        self._load()
        self._context.publish(changes, by=self)

    def _open_talk(self, entry: str) -> None:
        view = self._view
        if view is None:
            return
        found = next((each for each in view.progress.entries if each.id == entry), None)
        if found is None:
            self._open_form(
                FORMS["talk"],
                {"number": str(view.progress.talks.next_number), "day": format_date(view.progress.today)},
                "",
            )
            return
        self._open_form(FORMS["talk"], typed_of(found.body), entry)

    def _open_stop(self, key: str) -> None:
        view = self._view
        mark = None if view is None else next((each for each in view.progress.modules if each.name == key), None)
        if view is None or not view.follows:
            return
        if mark is None:
            self._open_form(FORMS["exam"], {}, "")
        else:
            self._open_form(FORMS["module"], {"route": mark.route, "module": mark.name}, "", title=mark.label.dutch)

    def _open_form(self, form: EntryForm, typed: Mapping[str, str], entry: str, *, title: str = "") -> None:
        view = self._view
        if view is None or not view.follows:
            return
        theme, texts = self._context.theme, self._context.catalogue
        sheet = EntrySheet(theme, texts, self, form, typed, entry=entry, today=view.progress.today, second=view.second)
        if title:
            sheet.name_subject(title)
        sheet.recorded.connect(lambda bodies: self._do(lambda work, case: work.record(case, bodies)))
        sheet.open()

    def _list(self) -> None:
        view = self._view
        if view is None:
            return
        sheet = EntriesSheet(self._context.theme, self._context.catalogue, self, view)
        sheet.corrected.connect(self._correct)
        sheet.withdrawn.connect(self._withdraw)
        sheet.settled.connect(lambda entry, body: self._do(lambda work, case: work.settle(case, entry, body)))
        sheet.open()

    def _correct(self, entry: str) -> None:
        body = self._body(entry)
        form = None if body is None else form_of(body)
        if body is not None and form is not None:
            self._open_form(form, typed_of(body), entry)

    def _withdraw(self, entry: str) -> None:
        view = self._view
        found = None if view is None else next((each for each in view.progress.entries if each.id == entry), None)
        if found is None:
            return
        sheet = WithdrawEntrySheet(self._context.theme, self._context.catalogue, self, found)
        sheet.withdrawn.connect(lambda name, why: self._do(lambda work, case: work.withdraw(case, name, why)))
        sheet.open()

    def _body(self, entry: str) -> ProgressBody | None:
        entries = () if self._view is None else self._view.progress.entries
        return next((each.body for each in entries if each.id == entry), None)

    def _undo(self) -> None:
        """Take back the last thing done in the dossier."""
        self._do(lambda work, case: work.undo(case))

    def _load(self) -> None:
        dossier, work = self._dossier, self._context.services.progress
        if dossier is not None:
            self._context.run(lambda: work.view(dossier), self._show, self)

    def _do(self, change: Callable[[ProgressService, DossierId], ProgressDone]) -> None:
        dossier, work = self._dossier, self._context.services.progress
        if dossier is not None:
            self._saved.busy(self._context.text("Saving"))
            self._context.run(partial(change, work, dossier), self._show_result, self, on_error=self._tell)

    def _tell(self, error: OpmaatError) -> None:
        self._saved.clear()
        self._context.report(error)
        self._load()

    def _show_result(self, done: ProgressDone) -> None:
        moment = format_time(self._context.clock.now())
        self._saved.saved(self._context.text("Saved · {time}", time=moment))
        self._show(done.view)
        self._context.publish(done.changes, by=self)
        if done.undone is not None:
            self._saved.saved(self._context.text(UNDONE[done.undone.kind]))
            page, part = page_of(done.undone)
            if page != "progress":
                self._context.navigate(page, done.view.dossier, part=part)

    def _show(self, view: ProgressView) -> None:
        if view.dossier != self._dossier:
            return
        self._view = view
        self._subtitle.set_text(self._about(view.progress))
        self.talk.setVisible(view.follows)
        for part in (self.spoken, self.route, self.law, self.followed, self.levels, self.next, self.exams):
            part.show_view(view)
        self._show_banner(view)

    def _about(self, progress: Progress) -> str:
        day = format_day(progress.today, self._context.catalogue.language.tag, weekday=True)
        route = " · ".join(part for part in (progress.route_label.dutch, progress.provider) if part)
        return " · ".join(part for part in (f"{day} {progress.today.year}", route) if part)

    def _show_banner(self, view: ProgressView) -> None:
        """Say what needs a choice, or how to begin."""
        text = self._context.text
        if view.progress.disputes:
            words = text("Two devices recorded something else about the same thing. Choose what stands.")
            self.banner.show_message("asks", words, text("Choose"), self._list)
        elif not view.follows:
            words = text("Another organisation has this case. You can look; recording is for who has the case.")
            self.banner.show_message("neutral", words)
        elif view.progress.route is None:
            words = text("There is no route yet. Choose one in the plan; hours and modules are held against it.")
            self.banner.show_message("neutral", words, text("To the plan"), self._to_plan)
        elif view.progress.is_empty:
            words = text("Nothing was recorded yet. Begin with the first talk, or with the hours of the school.")
            self.banner.show_message("neutral", words, text("Record a talk"), self.record_talk)
        else:
            self.banner.hide()

    def _to_plan(self) -> None:
        self._context.navigate("plan", self._dossier)
