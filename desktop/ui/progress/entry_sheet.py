"""A sheet in which one thing is recorded or corrected; it checks what was typed before it lets go of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.i18n import Catalogue, Language
from desktop.i18n.languages import DUTCH, language
from desktop.i18n.messages import text_for
from desktop.plan.progress.entry_checks import check_entry
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Target, Tone
from desktop.ui.kit.controls.autosave_text import AutosaveTextEdit
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.date_input import DateInput
from desktop.ui.kit.controls.field import Field, TextInput
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.controls.tick import TickBox
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet
from desktop.ui.kit.typography.text import Text
from desktop.ui.progress.entry_forms import EntryForm, FieldSpec, read_minutes
from protocol.errors import UserError

_DAYS, _NUMBERS = frozenset({"day"}), frozenset({"number"})
_ROUNDED = {"progress.day_wrong": _DAYS, "progress.day_ahead": _DAYS, "progress.period_wrong": _DAYS}
_ASKED = {**_ROUNDED, "progress.number_wrong": _NUMBERS}
"""Fields of which kind a refusal is about."""


class ClosedList(QComboBox):
    """A closed list that does not change under a scrolling hand."""

    def __init__(self, theme: Theme, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setMinimumHeight(theme.px(Target.FIELD))
        self.setMaximumWidth(theme.px(320))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def fill(self, options: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer `options`, values and words, and show the `chosen` value."""
        for key, words in options:
            self.addItem(words, key)
        self.setCurrentIndex(max(0, self.findData(chosen)))

    def chosen(self) -> str:
        """Return the value that is chosen."""
        return str(self.currentData() or "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the sheet."""
        event.ignore()


class _Ticks(FlowRow):
    """Some of a few."""

    def __init__(self, theme: Theme, name: str, options: tuple[tuple[str, str], ...]) -> None:
        self.boxes = {key: TickBox(theme, words, f"{name}.{key}") for key, words in options}
        super().__init__(tuple(self.boxes.values()))


class EntrySheet(DialogSheet):
    """`recorded` carries the bodies to keep, under the id of the entry that is corrected (blank: a new one)."""

    recorded = Signal(object)

    def __init__(  # noqa: PLR0913  # each is one side of a sheet, named where it is opened
        self,
        theme: Theme,
        texts: Catalogue,
        parent: QWidget,
        form: EntryForm,
        typed: Mapping[str, str],
        *,
        entry: str,
        today: date,
        second: Language,
    ) -> None:
        super().__init__(theme, parent, texts.text(form.title), "progress.entry", texts.text("Cancel"))
        self._texts, self._form, self._entry, self._today = texts, form, entry, today
        self._second = second
        self._given = {**form.start, **typed}
        self._read: dict[str, Callable[[], str]] = {}
        self._controls: dict[str, Field] = {}
        for spec in form.specs:
            self._add(spec, str(self._given.get(spec.key, "")))
        self.refusal = Text(theme, role=Role.BODY, tone=Tone.WRONG)
        self.refusal.setObjectName("progress.entry.refusal")
        self.refusal.hide()
        self.fields.addWidget(self.refusal)
        self.fields.addStretch(1)
        self.save = Button(theme, texts.text("Record"), "progress.entry.save", kind="primary", icon="check")
        self.save.clicked.connect(self._save)
        self.add_primary(self.save)
        self.resize(theme.px(680), theme.px(620))

    def name_subject(self, words: str) -> None:
        """Say above the fields what the sheet is about."""
        self.fields.insertWidget(0, Text(self.theme, words, Role.STRONG, language=language(DUTCH)))

    def _add(self, spec: FieldSpec, value: str) -> None:
        control, read = self._control(spec, value)
        hint = self._texts.text(spec.hint) if spec.hint else ""
        field = Field(self.theme, self._texts.text(spec.label), control, hint=hint)
        self._read[spec.key], self._controls[spec.key] = read, field
        self.fields.addWidget(field)

    def _control(self, spec: FieldSpec, value: str) -> tuple[QWidget, Callable[[], str]]:
        name, label = f"progress.entry.{spec.key}", self._texts.text(spec.label)
        if spec.kind in {"words", "own"}:
            words = AutosaveTextEdit(self.theme, name, label, lines=2)
            words.write_in(self._second if spec.kind == "own" else language(DUTCH))
            words.setPlainText(value)
            return words, words.toPlainText
        if spec.kind in {"choice", "list"}:
            return self._chosen(spec, name, label, value)
        if spec.kind == "ticks":
            ticks = _Ticks(self.theme, name, self._worded(spec))
            for key, box in ticks.boxes.items():
                box.setChecked(key in value.split())
            return ticks, lambda: " ".join(key for key, box in ticks.boxes.items() if box.isChecked())
        line = DateInput(self.theme, name, label, None) if spec.kind == "day" else TextInput(self.theme, name, label)
        line.setText(value)
        if spec.kind == "number":
            line.setMaximumWidth(self.theme.px(160))
        return line, line.text

    def _chosen(self, spec: FieldSpec, name: str, label: str, value: str) -> tuple[QWidget, Callable[[], str]]:
        if spec.kind == "choice":
            switch = Segmented(self.theme, name, label, lambda _key: None)
            switch.set_segments([SegmentOption(key, words) for key, words in self._worded(spec)], value)
            return switch, switch.chosen
        box = ClosedList(self.theme, name, label)
        box.fill([("", "–"), *spec.options], value)
        return box, box.chosen

    def _worded(self, spec: FieldSpec) -> tuple[tuple[str, str], ...]:
        return tuple((key, self._texts.text(words)) for key, words in spec.options)

    def _save(self) -> None:
        """Let the bodies go where each may be kept; else say why not and mark the fields it is about."""
        typed = {**self._given, **{key: read() for key, read in self._read.items()}, "language": self._second.tag}
        for field in self._controls.values():
            field.accept()
        self.refusal.hide()
        bodies = self._form.build(typed, self._entry)
        if not bodies:
            self._refuse(UserError("progress.nothing"), typed)
            return
        try:
            for body in bodies:
                check_entry(body, self._today)
        except UserError as error:
            self._refuse(error, typed)
            return
        self.recorded.emit(bodies)
        self.accept()

    def _refuse(self, error: UserError, typed: Mapping[str, str]) -> None:
        said = text_for(error, self._texts)
        kinds = _ASKED.get(error.code, frozenset())
        about = [spec.key for spec in self._form.specs if spec.kind in kinds and not _is_plain(spec, typed[spec.key])]
        for key in about or [spec.key for spec in self._form.specs if spec.kind in kinds]:
            self._controls[key].refuse(said)
        self.refusal.set_text(said)
        self.refusal.setVisible(not kinds)


def _is_plain(spec: FieldSpec, typed: str) -> bool:
    """Tell whether a number was typed in a field of numbers; of days only both together can be judged."""
    return spec.kind == "number" and read_minutes(typed) > 0
