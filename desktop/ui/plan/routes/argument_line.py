"""One argument for or against a route: its sign, what it says, and the answers it rests on."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.plan.model.support_plan import Argument, LegalRoute
from desktop.services.plan.plan_parts import PlanView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text
from desktop.ui.plan.routes.place_link import PlaceLink

_SIGNS = {"for": ("plus", Tone.PRIMARY), "against": ("minus", Tone.INK), "neutral": ("circle", Tone.SOFT)}
_ICON, _MOST_LINKS = 20, 2


class ArgumentLine(QWidget):
    """Calls `on_follow` with the address of an answer, and `on_change` where somebody wrote the argument here."""

    def __init__(  # each is one thing the line is made of
        self,
        theme: Theme,
        texts: Catalogue,
        argument: Argument,
        view: PlanView,
        on_follow: Callable[[str], None],
        on_change: Callable[[Argument], None],
    ) -> None:
        super().__init__()
        self._theme = theme
        icon, tone = _SIGNS[argument.sign]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, theme.px(Space.HAIR))
        row.setSpacing(theme.px(Space.SMALL + 2))
        row.addWidget(Icon(theme, icon, _ICON, tone), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._words = Text(theme, argument.text.dutch, Role.BODY, language=view.dutch.language)
        words.addWidget(self._words)
        links: list[QWidget] = []
        stem = f"plan.route.{argument.route}.argument.{argument.id}"
        for number, link in enumerate(view.links_of(argument.sources)[:_MOST_LINKS], start=1):
            spoken = texts.text("Go to the answer: {place}", place=link.label)
            place = PlaceLink(theme, link.label, f"{stem}.source.{number}", spoken)
            place.clicked.connect(lambda _on=False, ref=link.ref: on_follow(ref))
            links.append(place)
        if not argument.derived:
            change = PlaceLink(theme, texts.text("Change"), f"{stem}.change", texts.text("Change this reason"))
            change.clicked.connect(lambda: on_change(argument))
            links.append(change)
        self._links = FlowRow(links, gap=Space.MEDIUM)
        if not links:
            self._links.hide()  # never shown here: without a parent yet it would be a window that takes the keyboard
        words.addWidget(self._links)
        nest(row, words, 1)

    def height_at(self, width: int) -> int:
        """Return the pixels the line takes in a column of `width`."""
        theme = self._theme
        room = width - theme.px(_ICON) - theme.px(Space.SMALL + 2)
        links = 0 if self._links.isHidden() else theme.type_size(Role.SMALL).leading
        return self._words.heightForWidth(room) + links + theme.px(Space.HAIR)


def route_name(route: LegalRoute, sign: str) -> str:
    """Return the object name of one section of a route."""
    return f"plan.route.{route}.{sign}"
