"""The versions that were signed, and what the plan says otherwise since: a signature never stands under other words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import Catalogue, format_date
from desktop.services.plan.plan_parts import PlanView
from desktop.services.plan.plan_versions import PlanVersion, short_digest
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from desktop.ui.plan.change_row import change_row

_MOST_CHANGES = 8


class VersionsCard(Card):
    """Hidden while nobody signed. `print_asked` asks for the version that was signed last."""

    print_asked = Signal()

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme)
        self._texts = texts
        self.heading = Text(theme, role=Role.CARD)
        self.body.addWidget(self.heading)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.SMALL)
        nest(self.body, self._lines)
        self.print = Button(theme, texts.text("Look at the signed version"), "plan.versions.print", icon="document")
        self.print.clicked.connect(self.print_asked)
        self.body.addWidget(self.print, 0, Qt.AlignmentFlag.AlignLeading)

    def show_view(self, view: PlanView) -> None:
        """Show which versions there are, and what is otherwise since the newest."""
        history, newest = view.history, view.history.newest
        self.setVisible(newest is not None)
        clear(self._lines)
        if newest is None:
            return
        self.heading.set_text(self._title(newest, is_draft=history.standing is None))
        for change in history.changes[:_MOST_CHANGES]:
            nest(self._lines, change_row(self._theme, view, change))
        more = len(history.changes) - _MOST_CHANGES
        if more > 0:
            words = self._texts.plural("And {n} more change.", "And {n} more changes.", more)
            self._lines.addWidget(Text(self._theme, words, Role.SMALL, tone=Tone.SOFT))
        for version in reversed(history.versions):
            self._lines.addWidget(Text(self._theme, self._line(version), Role.SMALL, tone=Tone.SOFT))

    def _title(self, newest: PlanVersion, *, is_draft: bool) -> str:
        if is_draft:
            return self._texts.text("Changed since version {number} was signed", number=str(newest.number))
        return self._texts.text("This is version {number}, as it was signed", number=str(newest.number))

    def _line(self, version: PlanVersion) -> str:
        signed = ", ".join(
            f"{each.name} ({format_date(each.date)})" if each.date else each.name for each in version.signatures
        )
        return self._texts.text(
            "Version {number}: {names}. Seal {seal}",
            number=str(version.number),
            names=signed,
            seal=short_digest(version.digest),
        )
