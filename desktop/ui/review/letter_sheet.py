"""A sheet of the letter: the title of a section in two languages, how far it is, and its lines."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import Language, language
from desktop.i18n.languages import DUTCH
from desktop.services.interview.review import ReviewSection
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.card import Card, Divider
from desktop.ui.kit.typography.text import Text
from desktop.ui.review.letter_row import LetterRow


class LetterSheet(Card):
    """Holds the lines of one section in `rows`; lines of one row of a list stand below its name."""

    def __init__(self, context: UiContext, section: ReviewSection, other: Language) -> None:
        super().__init__(context.theme, padding=0)
        self._context = context
        self.path = section.path
        self.rows: list[LetterRow] = []
        self._above: list[tuple[QWidget, str]] = []
        self._named = ""
        theme = context.theme
        self.body.setContentsMargins(1, 1, 1, 4)
        self.body.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.SMALL)
        head.setSpacing(Space.MEDIUM)
        title = section.title or context.text("Not asked in this interview now")
        head.addWidget(Text(theme, title, Role.CARD), 1)
        if section.other and section.other != section.title:
            head.addWidget(Text(theme, section.other, Role.STRONG, tone=Tone.SOFT, language=other), 1)
        self._count = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        self._count.setObjectName("review.count")
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        nest(self.body, head)
        self.count(section)

    def count(self, section: ReviewSection) -> None:
        """Say how far the section is, as the list of sections does."""
        said = self._context.text("{n} of {total} answered", n=section.answered, total=section.total)
        self._count.set_text(said if section.total else "")

    def add(self, row: LetterRow) -> None:
        """Put a line below the others."""
        if row.item.row and row.item.row != self._named:
            self._name_row(row.item.row)
        self._named = row.item.row
        self._above.append((Divider(self._context.theme), ""))
        self.body.addWidget(self._above[-1][0])
        self.body.addWidget(row)
        self.rows.append(row)

    def sift(self) -> None:
        """Hide what belongs to lines that are hidden; all of it where none is left."""
        names = {row.item.row for row in self.rows if not row.isHidden()}
        lines = iter(self.rows)
        for widget, name in self._above:
            widget.setVisible(name in names if name else not next(lines).isHidden())
        self.setVisible(bool(names))

    def _name_row(self, name: str) -> None:
        around = QWidget()
        column = QVBoxLayout(around)
        column.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.HAIR)
        column.addWidget(
            Text(self._context.theme, name, Role.SMALL_STRONG, tone=Tone.PRIMARY, language=language(DUTCH))
        )
        self._above.append((around, name))
        self.body.addWidget(around)
