"""The report below the question whether it is right: a person is asked about what can be seen.

The same letter as on the page where it is looked over; a line leads to its question.
"""

from PySide6.QtCore import QObject

from desktop.i18n import load_catalogue
from desktop.kernel.ref import Ref
from desktop.services.interview.page_parts import InterviewView
from desktop.services.interview.review import ReviewItem, ReviewView
from desktop.ui.context import UiContext
from desktop.ui.interview.interview_sheet import InterviewSheet
from desktop.ui.review.letter import Letter
from desktop.ui.review.review_texts import page_to_open

ASKS_ABOUT_THE_REPORT = "samenvatting_klopt"
"""The name of the question "Klopt het verslag?" in a form; the plan knows it by the same one."""


class ReportBeside(QObject):
    """Shows the letter while that question is on screen; made when it is first asked."""

    def __init__(self, context: UiContext, sheet: InterviewSheet) -> None:
        super().__init__(sheet)
        self._context, self._sheet = context, sheet
        self._letter: Letter | None = None
        self._view: InterviewView | None = None

    def show_view(self, view: InterviewView) -> None:
        """Show the report where the card of `view` asks about it, and put it away where not."""
        self._view = view
        if _asks_about_the_report(view):
            review = self._context.services.review
            self._context.run(lambda: review.view(view.dossier), self._show, self)
        elif self._letter is not None:
            self._letter.hide()

    def _show(self, report: ReviewView) -> None:
        view = self._view
        if view is None or not _asks_about_the_report(view):
            return
        if self._letter is None:
            self._letter = Letter(self._context, "interview.report")
            self._letter.chosen.connect(self._go)
            self._letter.reached.connect(self._sheet.bring_into_sight)
            self._sheet.add_below(self._letter)
        self._letter.show()
        self._letter.show_view(report, load_catalogue(view.language, "app"))

    def _go(self, item: ReviewItem) -> None:
        if self._view is not None:
            self._context.navigate(page_to_open(item), self._view.dossier, part=item.ref)


def _asks_about_the_report(view: InterviewView) -> bool:
    return view.step is not None and Ref.parse(view.step.ref).name == ASKS_ABOUT_THE_REPORT
