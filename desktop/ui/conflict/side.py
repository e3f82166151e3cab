"""One page of a conflict: where and when, the answer large, who asked, in which language, with which note."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, Catalogue, format_day, format_time, language, language_names
from desktop.services.interview.conflicts import CompetingAnswer
from desktop.services.interview.page_parts import AnswerStatus
from desktop.ui.common_texts import authored
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.radio import RadioBox
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text, quote

_WITHOUT: dict[AnswerStatus, str] = {
    "declined": N_("Would rather not say"),
    "unknown": N_("Does not know"),
    "open": N_("Taken away"),
    "given": N_("Nothing to add"),
}


class ConflictSide(QWidget):
    """Shows a `CompetingAnswer`; `radio` chooses it."""

    def __init__(self, theme: Theme, words: Catalogue, side: CompetingAnswer, name: str) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self.side = side
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        nest(column, self._head(side))
        answer = Text(theme, self.answer(), Role.ROOM_CARD)
        answer.setObjectName(f"{name}.answer")
        column.addWidget(answer)
        for icon, text in (
            ("person", authored(side.author, side.organisation)),
            ("globe", self._describe_language(side)),
            ("note", quote(words.authored(side.note)) if side.note else words.text("No note")),
        ):
            nest(column, self._line(icon, text))
        column.addStretch(1)
        self.radio = RadioBox(theme, words.text("This answer is right"), name)
        self.radio.setAccessibleName(words.text("This answer is right: {answer}", answer=self.answer()))
        column.addSpacing(Space.SMALL)
        column.addWidget(self.radio)

    def answer(self) -> str:
        """Return the answer as it is read aloud, a number with its unit."""
        return self.side.text or self._words.text(_WITHOUT.get(self.side.status, _WITHOUT["open"]))

    def _head(self, side: CompetingAnswer) -> QHBoxLayout:
        words = self._words
        device = words.text("This laptop") if side.here else words.text("Another device ({code})", code=side.device)
        local = side.time.astimezone()
        moment = f"{format_day(local.date(), words.language.tag)} · {format_time(side.time)}"
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(Icon(self._theme, "laptop" if side.here else "tablet", 20))
        row.addWidget(Text(self._theme, device, Role.SMALL, tone=Tone.SOFT), 1)
        row.addWidget(Text(self._theme, moment, Role.SMALL, tone=Tone.SOFT, wrap=False))
        return row

    def _line(self, icon: str, text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(Icon(self._theme, icon, 20))
        row.addWidget(Text(self._theme, text, Role.BODY), 1)
        return row

    def _describe_language(self, side: CompetingAnswer) -> str:
        names = language_names(self._words.language.tag)
        spoken = names.get(side.language, language(side.language).own_name if side.language else "")
        if side.interpreter:
            return self._words.text("Asked in {language}, with an interpreter", language=spoken)
        return self._words.text("Asked in {language}, without interpreter", language=spoken)
