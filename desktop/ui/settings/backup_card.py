"""The card about backups: make one while the work goes on, see where they lie, and be reminded."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.i18n import format_day
from desktop.i18n.mark import N_
from desktop.records.maintenance.copies import IntegritySummary
from desktop.services.backups.backup_file import Cancelled
from desktop.services.backups.backups import KEPT_DAYS, SUFFIX, BackupState, PreparedBackup
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.executor import WorkerThread
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.file_dialogs import ask_save
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.drawing.meter import Meter
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.card import Card, Divider
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text
from protocol.errors import OpmaatError

_REMIND = ((0, N_("Never")), (7, N_("7 days")), (14, N_("14 days")), (30, N_("30 days")))
_PARTS = 100


class _Teller(QObject):
    """Carries progress from the files' thread to the screen's, one step in a hundred at a time."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._last = -1

    def tell(self, done: int, total: int) -> None:
        """Say how far it is. Any thread."""
        part = done * _PARTS // max(total, 1)
        if part != self._last:
            self._last = part
            self.moved.emit(part)


class BackupSettingsCard(Card):
    """See the module. Answers given meanwhile are stored as always; they are in the next backup."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme, padding=Space.BLOCK)
        self._context = context
        self._stop: Cancelled | None = None
        theme, text = context.theme, context.text
        self.body.addWidget(Text(theme, text("Backup"), Role.CARD))
        hint = text(
            "One sealed file with everything in this vault. It opens with the passphrase of today, or with the "
            "recovery key. Keep it away from this laptop. Each backup is kept for {days} days.",
            days=KEPT_DAYS,
        )
        self.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        self._last = Text(theme, "", Role.BODY)
        self._last.setObjectName("backup.last")
        self.body.addWidget(self._last)
        self.button = Button(theme, text("Make a backup"), "backup.make", icon="usb")
        self.button.clicked.connect(self._ask)
        self.stop_button = Button(theme, text("Stop"), "backup.stop", icon="close")
        self.stop_button.clicked.connect(self._cancel)
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        for button in (self.button, self.stop_button):
            row.addWidget(button)
        row.addStretch(1)
        nest(self.body, row)
        self.meter = Meter(theme, "backup.progress")
        self.body.addWidget(self.meter)
        self._saved = SavedLine(theme, "backup.saved")
        self.body.addWidget(self._saved, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(Divider(theme))
        self.body.addWidget(Text(theme, text("Remind me when the last backup is older than"), Role.STRONG))
        self._remind = Segmented(theme, "backup.remind", text("Remind me of a backup"), self._set_reminder)
        self.body.addWidget(self._remind)
        self.body.addWidget(Divider(theme))
        due = Button(theme, text("What must be erased"), "backup.retention", kind="link", icon="trash")
        due.clicked.connect(lambda: context.navigate("retention"))
        self.body.addWidget(due, 0, Qt.AlignmentFlag.AlignLeading)
        self._show_running(running=False)
        context.run(context.services.backups.state, self._show, self)

    def make(self, path: Path) -> None:
        """Make a backup at `path`; the screen stays free."""
        backups = self._context.services.backups
        self._saved.busy(self._context.text("The backup is being made…"))
        self._stop = Cancelled()
        self._show_running(running=True)
        self._context.run(lambda: backups.prepare(path), self._write, self, on_error=self._fail)

    def _write(self, prepared: PreparedBackup) -> None:
        backups, stop, teller = self._context.services.backups, self._stop or Cancelled(), _Teller()
        teller.setParent(self)
        teller.moved.connect(self._show_move)

        def written(integrity_summary: IntegritySummary) -> None:
            teller.deleteLater()
            keep = partial(backups.keep, prepared)
            self._context.run(keep, lambda state: self._done(state, integrity_summary), self, on_error=self._fail)

        def failed(error: OpmaatError) -> None:
            teller.deleteLater()
            self._context.run(lambda: backups.forget(prepared), self._show, self)
            self._fail(error)

        write = partial(backups.write, prepared, teller.tell, stop)
        self._context.run(write, written, self, on_error=failed, thread=WorkerThread.FILES)

    def _done(self, state: BackupState, integrity_summary: IntegritySummary) -> None:
        self._show_running(running=False)
        self._show(state)
        text = self._context.catalogue.plural(
            "Made, read back and opened: {n} case.",
            "Made, read back and opened: {n} cases.",
            integrity_summary.dossiers,
        )
        self._saved.saved(text)

    def _fail(self, error: OpmaatError) -> None:
        self._show_running(running=False)
        self._saved.clear()
        self._context.report(error)

    def _show_move(self, part: int) -> None:
        sentence = self._context.text("The backup is being made: {part} %", part=part)
        self.meter.show_level(part / _PARTS, "primary", sentence)

    def _cancel(self) -> None:
        if self._stop is not None:
            self._stop.wanted = True

    def _show_running(self, *, running: bool) -> None:
        self.button.setVisible(not running)
        self.stop_button.setVisible(running)
        self.meter.setVisible(running)
        self._show_move(0)

    def _show(self, state: BackupState) -> None:
        text, tag = self._context.text, self._context.catalogue.language.tag
        if state.last is None:
            self._last.set_text(text("There is no backup yet."))
        else:
            day = format_day(state.last.astimezone().date(), tag)
            self._last.set_text(text("The last backup is of {day}.", day=day))
        segments = [SegmentOption(str(days), text(words)) for days, words in _REMIND]
        self._remind.set_segments(segments, str(state.remind_days))

    def _set_reminder(self, days: str) -> None:
        backups = self._context.services.backups
        self._context.run(lambda: backups.remind_after(int(days)), self._show, self)

    def _ask(self) -> None:
        text, name = self._context.text, self._context.services.backups.file_name()
        path = ask_save(self, text("Make a backup"), name, f"{text('Backup')} (*{SUFFIX})")
        if path is not None:
            self.make(path)
