"""The card that checks the whole vault, while the work goes on, and says what to do about what is broken."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.i18n.messages import text_for
from desktop.kernel.changes import Aspect, changed
from desktop.records.maintenance.verification import IntegrityFinding, IntegrityReport
from desktop.services.backups.integrity_check import CheckProgress, can_be_fetched
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.drawing.meter import Meter
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text
from protocol.errors import OpmaatError, UserError
from protocol.identifiers import case_number

_MOST_LINES = 8


class CheckCard(Card):
    """See the module. Stopping leaves everything as it was; so does checking."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme, padding=Space.BLOCK)
        self._context = context
        self._wanted = False
        theme, text = context.theme, context.text
        self.body.addWidget(Text(theme, text("Is everything whole?"), Role.CARD))
        hint = text("Reads every case and every key in this vault and names what is broken. Nothing is changed.")
        self.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        self.button = Button(theme, text("Check the vault"), "check.start", icon="check-circle")
        self.button.clicked.connect(self.start)
        self.stop_button = Button(theme, text("Stop"), "check.stop", icon="close")
        self.stop_button.clicked.connect(self._stop)
        self.fetch_button = Button(theme, text("Fetch it again"), "check.fetch", icon="download")
        self.fetch_button.clicked.connect(self._fetch)
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        for button in (self.button, self.stop_button, self.fetch_button):
            row.addWidget(button)
        row.addStretch(1)
        nest(self.body, row)
        self.meter = Meter(theme, "check.progress")
        self.body.addWidget(self.meter)
        self._result = SavedLine(theme, "check.said")
        self.body.addWidget(self._result, 0, Qt.AlignmentFlag.AlignLeading)
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.SMALL)
        nest(self.body, self._list)
        self._show_running(running=False)
        self.fetch_button.hide()

    def start(self) -> None:
        """Check everything, piece by piece."""
        if self._wanted:
            return
        self._wanted = True
        self._clear()
        self._show_running(running=True)
        self._context.run(self._context.services.integrity_check.begin, self._show_findings, self, on_error=self._fail)

    def _show_findings(self, progress: CheckProgress) -> None:
        if not self._wanted:
            return
        if progress.report is not None:
            self._finish()
            self._show(progress.report)
            return
        sentence = self._context.text("Checking: {done} of {total} rows", done=progress.done, total=progress.total)
        self.meter.show_level(progress.done / progress.total, "primary", sentence)
        self._context.run(self._context.services.integrity_check.step, self._show_findings, self, on_error=self._fail)

    def _show(self, report: IntegrityReport) -> None:
        text = self._context.text
        if report.good:
            plural = self._context.catalogue.plural
            cases = plural("{n} case", "{n} cases", report.dossiers)
            rows = plural("{n} row", "{n} rows", report.events)
            sentence = text("Everything is whole: {cases}, {rows}.", cases=cases, rows=rows)
            self._result.saved(sentence)
            return
        self._add(text("Not everything is whole. What is named here is kept and not used."), Role.STRONG, Tone.WRONG)
        broken = [finding for finding in report.findings if not finding.harmless]
        for finding in broken[:_MOST_LINES]:
            self._add(self._sentence(finding), Role.BODY, Tone.INK)
        if len(broken) > _MOST_LINES:
            self._add(text("And {count} more.", count=len(broken) - _MOST_LINES), Role.BODY, Tone.SOFT)
        self.fetch_button.setVisible(can_be_fetched(report))

    def _sentence(self, finding: IntegrityFinding) -> str:
        message = text_for(UserError(finding.code), self._context.catalogue)
        return message if finding.dossier is None else f"{case_number(finding.dossier)} · {message}"

    def _fetch(self) -> None:
        self.fetch_button.hide()
        self._context.run(self._context.services.synchronise.fetch_again, lambda _none: self._ask(), self)

    def _ask(self) -> None:
        self._clear()
        self._result.busy(self._context.text("It is fetched with the next synchronisation. Then check again."))
        self._context.publish(changed(Aspect.CASELOAD))

    def _stop(self) -> None:
        self._finish()

    def _finish(self) -> None:
        self._wanted = False
        self._show_running(running=False)

    def _fail(self, error: OpmaatError) -> None:
        self._finish()
        self._context.report(error)

    def _show_running(self, *, running: bool) -> None:
        self.button.setVisible(not running)
        self.stop_button.setVisible(running)
        self.meter.setVisible(running)

    def _add(self, sentence: str, role: Role, tone: Tone) -> None:
        line = Text(self._context.theme, sentence, role, tone=tone)
        line.setObjectName(f"check.line.{self._list.count()}")
        self._list.addWidget(line)

    def _clear(self) -> None:
        self._result.clear()
        self.fetch_button.hide()
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
