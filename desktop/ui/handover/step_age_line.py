"""How long ago the last step of a handover was, in words."""

from datetime import datetime

from desktop.i18n import Catalogue
from desktop.services.dossier.step_age import StepAge, step_age
from desktop.services.handover.handover_parts import HandoverView, ReceivedCase
from desktop.ui.common_texts import age_words
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Tone
from desktop.ui.kit.typography.text import Text


class StepAgeLine(Text):
    """Hidden while nobody waits; in the accent colour where the handover stands still."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, role=Role.BODY, tone=Tone.SOFT)
        self._texts = texts
        self.setObjectName("handover.age")
        self.hide()

    def show_age(self, age: StepAge | None, who: str) -> None:
        """Show `age`; `who` is the organisation to call where nothing moves."""
        self.setVisible(age is not None)
        if age is None:
            return
        words = age_words(age, self._texts)
        if age.stuck:
            advice = self._texts.text("Call {organisation} and ask what is needed.", organisation=who)
            words = f"{words} {advice}"
        self.set_tone(Tone.ACCENT if age.stuck else Tone.SOFT)
        self.set_text(words)


def age_of_handover(view: HandoverView, now: datetime) -> StepAge | None:
    """Return how long a case that was sent has stood still; None before it is sent and after it is accepted."""
    if not view.done("offered") or view.done("accepted"):
        return None
    return step_age((step.moment for step in view.steps if step.moment is not None), now)


def age_of_case(case: ReceivedCase, now: datetime) -> StepAge | None:
    """Return how long a case that waits for this organisation has stood still; None when it was decided."""
    if case.step not in {"offered", "received"}:
        return None
    return step_age([case.moment] if case.talk is None else [case.moment, case.talk], now)
