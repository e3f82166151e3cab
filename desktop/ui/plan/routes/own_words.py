"""The person's own words above the weighing, in both languages: said first, before any argument."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.i18n import Catalogue, format_day
from desktop.services.plan.plan_parts import PlanView
from desktop.ui.common_texts import first_name
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import IconButton
from desktop.ui.kit.surfaces.card import Divider
from desktop.ui.kit.typography.text import Text, quote


class OwnWords(QFrame):
    """What the person wants, as said. `edit` is pressed to change it."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__()
        self._theme = theme
        self._texts = texts
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.WIDE, Space.SMALL, Space.LARGE, Space.SMALL)
        row.setSpacing(Space.LARGE)
        self._who = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        self._dutch = Text(theme, role=Role.QUOTE)
        self._rule = Divider(theme, vertical=True)
        self._other = Text(theme, role=Role.QUOTE)
        self._when = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        self.edit = IconButton(theme, "pencil", texts.text("Change these words"), "plan.own_words.edit")
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self._who, 0, middle)
        row.addWidget(self._dutch, 4, middle)
        row.addWidget(self._rule)
        row.addWidget(self._other, 4, middle)
        row.addStretch(1)
        row.addWidget(self._when, 0, middle)
        row.addWidget(self.edit, 0, middle)
        theme.changed.connect(self.update)

    def show_view(self, view: PlanView) -> None:
        """Show the words of `view`, or an invitation to ask for them."""
        words = view.plan.own_words
        self._who.set_text(self._texts.text("{name} says", name=first_name(view.name)))
        pair = view.pair(words)
        shown = quote(pair.dutch) if words else self._texts.text("Nothing written down yet. Ask: what do you want?")
        self._dutch.set_text(shown)
        self._dutch.set_tone(Tone.INK if words else Tone.SOFT)
        self._other.set_text(quote(pair.other) if pair.other else "", view.words_in)
        for part in (self._rule, self._other):
            part.setVisible(bool(pair.other))
        self._when.set_text(self._moment(view))
        self._when.setVisible(bool(words) and view.talk.number > 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark that says: look here."""
        painter = QPainter(self)
        x = self.width() - 3 if self.isRightToLeft() else 0
        painter.fillRect(QRectF(x, 0, 3, self.height()), self._theme.colour("accent_mark"))
        painter.end()

    def _moment(self, view: PlanView) -> str:
        number = view.talk.number
        if view.talk.day is None:
            return self._texts.text("conversation {n}", n=number)
        day = format_day(view.talk.day, self._texts.language.tag)
        return self._texts.text("conversation {n}, {day}", n=number, day=day)
