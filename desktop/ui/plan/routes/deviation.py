"""Why another route is proposed than the learnability test points to: allowed with reasons (Divosa guidance [G])."""

from desktop.i18n import Catalogue
from desktop.services.plan.plan_parts import PlanView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role
from desktop.ui.kit.controls.autosave_text import AutosaveTextEdit
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text

_MISSING = "plan.deviation_without_reason"


class DeviationCard(Card):
    """Shown only where the proposal deviates from the test, or a reason for that was written before."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme)
        title = texts.text("Why another route than the learnability test points to?")
        self.body.addWidget(Text(theme, title, Role.STRONG))
        self.reason = AutosaveTextEdit(theme, "plan.deviation", title, lines=2)
        self.body.addWidget(self.reason)
        self.hide()

    def show_view(self, view: PlanView) -> None:
        """Show what was written, and whether it is still needed."""
        asked = any(item.code == _MISSING for item in view.plan.missing)
        self.reason.show_text(view.plan.deviation)
        self.reason.set_asks(asked)
        self.setVisible(asked or bool(view.plan.deviation))
