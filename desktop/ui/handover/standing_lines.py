"""What stands below the timeline: how a case comes back that cannot be taken back, and what came after it went."""

from collections.abc import Sequence

from desktop.i18n import Catalogue
from desktop.records import HEALTH
from desktop.services.handover.handover_parts import HandoverView, LateEntries
from desktop.ui.common_texts import late_words
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Tone
from desktop.ui.handover.handover_texts import municipality_name
from desktop.ui.kit.typography.text import Text


class WayBackLine(Text):
    """Hidden while the case can be taken back, or is here."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, role=Role.BODY, tone=Tone.SOFT)
        self._texts = texts
        self.setObjectName("handover.way_back")
        self.hide()

    def show_view(self, view: HandoverView) -> None:
        """Say of `view` who can bring the case back, and how."""
        words = _way_back(view, self._texts)
        self.set_text(words)
        self.setVisible(bool(words))


class UnopenedLine(Text):
    """Hidden while the other side opened everything, or has not said what it opened."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, role=Role.BODY, tone=Tone.ACCENT)
        self._texts = texts
        self.setObjectName("handover.unopened")
        self.hide()

    def show_view(self, view: HandoverView) -> None:
        """Say of `view` what the other side could not open, that the key stays here, and what to do."""
        if not view.unopened:
            self.set_text("")
            self.hide()
            return
        name = municipality_name(view, self._texts)
        words = [self._texts.text("{municipality} could not open all that was sent.", municipality=name)]
        if view.health_key and HEALTH in view.unopened:
            words.append(self._texts.text("Your key to what is about health stays on this laptop."))
        words.append(self._texts.text("Call your colleague there: what does not open must be asked or written again."))
        self.set_text(" ".join(words))
        self.show()


class LateLine(Text):
    """Hidden while nobody wrote anything after they had let the case go."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, role=Role.BODY, tone=Tone.ACCENT)
        self._texts = texts
        self.setObjectName("handover.late")
        self.hide()

    def show_late(self, late: Sequence[LateEntries]) -> None:
        """Say who wrote how much."""
        self.set_text(" ".join(late_words(each, self._texts) for each in late))
        self.setVisible(bool(late))


def _way_back(view: HandoverView, texts: Catalogue) -> str:
    name = municipality_name(view, texts)
    if view.came_back or not view.done("received"):
        return ""
    if view.done("accepted"):
        return texts.text("The case is with {municipality} now. Only they can hand it over to you.", municipality=name)
    return texts.text(
        "{municipality} has confirmed that it has the case, so you cannot take it back. "
        "They can send it back with a question: call your colleague there.",
        municipality=name,
    )
