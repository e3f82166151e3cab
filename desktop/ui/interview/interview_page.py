"""The interview screen: sections at the start, one card, the tools of the caseworker, and back and next.

Everything given is kept at once. What is typed is kept after a pause, and before anything else happens: another
language, another card, another page, lock and close. Keys: Enter or Ctrl+Right next, Ctrl+Left back, F2 the next
language, Ctrl+D rather not say, Ctrl+N note. In a row Enter goes to the next field, Ctrl+Down to the next row, or to a
new one after the last, and Ctrl+Up back.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent

from desktop.i18n import format_time, load_catalogue
from desktop.i18n.languages import DUTCH
from desktop.kernel.changes import Aspect, Changes
from desktop.records import Source as AnswerSource
from desktop.records import Status
from desktop.services.dossier.undo import UndoStep
from desktop.services.interview.answer_state import AnswerOutcome
from desktop.services.interview.page_parts import REMOVES_ROWS, InterviewView, QuestionView
from desktop.ui.attachments.panel import AttachmentPanel
from desktop.ui.common_texts import first_name
from desktop.ui.context import UiContext
from desktop.ui.help.shortcuts import add_shortcut
from desktop.ui.interview.beside_answer import BesideAnswer
from desktop.ui.interview.interview_sheet import InterviewSheet
from desktop.ui.interview.presenter import InterviewPresenter
from desktop.ui.interview.report_beside import ReportBeside
from desktop.ui.newcomer.window import NewcomerWindow
from desktop.ui.newcomer.wish_banner import WishBanner
from desktop.ui.questions.base import CardCatalogues
from desktop.ui.undo_texts import UNDONE, page_of
from protocol.identifiers import DossierId


class InterviewPage(InterviewSheet):
    """The interview of one dossier. The shell calls `leave` before another page, lock and close."""

    def __init__(self, context: UiContext) -> None:
        files = AttachmentPanel(context, "interview.files", context.text("Attachments of this question"))
        super().__init__(context.theme, context.catalogue, files)
        self.files = files
        self._context = context
        self._view: InterviewView | None = None
        self._catalogues: CardCatalogues | None = None
        self._left = load_catalogue(DUTCH, "app")
        self.presenter = InterviewPresenter(context, context.services.interview, self)
        self.newcomer: NewcomerWindow | None = None
        self.wish = WishBanner(context.theme, context.catalogue, self)
        self.add_above(self.wish)
        self._going_on = False
        self.beside = BesideAnswer(context, self, files, self.presenter)
        self.report = ReportBeside(context, self)
        self.beside.last_file.connect(lambda name: self._answer("given" if name else "cleared", name))
        self._connect()

    @property
    def view(self) -> InterviewView | None:
        """What is on screen now."""
        return self._view

    @property
    def part(self) -> str:
        """The address of the card in sight."""
        return "" if self._view is None else self._view.ref

    def show_dossier(self, dossier: DossierId) -> None:
        """Go on with `dossier` exactly where it was left."""
        self.flush()
        self._view = None
        self.answers.enter(dossier)
        self.presenter.show(dossier)

    def show_part(self, part: str) -> None:
        """Go to the question, row, repeat or section with the address `part`."""
        self.presenter.go(part)

    def refresh(self, changes: Changes) -> None:
        """Show what other devices or pages changed in the dossier on screen."""
        here = self._view is not None and self._view.dossier in changes.dossiers
        about = changes.aspects & {Aspect.ANSWERS, Aspect.CONFLICTS, Aspect.ATTACHMENTS}
        if here and about:
            self.presenter.again()

    def leave(self) -> None:
        """Keep what is typed and cover the window of the person across the table."""
        self.flush()
        if self.newcomer is not None:
            self.newcomer.set_covered(covered=True)

    def half_typed(self) -> dict[str, str]:
        """Return what was typed in any dossier and is not in the record, by dossier and address of the question."""
        return self.answers.half_typed()

    def put_back(self, texts: Mapping[str, str]) -> None:
        """Go on with what was half typed when the page went."""
        for name, value in texts.items():
            self.answers.put_back(name, value)
        self.presenter.again()

    def toggle_second_screen(self) -> None:
        """Open the newcomer's window, or close it."""
        if self.newcomer is not None and self.newcomer.isVisible():
            self.newcomer.close()
            return
        if self._view is None or self._catalogues is None:
            return
        if self.newcomer is None:
            self.newcomer = NewcomerWindow(self._context.theme)
            self.newcomer.asked.connect(self._show_wish)
        self.newcomer.show_view(self._view, self._catalogues.person)
        self.newcomer.open_beside(self.window())

    def _show_wish(self, wish: str, value: str) -> None:
        """Ask the caseworker about what the person across the table pointed at."""
        if self._view is not None:
            self.wish.show_wish(first_name(self._view.name), self._view.step, wish, value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter: in a row to its next field, elsewhere to the next card."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not (self.repeat.isVisible() and self.repeat.editor.go_on()):
                self._next()
            else:
                self.show_focus()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is typed when another page comes."""
        self.flush()
        super().hideEvent(event)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.shown.connect(self._show)
        presenter.shown.connect(self.report.show_view)
        presenter.answered.connect(self._settle_answer)
        presenter.working.connect(lambda: self.tools.saved.busy(self._context.text("Saving")))
        presenter.failed.connect(self._recover)
        presenter.undone.connect(self._show_undone)
        self.sections.chosen.connect(self._go)
        self.header.section.connect(self._go)
        self.header.switched.connect(self._switch)
        self.header.talk.connect(presenter.start_talk)
        self.card.given.connect(self._give)
        self.card.settle.connect(self._settle)
        self.repeat.given.connect(self._give)
        self.repeat.empty_answer.connect(lambda status: self._answer(status, "0" if status == "given" else ""))
        self.repeat.add.connect(lambda: self._with_ref(presenter.add_row))
        self.repeat.remove.connect(presenter.remove_row)
        self.repeat.undo.connect(self._undo)
        self.footer.next.clicked.connect(self._next)
        self.footer.back.clicked.connect(self._back)
        self.footer.undo.connect(self._undo)
        self.tools.later.connect(lambda later: self._with_ref(lambda ref: presenter.later(ref, later=later)))
        self.tools.source.connect(self._set_source)
        for action, slot in (
            ("next", self._next),
            ("back", self._back),
            ("next_row", lambda: self._beside_row(1)),
            ("previous_row", lambda: self._beside_row(-1)),
            ("decline", self._decline),
            ("note", self.beside.write_note),
            ("undo", self._undo),
            ("paste", self.beside.paste_file),
        ):
            add_shortcut(self, f"interview.{action}", slot)

    def _show(self, view: InterviewView) -> None:
        self._going_on = False
        arrived = self._view is None or (self._view.dossier, self._view.ref) != (view.dossier, view.ref)
        self._view = view
        if self._catalogues is None or self._catalogues.other.tag != view.language:
            self._catalogues = CardCatalogues(self._context.catalogue, self._left, load_catalogue(view.language, "app"))
        self.show_step(view, self._catalogues)
        if view.saved is not None:
            self.tools.saved.saved(self._context.text("Saved · {time}", time=format_time(view.saved)))
        if self.newcomer is not None and self.newcomer.isVisible():
            self.newcomer.show_view(view, self._catalogues.person)
            self.newcomer.set_covered(covered=False)
        self.beside.show_view(view, arrived=arrived)
        if arrived:
            self.wish.hide()
            self.arrive()

    def _settle_answer(self, outcome: AnswerOutcome) -> None:
        self.answers.settle(outcome)
        self.card.zone.show_state()
        self.repeat.show_state(outcome.ref, refused=outcome.problem is not None)
        if outcome.problem is None or not self._going_on:
            return
        if outcome.problem.code == REMOVES_ROWS and self.answers.was_warned(outcome.ref):
            self._next()  # Enter leaves the field before it goes on
        else:
            self._focus_refused(outcome.ref)

    def _focus_refused(self, ref: str = "") -> None:
        """Put the focus where what keeps one here can be changed."""
        self._going_on = False
        if self.card.isVisible():
            self.card.zone.focus_refused()
        elif self.repeat.isVisible():
            self.repeat.editor.focus_refused(ref)

    def _show_undone(self, step: UndoStep) -> None:
        """Say what was taken back, and go where it can be seen."""
        self.tools.saved.saved(self._context.text(UNDONE[step.kind]))
        page, part = page_of(step)
        if page != "interview" and self._view is not None:
            self._context.navigate(page, self._view.dossier, part=part)

    def _recover(self) -> None:
        self.tools.saved.clear()
        self.answers.recover()

    def _give(self, ref: str, status: Status, value: str) -> None:
        """Keep what a control gives; going on once more after being told what falls away confirms it."""
        confirmed = self._going_on and self.answers.was_warned(ref)
        self.presenter.answer(ref, status, value, confirmed=confirmed)

    def _answer(self, status: Status, value: str) -> None:
        self._with_ref(lambda ref: self.presenter.answer(ref, status, value))

    def _undo(self, count: int = 1) -> None:
        self.flush(insist=False)
        self.presenter.undo(count)

    def _set_source(self, source: AnswerSource) -> None:
        step = None if self._view is None else self._view.step
        self.flush(insist=False)
        if isinstance(step, QuestionView) and step.status != "open":
            self.presenter.answer(step.ref, step.status, step.value, source)

    def _switch(self, language: str) -> None:
        self.flush(insist=False)
        self.presenter.switch(language)

    def _go(self, ref: str) -> None:
        self.flush(insist=False)
        self.presenter.go(ref)

    def _next(self) -> None:
        """Go on; what is refused holds one here, unless the question is left for later."""
        later = self._view is not None and self._view.step is not None and self._view.step.later
        self._going_on = True
        self.flush(insist=not later)
        if self.card.isVisible() and self.card.zone.is_stuck and not later:
            self._focus_refused()
        elif self._view is not None and not self._view.has_next:
            self.presenter.then(self._look_over)
        else:
            self.presenter.next()

    def _beside_row(self, by: int) -> None:
        if self.repeat.isVisible() and not self.repeat.open_beside(by) and by > 0:
            self.repeat.flush()
            self._with_ref(self.presenter.add_row)

    def _look_over(self) -> None:
        """Go on where the last card ends: to everything that was said."""
        if self._view is not None:
            self._context.navigate("review", self._view.dossier)

    def _back(self) -> None:
        self.flush(insist=False)
        self.presenter.back()

    def _decline(self) -> None:
        ref = self.repeat.editor.focused() if self.repeat.isVisible() else ""
        if ref:
            self.repeat.editor.choose_way_out(ref, "declined")
        elif self.card.isVisible():
            self.card.zone.choose_way_out("declined")
        else:
            self._answer("declined", "")

    def _settle(self, ref: str) -> None:
        if self._view is not None:
            self._context.navigate("conflict", self._view.dossier, part=ref)

    def _with_ref(self, operation: Callable[[str], None]) -> None:
        if self._view is not None and self._view.ref:
            operation(self._view.ref)
