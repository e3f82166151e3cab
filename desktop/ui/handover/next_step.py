"""What the handover page asks next, how its one button says it, and why it cannot be pressed yet. Pure."""

from collections.abc import Mapping

from desktop.i18n import N_, Catalogue
from desktop.services.handover.handover_parts import HandoverView, StepKey
from desktop.ui.common_texts import missing_text

BUTTON_NAMES: Mapping[StepKey, str] = {
    "chosen": "handover.choose.confirm",
    "prepared": "handover.prepare",
    "received": "handover.talk.open",
    "talk": "handover.talk.open",
}
"""The object name of the button at each next step; at the others it sends."""

BUTTONS: Mapping[StepKey, tuple[str, str]] = {
    "chosen": (N_("Choose this organisation"), "check"),
    "prepared": (N_("Make the package ready"), "folder"),
    "offered": (N_("Send to {municipality}"), "send"),
    "received": (N_("Plan the talk of three"), "calendar"),
    "talk": (N_("Open the talk of three"), "people"),
    "accepted": (N_("Wait for {municipality}"), "clock"),
}
"""Words and icon of the button at each next step."""


def next_step(view: HandoverView, *, changing: bool) -> StepKey:
    """Return what is asked next; `changing` tells that another recipient is being chosen."""
    if view.municipality is None or changing:
        return "chosen"
    if view.came_back or not view.done("prepared"):
        return "prepared"
    if not view.done("offered"):
        return "offered"
    if not view.talk_held:
        return "received" if view.talk is None else "talk"
    return "accepted"


def why_not_prepared(view: HandoverView, texts: Catalogue) -> str:
    """Return what is missing before the package can be made ready, each sentence once; blank when nothing is."""
    return " ".join(dict.fromkeys(missing_text(item, texts) for item in view.missing))
