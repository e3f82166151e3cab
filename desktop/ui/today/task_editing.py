"""Promises from the page of the day: noting, another date, to a colleague, done; each through its sheet and service."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.kernel.changes import Changes
from desktop.services.today.task_service import TaskService
from desktop.services.today.today_service import WhyNow
from desktop.ui.context import UiContext
from desktop.ui.today.task_sheet import SheetFields, TaskSheet, TypedTask
from desktop.ui.today.today_texts import need_text
from protocol.identifiers import DossierId
from protocol.times import today

_NEXT = timedelta(days=7)


class TaskEditing(QObject):
    """Acts on the person that `chosen` tells; `host` is the page, over which the sheets open."""

    def __init__(self, context: UiContext, host: QWidget, chosen: Callable[[], WhyNow | None]) -> None:
        super().__init__(host)
        self._context, self._host, self._chosen = context, host, chosen

    @property
    def _tasks(self) -> TaskService:
        return self._context.services.today.tasks

    def finish(self) -> None:
        """Say that the task was done."""
        why = self._chosen()
        task = None if why is None else why.row.need.task
        if why is not None and task is not None:
            dossier, entry = why.row.dossier, task.entry
            self._write(lambda: self._tasks.finish(dossier, entry))

    def settle(self, place: int) -> None:
        """Let one of two versions of the task stand."""
        why = self._chosen()
        task = None if why is None else why.row.need.task
        if why is not None and task is not None:
            dossier, entry = why.row.dossier, task.entry
            self._write(lambda: self._tasks.settle(dossier, entry, place))

    def other_date(self) -> None:
        """Ask for another day and the reason; where there is no task yet, for a promise by a day."""
        why = self._chosen()
        if why is None:
            return
        dossier, task = why.row.dossier, why.row.need.task
        if task is None:
            self._ask_promise(dossier, need_text(why.row, self._context.catalogue).title, self._tasks.me)
            return

        def keep(typed: TypedTask) -> Changes:
            return self._tasks.move(dossier, task.entry, typed.day or today(self._context.clock), typed.why)

        fields = SheetFields(day=today(self._context.clock) + _NEXT, asks_day=True, why="")
        self._ask(self._context.text("Another date"), fields, keep)

    def to_colleague(self) -> None:
        """Ask who takes it over; where there is no task yet, for a promise of that colleague."""
        why = self._chosen()
        if why is None:
            return
        dossier, task = why.row.dossier, why.row.need.task
        if task is None:
            self._ask_promise(dossier, need_text(why.row, self._context.catalogue).title, "")
            return

        def keep(typed: TypedTask) -> Changes:
            return self._tasks.hand_to(dossier, task.entry, typed.who, typed.why)

        self._ask(self._context.text("To a colleague"), SheetFields(who="", why=""), keep)

    def promise(self) -> None:
        """Ask for a new promise."""
        why = self._chosen()
        if why is not None:
            self._ask_promise(why.row.dossier, "", self._tasks.me)

    def _ask_promise(self, dossier: DossierId, what: str, who: str) -> None:
        def keep(typed: TypedTask) -> Changes:
            return self._tasks.promise(dossier, typed.what, typed.day or today(self._context.clock), typed.who)

        fields = SheetFields(what=what, who=who, day=today(self._context.clock) + _NEXT, asks_day=True)
        self._ask(self._context.text("New promise"), fields, keep)

    def _ask(self, title: str, fields: SheetFields, keep: Callable[[TypedTask], Changes]) -> None:
        def open_sheet(colleagues: tuple[str, ...]) -> None:
            TaskSheet(self._context, self._host.window(), title, fields, colleagues, kept).open()

        def kept(sheet: TaskSheet, typed: TypedTask) -> None:
            def done(changes: Changes) -> None:
                sheet.accept()
                self._context.publish(changes)

            self._context.run(lambda: keep(typed), done, sheet, on_error=sheet.refuse)

        self._context.run(self._context.services.today.colleagues, open_sheet, self)

    def _write(self, operation: Callable[[], Changes]) -> None:
        self._context.run(operation, self._context.publish, self)
