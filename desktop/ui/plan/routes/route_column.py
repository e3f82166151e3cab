"""One legal route as a column: what it is, what speaks for and against it, and the reason people write down."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, Catalogue
from desktop.plan.model.support_plan import Argument, LegalRoute, RouteWeighing
from desktop.services.plan.plan_parts import Link, PlanView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.autosave_text import AutosaveTextEdit
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.typography.text import Text
from desktop.ui.plan.routes.place_link import PlaceLink

TITLES: dict[LegalRoute, str] = {"B1": N_("B1 route"), "O": N_("Education route"), "Z": N_("Z route")}
MEANINGS: dict[LegalRoute, str] = {
    "B1": N_("Dutch at level B1, with work or training"),
    "O": N_("Language and subjects that prepare for vocational or higher education"),
    "Z": N_("Self-reliance: language in daily life and taking part"),
}
_SIGNS = {"for": ("plus", Tone.PRIMARY), "against": ("minus", Tone.INK), "neutral": ("circle", Tone.SOFT)}


class RouteCell(QWidget):
    """One section of a column; its column and neighbours share the height of its row."""

    def __init__(self, theme: Theme, *, bottom: int = Space.LARGE) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(theme.px(18), theme.px(Space.MEDIUM), theme.px(18), bottom)
        self.body.setSpacing(theme.px(Space.HAIR))


class RouteColumn:
    """The widgets of one route, section by section. Owned by the grid that lays them out."""

    def __init__(self, theme: Theme, texts: Catalogue, route: LegalRoute, on_follow: Callable[[str], None]) -> None:
        self.route = route
        self._theme = theme
        self._texts = texts
        self._on_follow = on_follow
        self.title = texts.text(TITLES[route])
        self.head, self.for_, self.against, self.neutral = (RouteCell(theme) for _ in range(4))
        self.reason_cell = RouteCell(theme, bottom=Space.MEDIUM)
        self.propose = Button(theme, "", f"plan.route.{route}.propose", icon="circle")
        self.propose.setCheckable(True)
        self.meaning = Text(theme, texts.text(MEANINGS[route]), Role.BODY, tone=Tone.SOFT)
        self.reason = AutosaveTextEdit(
            theme, f"plan.route.{route}.reason", texts.text("Our reason for {route}", route=self.title)
        )
        self._asks = Text(theme, texts.text("Still to be written before signing"), Role.SMALL, tone=Tone.ACCENT)
        self._asks_row = QWidget()
        self._build_head()
        self._build_reason()

    @property
    def cells(self) -> tuple[RouteCell, ...]:
        """The sections from top to bottom."""
        return self.head, self.for_, self.against, self.neutral, self.reason_cell

    def show_weighing(self, view: PlanView, weighing: RouteWeighing, *, asks: bool) -> None:
        """Show what speaks for and against the route, and the reason; `asks` marks it as still needed."""
        self._fill(self.for_, self._texts.text("Speaks for it"), weighing.for_, view)
        self._fill(self.against, self._texts.text("Speaks against it"), weighing.against, view)
        self._fill(self.neutral, self._texts.text("Also good to know"), weighing.neutral, view)
        self._show_choice(proposed=weighing.proposed)
        why = self._texts.text("Why does this route fit less well?")
        if weighing.proposed:
            why = self._texts.text("Why this route?")
        self.reason.setPlaceholderText(why)
        self.reason.show_text(weighing.reason)
        self.reason.set_asks(asks)
        self.reason.setAccessibleDescription(self._asks.plain() if asks else "")
        self._asks_row.setVisible(asks)

    def _show_choice(self, *, proposed: bool) -> None:
        words = self._texts.text("Proposal") if proposed else self._texts.text("Propose")
        self.propose.set_text(words)
        self.propose.setAccessibleName(f"{self.title}: {words}")
        self.propose.set_icon("radio-on" if proposed else "circle")
        self.propose.set_kind("primary" if proposed else "plain")
        self.propose.setChecked(proposed)
        self.meaning.set_tone(Tone.INK if proposed else Tone.SOFT)

    def _build_head(self) -> None:
        margins = self.head.body.contentsMargins()
        self.head.body.setContentsMargins(margins.left(), Space.SMALL, Space.MEDIUM, Space.LARGE)
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        title = Text(self._theme, self.title, Role.CARD)
        row.addWidget(title, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.propose, 0, Qt.AlignmentFlag.AlignVCenter)
        nest(self.head.body, row)
        self.head.body.addWidget(self.meaning)
        self.head.body.addStretch(1)

    def _build_reason(self) -> None:
        body = self.reason_cell.body
        body.addWidget(Text(self._theme, self._texts.text("Our reason"), Role.SMALL_STRONG))
        body.addWidget(self.reason, 1)
        row = QHBoxLayout(self._asks_row)
        row.setContentsMargins(0, Space.HAIR, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(Icon(self._theme, "warning", 18, Tone.ACCENT))
        row.addWidget(self._asks, 1)
        body.addWidget(self._asks_row)

    def _fill(self, cell: RouteCell, heading: str, arguments: tuple[Argument, ...], view: PlanView) -> None:
        clear(cell.body)
        cell.body.addWidget(Text(self._theme, heading, Role.SMALL_STRONG, tone=Tone.SOFT))
        for argument in arguments:
            nest(cell.body, self._argument(argument, view))
        cell.body.addStretch(1)

    def _argument(self, argument: Argument, view: PlanView) -> QBoxLayout:
        icon, tone = _SIGNS[argument.sign]
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, self._theme.px(Space.HAIR))
        row.setSpacing(self._theme.px(Space.SMALL + 2))
        mark = QVBoxLayout()
        mark.setContentsMargins(0, self._theme.px(2), 0, 0)
        mark.addWidget(Icon(self._theme, icon, 20, tone))
        mark.addStretch(1)
        nest(row, mark)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(self._theme, argument.text.dutch, Role.BODY, language=view.dutch.language))
        links = view.links_of(argument.sources)
        if links:
            places = QHBoxLayout()
            places.setSpacing(Space.MEDIUM)
            for number, link in enumerate(links[:2], start=1):
                name = f"plan.route.{self.route}.argument.{argument.id}.source.{number}"
                places.addWidget(self._link(name, link))
            places.addStretch(1)
            nest(words, places)
        nest(row, words, 1)
        return row

    def _link(self, name: str, link: Link) -> PlaceLink:
        spoken = self._texts.text("Go to the answer: {place}", place=link.label)
        widget = PlaceLink(self._theme, link.label, name, spoken)
        widget.clicked.connect(lambda: self._on_follow(link.ref))
        return widget
