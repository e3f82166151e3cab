"""One legal route as a column: what it is, what speaks for and against it, and the reason people write down."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import N_, Catalogue
from desktop.plan.model.support_plan import LegalRoute, RouteWeighing
from desktop.services.plan.plan_parts import PlanView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.autosave_text import AutosaveTextEdit
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.typography.text import Text
from desktop.ui.plan.routes.route_section import RouteCell, RouteSection

TITLES: dict[LegalRoute, str] = {"B1": N_("B1 route"), "O": N_("Education route"), "Z": N_("Z route")}
MEANINGS: dict[LegalRoute, str] = {
    "B1": N_("Dutch at level B1, with work or training"),
    "O": N_("Language and subjects that prepare for vocational or higher education"),
    "Z": N_("Self-reliance: language in daily life and taking part"),
}


class RouteColumn:
    """The widgets of one route, section by section. Owned by the grid that lays them out."""

    def __init__(self, theme: Theme, texts: Catalogue, route: LegalRoute) -> None:
        self.route = route
        self._theme = theme
        self._texts = texts
        self.title = texts.text(TITLES[route])
        self.head = RouteCell(theme, bottom=Space.MEDIUM)
        self.for_ = RouteSection(theme, texts, route, "for", texts.text("Speaks for it"))
        self.against = RouteSection(theme, texts, route, "against", texts.text("Speaks against it"))
        self.neutral = RouteSection(theme, texts, route, "neutral", texts.text("Also good to know"))
        self.reason_cell = RouteCell(theme, bottom=Space.MEDIUM)
        self.propose = Button(theme, "", f"plan.route.{route}.propose", icon="circle")
        self.propose.setCheckable(True)
        self.meaning = Text(theme, texts.text(MEANINGS[route]), Role.BODY, tone=Tone.SOFT)
        self.reason = AutosaveTextEdit(
            theme, f"plan.route.{route}.reason", texts.text("Our reason for {route}", route=self.title), lines=2
        )
        self._asks = Text(theme, role=Role.SMALL, tone=Tone.ACCENT)
        self._asks_row = QWidget()
        self._build_head()
        self._build_reason()

    @property
    def sections(self) -> tuple[RouteSection, ...]:
        """The arguments from top to bottom."""
        return self.for_, self.against, self.neutral

    @property
    def cells(self) -> tuple[RouteCell, ...]:
        """The parts from top to bottom."""
        return self.head, *self.sections, self.reason_cell

    def show_weighing(self, view: PlanView, weighing: RouteWeighing, *, asks: str) -> None:
        """Show what speaks for and against the route, and the reason; `asks` says what is still needed."""
        for section, arguments in zip(self.sections, (weighing.for_, weighing.against, weighing.neutral), strict=True):
            section.show_arguments(arguments, view)
        self._show_choice(proposed=weighing.proposed)
        why = self._texts.text("Why does this route fit less well?")
        if weighing.proposed:
            why = self._texts.text("Why this route?")
        self.reason.setPlaceholderText(why)
        self.reason.show_text(weighing.reason)
        self.reason.set_asks(bool(asks))
        self.reason.setAccessibleDescription(asks)
        self._asks.set_text(asks)
        self._asks_row.setVisible(bool(asks))

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
        title = Text(self._theme, self.title, Role.CARD, wrap=False)
        self.head.body.addWidget(FlowRow((title, self.propose), grows=title, gap=Space.SMALL))
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
