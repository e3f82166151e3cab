"""Between the interview screen and the interview: hands operations to the store thread and brings their results back.

What is typed goes out in order and comes back in order. While more is under way an intermediate page is not shown, so
a slow disk never puts an older text over a newer one. A refused answer stops the next card from following it.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.records import InterpreterMode, Source, Status
from desktop.services.interview.answer_state import AnswerOutcome
from desktop.services.interview.interview import InterviewService
from desktop.services.interview.page_parts import InterviewResult, InterviewView, ProblemText
from desktop.ui.context import UiContext
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId

Result = InterviewResult | InterviewView


Report = Callable[[bool, ProblemText | None], None]
"""Told whether an answer was kept, and why it was refused."""


class InterviewPresenter(QObject):
    """Runs the interview of one dossier at a time.

    `shown` carries the page (`InterviewView`) after everything asked for is durable, `answered` the `AnswerOutcome` of
    every answer, before the page that shows it, and `undone` the `UndoStep` that was taken back, after that page.
    `working` says that something is being kept, `failed` that the world was in the way (the banner says how) and
    nothing was kept.
    """

    shown = Signal(object)
    answered = Signal(object)
    undone = Signal(object)
    working = Signal()
    failed = Signal()

    def __init__(self, context: UiContext, interview: InterviewService, page: QObject) -> None:
        """Work for `page`, which shows what comes home."""
        super().__init__(page)
        self._page = page
        self._context = context
        self._interview = interview
        self._dossier: DossierId | None = None
        self._under_way = 0
        self._after: list[Callable[[], None]] = []

    @property
    def idle(self) -> bool:
        """Tell whether everything asked for has come back."""
        return self._under_way == 0

    def show(self, dossier: DossierId) -> None:
        """Open `dossier` where it was left."""
        self._dossier = dossier
        self.again()

    def again(self) -> None:
        """Show the page once more, with what other devices have added."""
        self._with(self._interview.view)

    def answer(
        self, ref: str, status: Status, value: str = "", source: Source = "conversation", *, confirmed: bool = True
    ) -> None:
        """Keep an answer; one that is not `confirmed` is refused where it takes filled rows away."""
        dossier = self._dossier
        if dossier is not None:

            def report(kept: bool, problem: ProblemText | None) -> None:  # noqa: FBT001  # the shape of `Report`
                self.answered.emit(AnswerOutcome(dossier, ref, value, kept, problem))

            self._run(lambda: self._interview.answer(dossier, ref, status, value, source, confirmed=confirmed), report)

    def note(self, ref: str, text: str) -> None:
        """Keep a note."""
        self._with(lambda dossier: self._interview.note(dossier, ref, text))

    def later(self, ref: str, *, later: bool) -> None:
        """Leave a question for later, or not."""
        self._with(lambda dossier: self._interview.later(dossier, ref, later=later))

    def flag(self, ref: str, remark: str) -> None:
        """Say that a translation is wrong."""
        self._with(lambda dossier: self._interview.flag_translation(dossier, ref, remark))

    def add_row(self, repeat: str) -> None:
        """Add a row to a repeat."""
        self._with(lambda dossier: self._interview.add_row(dossier, repeat))

    def remove_row(self, row: str) -> None:
        """Remove a row of a repeat."""
        self._with(lambda dossier: self._interview.remove_row(dossier, row))

    def undo(self, count: int = 1) -> None:
        """Take the last `count` things back, unless an answer under way is refused."""
        self.then(lambda: self._with(lambda dossier: self._interview.undo(dossier, count)))

    def start_talk(self, mode: str, interpreter: str = "") -> None:
        """Start the next conversation, interpreted in `mode` by the interpreter with that number."""
        self._with(lambda dossier: self._interview.start_talk(dossier, InterpreterMode(mode), interpreter))

    def switch(self, language: str) -> None:
        """Go on in another language, once everything typed is kept."""
        self._with(lambda dossier: self._interview.switch(dossier, language))

    def go(self, ref: str) -> None:
        """Show another card, unless an answer under way is refused."""
        self.then(lambda: self._with(lambda dossier: self._interview.go(dossier, ref)))

    def next(self) -> None:
        """Show the next card, unless an answer under way is refused."""
        self.then(lambda: self._with(lambda dossier: self._interview.move(dossier, 1)))

    def back(self) -> None:
        """Show the previous card, unless an answer under way is refused."""
        self.then(lambda: self._with(lambda dossier: self._interview.move(dossier, -1)))

    def then(self, step: Callable[[], None]) -> None:
        """Do `step` once everything is kept, unless an answer under way is refused."""
        if self.idle:
            step()
        else:
            self._after.append(step)

    def _with(self, operation: Callable[[DossierId], Result]) -> None:
        dossier = self._dossier
        if dossier is not None:
            self._run(lambda: operation(dossier))

    def _run(self, operation: Callable[[], Result], report: Report | None = None) -> None:
        """Run `operation`; `report` is told whether it was kept or why it was refused."""
        self._under_way += 1
        self.working.emit()
        self._context.run(
            operation,
            lambda result: self._finish(result, report),
            self,
            on_error=lambda error: self._fail(error, report),
        )

    def _finish(self, result: Result, report: Report | None) -> None:
        self._under_way -= 1
        problem = result.problem if isinstance(result, InterviewResult) else None
        if problem is not None:
            self._after.clear()
        if report is not None:
            report(problem is None, problem)
        view = result.view if isinstance(result, InterviewResult) else result
        if self.idle and view.dossier == self._dossier:
            self.shown.emit(view)
        if isinstance(result, InterviewResult):
            if result.undone is not None:
                self.undone.emit(result.undone)
            self._context.publish(result.changes, by=self._page)
        self._go_on()

    def _fail(self, error: OpmaatError, report: Report | None) -> None:
        self._under_way -= 1
        self._after.clear()
        if report is not None:
            report(False, None)
        self._context.report(error)
        self.failed.emit()

    def _go_on(self) -> None:
        if self.idle and self._after:
            self._after.pop(0)()
