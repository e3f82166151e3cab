"""The banners above the list of people: what is damaged or untrue, in which cases, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from desktop.i18n.messages import text_for
from desktop.records import CLAIM_VOID
from desktop.records.maintenance.verification import INTENTION_DAMAGED
from desktop.ui.context import UiContext
from desktop.ui.kit.surfaces.banner_list import BannerLine, BannerList
from desktop.ui.settings.settings_page import CHECK
from protocol.errors import UserError
from protocol.identifiers import DossierId, case_number

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Found:
    damaged: Sequence[DossierId]
    untrue: Sequence[DossierId]
    unfinished: int


class DamageBanner(BannerList):
    """Hidden while everything is whole; one line, with its own action, for each matter and each untrue case."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme, context.text("Put this message away"), "people.trouble")
        self._context = context

    def look(self) -> None:
        """Ask anew what is set aside."""
        check = self._context.services.integrity_check
        self._context.run(
            lambda: _Found(check.damaged_cases(), check.untrue_cases(), check.unfinished()), self._show, self
        )

    def _show(self, found: _Found) -> None:
        text, lines = self._context.text, dict[str, BannerLine]()
        if found.damaged:
            lines["damaged"] = BannerLine("asks", self._sentence(found.damaged), text("See what to do"), self._check)
        if found.unfinished:
            words = text_for(UserError(INTENTION_DAMAGED), self._context.catalogue)
            lines["unfinished"] = BannerLine("asks", words, text("See what to do"), self._check)
        for case in found.untrue:
            words = f"{case_number(case)}: {text_for(UserError(CLAIM_VOID), self._context.catalogue)}"
            lines[case] = BannerLine("asks", words, text("Open the case"), partial(self._review, case))
        self.show_lines(lines)

    def _check(self) -> None:
        self._context.navigate("settings", part=CHECK)

    def _review(self, case: DossierId) -> None:
        self._context.navigate("review", case)

    def _sentence(self, cases: Sequence[DossierId]) -> str:
        named = ", ".join(case_number(case) for case in cases[:_MOST_NAMED])
        more = " …" if len(cases) > _MOST_NAMED else ""
        return self._context.text(
            "A part is damaged and set aside in {cases}. Everything else works.", cases=f"{named}{more}"
        )
