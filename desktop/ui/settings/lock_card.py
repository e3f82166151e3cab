"""The card about locking: after how long without use, and the key that locks at once."""

from collections.abc import Callable

from desktop.services.accounts.own_vault import IDLE_CHOICES
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text


class LockCard(Card):
    """The choice is kept in the own vault and works at once; `on_change` tells the window."""

    def __init__(self, context: UiContext, on_change: Callable[[int], None]) -> None:
        super().__init__(context.theme, padding=Space.BLOCK)
        self._context, self._on_change = context, on_change
        theme, text = context.theme, context.text
        self.body.addWidget(Text(theme, text("Locking by itself"), Role.CARD))
        hint = text(
            "Nobody sees what was on the screen then, and you go on at the same place. "
            "Ctrl+L locks at once; closing the lid does too."
        )
        self.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        self._choice = Segmented(theme, "lock.minutes", text("Lock after"), self._choose)
        self.body.addWidget(Text(theme, text("Lock after"), Role.STRONG))
        self.body.addWidget(self._choice)
        vault = context.services.own_vault
        context.run(vault.idle_minutes, self._show, self)

    def _show(self, minutes: int) -> None:
        segments = [
            SegmentOption(str(each), self._context.text("{count} minutes", count=each)) for each in IDLE_CHOICES
        ]
        self._choice.set_segments(segments, str(minutes))

    def _choose(self, key: str) -> None:
        minutes, vault = int(key), self._context.services.own_vault
        self._context.run(lambda: vault.set_idle_minutes(minutes), lambda _none: self._on_change(minutes), self)
