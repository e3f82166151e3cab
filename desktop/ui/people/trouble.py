"""The banner above the list of people: that a part of a case is set aside, and where to do something about it."""

from collections.abc import Sequence

from desktop.ui.context import UiContext
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.settings.settings_page import CHECK
from protocol.identifiers import DossierId, case_number

_MOST_NAMED = 3


class TroubleBanner(Banner):
    """Hidden while everything is whole. Its link checks the whole vault, in the settings."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme, context.text("Put this message away"), "people.trouble")
        self._context = context

    def look(self) -> None:
        """Ask anew what is set aside."""
        self._context.run(self._context.services.checkup.troubled, self._show, self)

    def _show(self, cases: Sequence[DossierId]) -> None:
        if not cases:
            self.hide()
            return
        named = ", ".join(case_number(case) for case in cases[:_MOST_NAMED])
        more = " …" if len(cases) > _MOST_NAMED else ""
        text = self._context.text(
            "A part is damaged and set aside in {cases}. Everything else works.", cases=f"{named}{more}"
        )
        link = self._context.text("See what to do")
        self.show_message("asks", text, link, lambda: self._context.navigate("settings", part=CHECK))
