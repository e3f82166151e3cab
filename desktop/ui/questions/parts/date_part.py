"""One field of a date: day, month or year, with its word above in both languages."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.i18n import N_
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.controls.figures_validator import FiguresValidator
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.base import CardCatalogues

YEAR_LENGTH = len("jjjj")
DATE_PARTS = (("day", N_("Day"), 2, 84), ("month", N_("Month"), 2, 84), ("year", N_("Year"), YEAR_LENGTH, 116))
"""Name, word, figures and width in pixels of each field, in the order of Dutch letters."""


class DatePart(QWidget):
    """A field that takes figures only; `small` is lower, with its word in it, for a line below the date itself."""

    def __init__(self, theme: Theme, name: str, width: int, digits: int, *, small: bool = False) -> None:
        super().__init__()
        self._theme, self._width, self._small = theme, width, small
        self.first = Text(theme, role=Role.STRONG, wrap=False)
        self.second = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        self.field = QLineEdit()
        self.field.setObjectName(name)
        self.field.setMaxLength(digits)
        self.validator = FiguresValidator(r"\d*", self.field)
        self.field.setValidator(self.validator)
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        for widget in (self.first, self.second, self.field):
            column.addWidget(widget)
        self.first.setVisible(not small)
        self.second.setVisible(not small)
        theme.changed.connect(self.restyle)
        self.restyle()

    def show_words(self, msgid: str, catalogues: CardCatalogues, name: str) -> None:
        """Put the word above the field; `name` is its accessible name."""
        self.first.set_text(catalogues.left.text(msgid), catalogues.dutch)
        self.second.set_text(catalogues.person.text(msgid), catalogues.other)
        self.field.setPlaceholderText(catalogues.worker.text(msgid) if self._small else "")
        self.field.setAccessibleName(name)

    def restyle(self) -> None:
        """Take font and size from the theme again."""
        self.field.setFont(self._theme.font(Role.BODY if self._small else Role.CARD))
        self.field.setFixedHeight(self._theme.px(Target.FIELD if self._small else Target.LARGE))
        self.field.setFixedWidth(self._theme.px(self._width))
