"""What the person said last about the progress, in both scripts, above everything else."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.i18n.languages import DUTCH, language
from desktop.services.progress.progress_parts import ProgressView
from desktop.ui.common_texts import first_name
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import MARK, Role, Space, Tone
from desktop.ui.kit.drawing.line import at_start
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import fill
from desktop.ui.kit.typography.text import Text, quote
from desktop.ui.progress.progress_texts import short_day


class SpokenLine(QWidget):
    """Hidden while nothing was said; the words are never cut."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__()
        self._theme, self._texts = theme, texts
        self._who = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self.dutch = Text(theme, role=Role.QUOTE, language=language(DUTCH))
        self.other = Text(theme, role=Role.QUOTE)
        self._when = Text(theme, role=Role.META, tone=Tone.SOFT)
        column = QVBoxLayout()
        column.setContentsMargins(Space.WIDE, Space.SMALL, Space.WIDE, Space.SMALL)
        column.addWidget(FlowRow((self._who, self.dutch, self.other, self._when), grows=self.other, gap=Space.WIDE))
        fill(self, column)
        theme.changed.connect(self.update)

    def show_view(self, view: ProgressView) -> None:
        """Show the newest words of the person, where there are any."""
        line = view.progress.talks.spoken
        self.setVisible(line is not None)
        if line is None:
            return
        said, other = line.talk.said.strip(), line.talk.said_other.strip()
        self._who.set_text(self._texts.text("{name} says", name=first_name(view.name)))
        self.dutch.set_text(quote(said) if said else "")
        self.dutch.setVisible(bool(said))
        self.other.setVisible(bool(other))
        if other:
            self.other.set_text(quote(other), language(line.talk.language or view.second.tag))
        day = short_day(line.day, view.progress.today, self._texts.language.tag)
        self._when.set_text(self._texts.text("talk about the progress, {day}", day=day))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark at the start."""
        painter = QPainter(self)
        mark = at_start(QRectF(self.rect()), 0, MARK - 1, rtl=self.isRightToLeft())
        painter.fillRect(mark, self._theme.colour("accent_mark"))
        painter.end()
