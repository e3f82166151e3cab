"""Issuing the decision (PIP): looking at it, issuing it, and which were issued."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import Catalogue, format_date
from desktop.services.pip.issued import IssuedDecision
from desktop.services.pip.pip_parts import PipView
from desktop.services.plan.plan_versions import short_digest
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text


class IssueCard(Card):
    """`previewed` asks for the letter (True: the one that was issued), `issued` for issuing it."""

    previewed = Signal(bool)
    issued = Signal()

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme)
        self._texts = texts
        self.body.addWidget(Text(theme, texts.text("Issue the decision"), Role.CARD))
        self._state = Text(theme, role=Role.BODY)
        self.body.addWidget(self._state)
        self.look = Button(theme, texts.text("Look at the draft"), "pip.look", icon="document")
        self.issue = Button(theme, texts.text("Issue the decision"), "pip.issue", kind="primary", icon="check")
        self.kept = Button(theme, texts.text("Look at the issued decision"), "pip.kept", icon="document")
        for button in (self.look, self.issue, self.kept):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.SMALL)
        nest(self.body, self._lines)
        self.look.clicked.connect(lambda: self.previewed.emit(False))
        self.kept.clicked.connect(lambda: self.previewed.emit(True))
        self.issue.clicked.connect(self.issued)

    def show_view(self, view: PipView) -> None:
        """Show what was issued, and whether the draft can be."""
        text = self._texts.text
        self._state.set_text(self._words(view))
        self.kept.setVisible(bool(view.issued))
        if view.may_be_issued:
            self.issue.enable()
        elif not view.decides:
            self.issue.disable(text("Only a municipality decides."))
        elif not view.draft.may_be_issued:
            self.issue.disable(text("First finish what is listed under “Before issuing”."))
        else:
            self.issue.disable(text("This decision was issued. Change it, and its date, for the next one."))
        clear(self._lines)
        for each in reversed(view.issued):
            self._lines.addWidget(Text(self._theme, self._line(each), Role.SMALL, tone=Tone.SOFT))

    def _words(self, view: PipView) -> str:
        text = self._texts.text
        if not view.issued:
            return text("Not issued yet. What is issued is kept word for word, with the plan of that moment, for good.")
        if view.changed:
            return text("Changed since decision {number}: this is the draft of the next.", number=len(view.issued))
        return text("Decision {number} stands as it was issued.", number=len(view.issued))

    def _line(self, each: IssuedDecision) -> str:
        return self._texts.text(
            "Decision {number}: issued by {name} on {day}. Seal {seal}",
            number=each.number,
            name=each.stamp.author,
            day=format_date(each.stamp.time.astimezone().date()),
            seal=short_digest(each.frozen.digest),
        )
