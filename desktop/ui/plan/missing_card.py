"""What is missing before a step can be taken: one line each, with the way to where it is mended."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.i18n import Catalogue
from desktop.plan.model.support_plan import MissingItem
from desktop.ui.common_texts import missing_text
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from desktop.ui.plan.routes.place_link import PlaceLink


class MissingCard(Card):
    """What must or should be done first, each sentence once; `followed` carries the field its line leads to."""

    followed = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue, heading: str, name: str, done: str = "") -> None:
        """`heading` stands above, the links are called after `name`, `done` is said when nothing is missing."""
        super().__init__(theme)
        self._texts, self._name = texts, name
        self._done = done or texts.text("Everything is there. The plan can be signed.")
        self.body.addWidget(Text(theme, heading, Role.CARD))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.SMALL)
        nest(self.body, self._lines)

    def show_missing(self, missing: tuple[MissingItem, ...]) -> None:
        """Show what is missing, what blocks signing first."""
        clear(self._lines)
        once = {missing_text(each, self._texts): each for each in missing}.values()
        for number, item in enumerate(sorted(once, key=lambda each: not each.blocking)):
            nest(self._lines, self._line(number, item))
        if not missing:
            row = QHBoxLayout()
            row.addWidget(Icon(self._theme, "check-circle", 22, Tone.GOOD))
            row.addWidget(Text(self._theme, self._done), 1)
            nest(self._lines, row)

    def _line(self, number: int, item: MissingItem) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        icon, tone = ("warning", Tone.INK) if item.blocking else ("info", Tone.SOFT)
        if item.blocking and number == 0:  # one mark: the first thing to do
            tone = Tone.ACCENT
        row.addWidget(Icon(self._theme, icon, 20, tone), 0, Qt.AlignmentFlag.AlignTop)
        words = missing_text(item, self._texts)
        row.addWidget(Text(self._theme, words, Role.BODY, tone=Tone.INK if item.blocking else Tone.SOFT), 1)
        spoken = self._texts.text("Go there: {what}", what=words)
        link = PlaceLink(self._theme, self._texts.text("Go there"), f"{self._name}.{number}", spoken)
        link.clicked.connect(lambda: self.followed.emit(item.field))
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        return row
