"""The banner above the list of people: what is damaged, in which cases, and where to do something about it."""

from collections.abc import Sequence

from desktop.i18n.messages import text_for
from desktop.records.maintenance.verification import INTENTION_DAMAGED
from desktop.ui.context import UiContext
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.settings.settings_page import CHECK
from protocol.errors import UserError
from protocol.identifiers import DossierId, case_number

_MOST_NAMED = 3


class DamageBanner(Banner):
    """Hidden while everything is whole. Its link checks the whole vault, in the settings."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme, context.text("Put this message away"), "people.trouble")
        self._context = context

    def look(self) -> None:
        """Ask anew what is set aside."""
        integrity_check = self._context.services.integrity_check
        self._context.run(lambda: (integrity_check.damaged_cases(), integrity_check.unfinished()), self._show, self)

    def _show(self, found: tuple[Sequence[DossierId], int]) -> None:
        cases, unfinished = found
        if not (cases or unfinished):
            self.hide()
            return
        text = self._sentence(cases) if cases else text_for(UserError(INTENTION_DAMAGED), self._context.catalogue)
        link = self._context.text("See what to do")
        self.show_message("asks", text, link, lambda: self._context.navigate("settings", part=CHECK))

    def _sentence(self, cases: Sequence[DossierId]) -> str:
        named = ", ".join(case_number(case) for case in cases[:_MOST_NAMED])
        more = " …" if len(cases) > _MOST_NAMED else ""
        return self._context.text(
            "A part is damaged and set aside in {cases}. Everything else works.", cases=f"{named}{more}"
        )
