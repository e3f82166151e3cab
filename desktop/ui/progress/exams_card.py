"""The five parts of the exam and where each stands; never a mark."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.i18n import Catalogue
from desktop.plan.progress.progress import ExamLine, ExamState
from desktop.services.progress.progress_parts import ProgressView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from desktop.ui.progress.progress_texts import PARTS, exam_words

_ICONS: Mapping[ExamState, tuple[str, Tone]] = {
    "not_yet": ("circle", Tone.SOFT),
    "registered": ("calendar", Tone.PRIMARY),
    "passed": ("check-circle", Tone.GOOD),
    "again": ("refresh", Tone.SOFT),
    "exempt": ("minus", Tone.SOFT),
}


class ExamsCard(Card):
    """`asked` carries `exam` or `exemption`."""

    asked = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme)
        self._texts = texts
        title = Text(theme, texts.text("Exams"), Role.CARD)
        aside = Text(theme, texts.text("five parts"), Role.META, tone=Tone.SOFT)
        self.body.addWidget(FlowRow((title, aside), grows=title, gap=Space.MEDIUM))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.SMALL)
        nest(self.body, self._lines)
        self._acts = FlowRow(
            tuple(
                self._act(key, words)
                for key, words in (("exam", texts.text("Exam")), ("exemption", texts.text("Exemption")))
            ),
            gap=Space.LARGE,
        )
        self.body.addWidget(self._acts)

    def show_view(self, view: ProgressView) -> None:
        """Show the parts of `view`; the self-reliance route ends with a talk, and asks no exam."""
        progress, texts = view.progress, self._texts
        clear(self._lines)
        tried = any(line.state != "not_yet" for line in progress.exams)
        if progress.route == "Z" and not tried:
            words = texts.text("The Z-route ends with a final talk with the municipality, not with an exam.")
            self._lines.addWidget(Text(self._theme, words, tone=Tone.SOFT))
        else:
            for line in progress.exams:
                nest(self._lines, self._line(line, view))
        self._acts.setVisible(view.follows)

    def _line(self, line: ExamLine, view: ProgressView) -> QHBoxLayout:
        icon, tone = _ICONS[line.state]
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(Icon(self._theme, icon, 18, tone))
        row.addWidget(Text(self._theme, self._texts.text(PARTS[line.part])), 1)
        words = exam_words(line.state, line.day, view.progress.today, self._texts)
        row.addWidget(Text(self._theme, words, Role.META, tone=Tone.SOFT, wrap=False))
        return row

    def _act(self, key: str, words: str) -> Button:
        button = Button(self._theme, words, f"progress.add.{key}", kind="link", icon="plus")
        button.clicked.connect(lambda: self.asked.emit(key))
        return button
