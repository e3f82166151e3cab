"""A hint at the first visit of a page: goes away when it was read, and stays away."""

from desktop.i18n import Catalogue
from desktop.ui.design.theme import Theme
from desktop.ui.help.hint_memory import HintMemory
from desktop.ui.help.topics import TOPICS
from desktop.ui.kit.surfaces.banner import Banner


class FirstHint(Banner):
    """Shows the hint of the page in sight, until it is put away."""

    def __init__(self, theme: Theme, catalogue: Catalogue, memory: HintMemory) -> None:
        super().__init__(theme, catalogue.text("Do not show this again"), "hint")
        self._catalogue, self._memory, self._page = catalogue, memory, ""
        self.dismiss.clicked.connect(self._read)

    def show_page(self, page: str) -> None:
        """Show the hint of `page` where it has one that was not put away."""
        self._page = page
        hint = TOPICS[page].hint
        if not hint or page in self._memory.seen():
            self.hide()
            return
        self.show_message("neutral", self._catalogue.text(hint), self._catalogue.text("I see"), self._read)

    def _read(self) -> None:
        self.hide()
        self._memory.put_away(self._page)
