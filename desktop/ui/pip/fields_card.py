"""A card of fields of the record: what the cards of the decision, the hours and the terms have in common."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import Catalogue
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from desktop.ui.pip.kept_field import AnyKept, KeptLine, KeptSpec
from protocol.canonical import JsonValue


class FieldsCard(Card):
    """Fields under a title, by their names in the record; `written` carries one that was filled in, and its value."""

    written = Signal(str, object)

    def __init__(self, theme: Theme, texts: Catalogue, title: str) -> None:
        super().__init__(theme)
        self._texts = texts
        self._fields: dict[str, AnyKept] = {}
        self.body.addWidget(Text(theme, title, Role.CARD))

    def add_lines(self, specs: Iterable[KeptSpec]) -> None:
        """Add a line for each of `specs`."""
        for spec in specs:
            self.add_field(spec.field, KeptLine(self._theme, self._texts, spec))

    def add_field(self, name: str, field: AnyKept, where: QVBoxLayout | None = None) -> None:
        """Add `field`, in the card itself or in a layout of it."""
        self._fields[name] = field
        field.written.connect(self.written)
        (where or self.body).addWidget(field)

    def show_fields(self, values: Mapping[str, JsonValue]) -> None:
        """Show what is kept, beside what is being typed."""
        for name, field in self._fields.items():
            field.show_value(values.get(name))

    def focus(self, field: str) -> None:
        """Put the keyboard on `field`, where it is one of these."""
        if field in self._fields:
            self._fields[field].focus()

    def keep(self) -> None:
        """Keep what is being typed."""
        for field in self._fields.values():
            field.keep()
