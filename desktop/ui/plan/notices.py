"""What the plan page asks attention for above its steps: fields that differ, and the workbook that the plan goes by."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import format_date
from desktop.services.plan.plan_parts import PlanView, WorkbookStanding
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Space
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.plan.dispute_sheet import DisputeSheet
from desktop.ui.plan.workbook_sheet import WorkbookSheet
from desktop.ui.settings.settings_page import WORKBOOK


class PlanNotices(QWidget):
    """`settled` carries a field and the value that stands; `switched` asks for the newest workbook."""

    settled = Signal(str, object)
    switched = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._view: PlanView | None = None
        self._put_away: object = None
        close = context.text("Put away")
        self.disputes = Banner(context.theme, close, "plan.banner")
        self.workbook = Banner(context.theme, close, "plan.workbook.banner")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.disputes)
        column.addWidget(self.workbook)
        self.workbook.dismiss.clicked.connect(self._keep_away)

    def show_view(self, view: PlanView) -> None:
        """Show what there is to say about `view`."""
        self._view = view
        self._show_disputes(view)
        self._show_workbook(view.workbook)

    def _show_disputes(self, view: PlanView) -> None:
        if view.disputes:
            words = self._context.text("Two devices changed the same thing in the plan. Choose what stands.")
            self.disputes.show_message("asks", words, self._context.text("Choose"), self._settle)
        else:
            self.disputes.hide()

    def _show_workbook(self, standing: WorkbookStanding) -> None:
        words = self._words(standing)
        if not words or self._put_away == self._about():
            self.workbook.hide()
        elif standing.newer:
            self.workbook.show_message("neutral", words, self._context.text("See what changes"), self._look)
        else:
            self.workbook.show_message("asks", words, self._context.text("Read from a file"), self._open_settings)

    def _words(self, standing: WorkbookStanding) -> str:
        text = self._context.text
        version, newer = str(standing.version), str(standing.newer)
        day = "" if standing.newer_issued is None else format_date(standing.newer_issued.astimezone().date())
        if standing.state == "not_here":
            return text(
                "This plan goes by version {version} of your organisation's workbook, and that is not on this laptop. "
                "Synchronise first; until then it cannot be signed.",
                version=version,
            )
        if standing.newer and standing.version:
            return text(
                "Your organisation published version {newer} of its workbook on {day}. This plan goes by version "
                "{version}.",
                newer=newer,
                day=day,
                version=version,
            )
        if standing.newer:
            return text(
                "Your organisation published version {newer} of its workbook on {day}, after this case was begun.",
                newer=newer,
                day=day,
            )
        if standing.state == "none":
            return text(
                "Your organisation has not published its region workbook yet, so this plan has no routes, partners and "
                "dates of the region. Ask your administrator to publish it."
            )
        return ""

    def _about(self) -> object:
        view = self._view
        return None if view is None else (view.dossier, view.workbook.state, view.workbook.newer)

    def _keep_away(self) -> None:
        self._put_away = self._about()

    def _settle(self) -> None:
        if self._view is None or not self._view.disputes:
            return
        sheet = DisputeSheet(self._context.theme, self._context.catalogue, self, self._view.disputes[0])
        sheet.chosen.connect(self.settled)
        sheet.open()

    def _open_settings(self) -> None:
        self._context.navigate("settings", part=WORKBOOK)

    def _look(self) -> None:
        if self._view is None:
            return
        sheet = WorkbookSheet(self._context.theme, self._context.catalogue, self, self._view)
        sheet.switched.connect(self.switched)
        sheet.open()
