"""The editor of one goal: its sentence in two languages, why, when it is reached, who leads when, and its steps."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import Catalogue, Language
from desktop.i18n.languages import DUTCH
from desktop.plan.model.support_plan import LeadPhase
from desktop.services.plan.plan_parts import ActionDraft, GoalDraft
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.autosave_text import AutosaveTextEdit
from desktop.ui.kit.controls.button import Button, IconButton
from desktop.ui.kit.controls.date_input import DateInput
from desktop.ui.kit.controls.field import Field, TextInput
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet
from desktop.ui.kit.typography.text import Text


class StepRow(QWidget):
    """One step: what, who, when ready, and a way to take it out."""

    def __init__(self, theme: Theme, texts: Catalogue, number: int, draft: ActionDraft) -> None:
        super().__init__()
        self._draft = draft
        name = f"plan.goal.edit.step.{number}"
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        self.what = TextInput(theme, f"{name}.text", texts.text("Step {n}", n=number), placeholder=texts.text("Step"))
        self.what.setText(draft.text)
        self.who = TextInput(theme, f"{name}.who", texts.text("Who does step {n}", n=number))
        self.who.setPlaceholderText(texts.text("Who"))
        self.who.setText(draft.who)
        self.due = DateInput(theme, f"{name}.due", texts.text("Step {n} ready on", n=number), draft.due)
        self.remove = IconButton(theme, "trash", texts.text("Take out step {n}", n=number), f"{name}.remove")
        row.addWidget(self.what, 5)
        row.addWidget(self.who, 3)
        row.addWidget(self.due, 2)
        row.addWidget(self.remove)

    def draft(self) -> ActionDraft:
        """Return the step as typed."""
        old = self._draft
        return ActionDraft(old.id, self.what.text(), self.who.text(), self.due.day(), old.paid_from)


class LeadFields:
    """Who leads first, from when together, from when the person alone."""

    def __init__(self, theme: Theme, texts: Catalogue, person: str, lead: tuple[LeadPhase, ...]) -> None:
        self._lead, self._person = lead, person
        by = {phase.holder: phase for phase in lead}
        first = by.get("other")
        self.who = TextInput(theme, "plan.goal.edit.lead", texts.text("Who leads first?"))
        self.who.setText(first.name if first else "")
        together, alone = by.get("together"), by.get("person")
        self.together = DateInput(
            theme, "plan.goal.edit.together", texts.text("Together from"), together.start if together else None
        )
        words = texts.text("{name} alone from", name=person)
        self.alone = DateInput(theme, "plan.goal.edit.alone", words, alone.start if alone else None)
        self.row = QHBoxLayout()
        self.row.setSpacing(Space.MEDIUM)
        self.row.addWidget(Field(theme, texts.text("Who leads first?"), self.who), 3)
        self.row.addWidget(Field(theme, texts.text("Together from"), self.together), 2)
        self.row.addWidget(Field(theme, words, self.alone), 2)

    def lead(self) -> tuple[LeadPhase, ...]:
        """Return the lead as typed, in order of time; what was not changed stays exactly as it was."""
        phases = []
        if self.who.text().strip():
            phases.append(LeadPhase("other", self.who.text().strip(), None))
        if self.together.day() is not None:
            phases.append(LeadPhase("together", "", self.together.day()))
        if self.alone.day() is not None or not phases:
            phases.append(LeadPhase("person", self._person, self.alone.day()))
        typed = [(phase.holder, phase.start) for phase in phases]
        same = [(phase.holder, phase.start) for phase in self._lead]
        names = [phase.name for phase in self._lead if phase.holder == "other"]
        if typed == same and names == [phase.name for phase in phases if phase.holder == "other"]:
            return self._lead
        return tuple(phases)


class GoalEditor(DialogSheet):
    """`saved` carries the goal as typed; `removed` its id.

    Where the goal says something else and its other language, or its why, still say what they did, it is asked once.
    """

    saved = Signal(object)
    removed = Signal(str)

    def __init__(  # theme, texts and parent as everywhere; then the goal, its person and language
        self, theme: Theme, texts: Catalogue, parent: QWidget, draft: GoalDraft, person: str, second: Language
    ) -> None:
        title = texts.text("Change the goal") if draft.id else texts.text("New goal")
        super().__init__(theme, parent, title, "plan.goal.edit", texts.text("Cancel"))
        self._draft, self._texts = draft, texts
        self._rows: list[StepRow] = []
        self._second, self._asked = second, False
        self.text = self._writing("text", texts.text("Goal, as the person says it: “I …”"), draft.text, 2)
        self.other = self._writing(
            "other", texts.text("The same in {language}", language=second.own_name), draft.other, 2
        )
        self.other.write_in(second)
        self.text.textChanged.connect(lambda: self.other.setPlaceholderText(""))
        self.why = self._writing("why", texts.text("Why"), draft.why, 2)
        self.done_when = self._writing("done_when", texts.text("Reached when"), draft.done_when, 2)
        self.lead = LeadFields(theme, texts, person, draft.lead)
        nest(self.fields, self.lead.row)
        self.fields.addWidget(Text(theme, texts.text("Steps"), Role.STRONG))
        self._steps = QVBoxLayout()
        self._steps.setSpacing(Space.SMALL)
        nest(self.fields, self._steps)
        self.add_step = Button(theme, texts.text("Add a step"), "plan.goal.edit.step.add", kind="quiet", icon="plus")
        self.add_step.clicked.connect(lambda: self._add(ActionDraft("", "")))
        self.fields.addWidget(self.add_step)
        self._problem = Text(theme, role=Role.SMALL, tone=Tone.WRONG)
        self.fields.addWidget(self._problem)
        self.fields.addStretch(1)
        for action in draft.actions:
            self._add(action)
        self._add_buttons(texts)
        self.text.setFocus()

    def draft(self) -> GoalDraft:
        """Return the goal as typed."""
        old = self._draft
        return GoalDraft(
            id=old.id,
            text=self.text.toPlainText(),
            other=self.other.toPlainText(),
            why=self.why.toPlainText(),
            done_when=self.done_when.toPlainText(),
            domain=old.domain,
            lead=self.lead.lead(),
            actions=tuple(row.draft() for row in self._rows),
        )

    def _add_buttons(self, texts: Catalogue) -> None:
        if self._draft.id:
            remove = Button(self.theme, texts.text("Take out of the plan"), "plan.goal.edit.remove", kind="danger")
            remove.clicked.connect(self._remove)
            self.buttons.addWidget(remove)
        self.save = Button(self.theme, texts.text("Save the goal"), "plan.goal.edit.save", kind="primary", icon="check")
        self.save.clicked.connect(self._save)
        self.add_primary(self.save)

    def _writing(self, key: str, label: str, text: str, lines: int) -> AutosaveTextEdit:
        field = AutosaveTextEdit(self.theme, f"plan.goal.edit.{key}", label, lines=lines)
        field.setPlainText(text)
        self.fields.addWidget(Field(self.theme, label, field))
        return field

    def _add(self, draft: ActionDraft) -> None:
        row = StepRow(self.theme, self._texts, len(self._rows) + 1, draft)
        self._rows.append(row)
        self._steps.addWidget(row)
        row.remove.clicked.connect(self._remover(row))
        if not draft.text:
            row.what.setFocus()

    def _remover(self, row: StepRow) -> Callable[[], None]:
        def remove() -> None:
            self._rows.remove(row)
            self._steps.removeWidget(row)
            row.hide()
            row.deleteLater()
            self.add_step.setFocus()

        return remove

    def _save(self) -> None:
        dates = (self.lead.together, self.lead.alone, *(row.due for row in self._rows))
        wrong = next((each for each in dates if each.wrong), None)
        if wrong is not None:
            self._problem.set_text(self._texts.text("Write a date as 24-11-2026."))
            wrong.setFocus()
            return
        if not self.text.toPlainText().strip() or not all(row.what.text().strip() for row in self._rows):
            self._problem.set_text(self._texts.text("Write the goal and each step in a sentence."))
            return
        if self._ask_what_follows():
            return
        self.saved.emit(self.draft())
        self.accept()

    def _ask_what_follows(self) -> bool:
        """Ask, once, for what has to follow the new words of the goal; tell whether there is anything to ask."""
        old, typed = self._draft, self.draft()
        if self._asked or typed.text.strip() == old.text.strip():
            return False
        questions = []
        asks_other = self._second.tag != DUTCH and typed.other.strip() == old.other.strip()
        if asks_other:
            name = self._second.own_name
            words = self._texts.text(
                "Write the goal in {language} too; without it, it stands there in Dutch.", language=name
            )
            questions.append(words)
        if old.id and (typed.why.strip(), typed.done_when.strip()) == (old.why.strip(), old.done_when.strip()):
            questions.append(self._texts.text("Why and when it is reached are still those of the goal before."))
        if not questions:
            return False
        self._asked = True
        self._problem.set_text(" ".join([*questions, self._texts.text("Or save once more to leave it like this.")]))
        (self.other if asks_other else self.why).setFocus()
        return True

    def _remove(self) -> None:
        self.removed.emit(self._draft.id)
        self.accept()
