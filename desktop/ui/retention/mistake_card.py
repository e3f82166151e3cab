"""Erasing a case made by mistake: its number first, then who it is and how much goes, and only then for good."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n.messages import text_for
from desktop.services.rights.mistakes import MistakenCase
from desktop.services.rights.retention import ErasureResult
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field, TextInput
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from protocol.errors import OpmaatError, UserError


class MistakeCard(Card):
    """`done` is called with what the erasure came to."""

    def __init__(self, context: UiContext, done: Callable[[ErasureResult], None]) -> None:
        super().__init__(context.theme, padding=Space.BLOCK)
        self._context, self._done = context, done
        self._case: MistakenCase | None = None
        theme, text = context.theme, context.text
        self.body.addWidget(Text(theme, text("Made by mistake"), Role.CARD))
        hint = text("A case nobody else has anything of, and in which nothing was signed, may go at once.")
        self.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        self.number = TextInput(theme, "mistake.number", text("Case number"), placeholder="OP-7K3Q-22JD")
        self._field = Field(theme, text("Case number"), self.number)
        self.ask = Button(theme, text("Erase…"), "mistake.ask", icon="trash")
        self.ask.clicked.connect(self._look)
        self.number.returnPressed.connect(self._look)
        self._question = self._make_question()
        self.body.addWidget(self._field)
        self.body.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self._question)
        self._ask_again()

    def begin(self, number: str) -> None:
        """Ask about the case `number` at once."""
        self.number.setText(number)
        self._look()

    def _make_question(self) -> QWidget:
        theme, text = self._context.theme, self._context.text
        question = QWidget()
        column = QVBoxLayout(question)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.MEDIUM)
        self._who = Text(theme, role=Role.STRONG)
        self._who.setObjectName("mistake.who")
        self._goes = Text(theme, role=Role.BODY)
        self._goes.setObjectName("mistake.goes")
        self.keep = Button(theme, text("Keep the case"), "mistake.keep")
        self.keep.clicked.connect(self._ask_again)
        self.erase = Button(theme, text("Erase for good"), "mistake.erase", icon="trash", colour="wrong")
        self.erase.clicked.connect(self._erase)
        for part in (self._who, self._goes, FlowRow((self.keep, self.erase))):
            column.addWidget(part)
        return question

    def _look(self) -> None:
        self._field.accept()
        typed, mistakes = self.number.text(), self._context.services.mistakes
        self._context.run(lambda: mistakes.look(typed), self._show, self, on_error=self._refuse)

    def _show(self, case: MistakenCase) -> None:
        self._case = case
        plural = self._context.catalogue.plural
        answers = plural("{n} answer", "{n} answers", case.answers)
        files = plural("{n} attachment", "{n} attachments", case.attachments)
        self._who.set_text(f"{case.name} · {case.number}")
        self._goes.set_text(
            self._context.text(
                "Goes for good: {answers}, {files}, notes and plan, here and in your backups. It cannot be undone.",
                answers=answers,
                files=files,
            )
        )
        self._show_question(asked=True)
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _erase(self) -> None:
        case, mistakes = self._case, self._context.services.mistakes
        if case is None:
            return
        self.erase.disable(self._context.text("The case is being erased."))

        def erased(result: ErasureResult) -> None:
            self.number.clear()
            self._ask_again()
            self._done(result)

        self._context.run(lambda: mistakes.erase(case.dossier), erased, self, on_error=self._refuse)

    def _refuse(self, error: OpmaatError) -> None:
        self._ask_again()
        self._field.refuse(text_for(error, self._context.catalogue))
        if not isinstance(error, UserError):
            self._context.report(error)

    def _ask_again(self) -> None:
        self._case = None
        self.erase.enable()
        self._show_question(asked=False)

    def _show_question(self, *, asked: bool) -> None:
        self._question.setVisible(asked)
        for part in (self._field, self.ask):
            part.setVisible(not asked)
