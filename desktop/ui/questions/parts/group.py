"""Buttons of which one or several can be chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton

from desktop.ui.questions.parts.arrow_keys import RovingFocus, announce_one_of


class ChoiceGroup(QObject):
    """The logic of a set of choice buttons, without a look of its own.

    `picked` is emitted with the chosen values after a person changed them. With `several`, choosing one leaves the
    others; otherwise it replaces them. Choosing a chosen one again takes it away.
    """

    picked = Signal(tuple)

    def __init__(self, buttons: Sequence[tuple[str, QAbstractButton]], *, several: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._buttons = tuple(buttons)
        self._several = several
        self._order: tuple[str, ...] = ()
        self._roving = RovingFocus([button for _, button in self._buttons], self)
        if not several:
            announce_one_of([button for _, button in self._buttons], self)
        for value, button in self._buttons:
            button.clicked.connect(lambda _checked, value=value: self._clicked(value))

    def values(self) -> tuple[str, ...]:
        """Return what is chosen, in the order in which it was chosen."""
        return self._order

    def set_values(self, values: Sequence[str]) -> None:
        """Show `values` as chosen, without `picked`."""
        known = [value for value, _ in self._buttons]
        self._order = tuple(value for value in values if value in known)
        for value, button in self._buttons:
            button.setChecked(value in self._order)
        if self._order:
            self._roving.stop_at(known.index(self._order[0]))

    def first(self) -> QAbstractButton | None:
        """Return the button that takes the focus on arrival: the first chosen one, else the first."""
        chosen = [button for value, button in self._buttons if value in self._order]
        every = chosen or [button for _, button in self._buttons]
        return every[0] if every else None

    def _clicked(self, value: str) -> None:
        left = tuple(item for item in self._order if item != value)
        kept = left if self._several else ()
        self.set_values(kept if value in self._order else (*kept, value))
        self.picked.emit(self._order)
