"""Texts of every role, in every script, side by side in one window.

Direction and script come from the language given, never from the text. A wrapped text reports the height it really
needs: Qt loses height-for-width in grids and scroll areas, which would clip the last line.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.i18n.languages import Language
from desktop.ui.design.spoken import speak_in
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import BOLD_ROLES, Role, Tone
from desktop.ui.kit.typography.rich_text import HEADINGS, TextStyle, rich_text

if TYPE_CHECKING:  # the first page does not wait for the form engine
    from desktop.forms.document.styling import StyledText

_MOST_CHARACTERS = 70
_LEAST_CHARACTERS = 9


class Text(QLabel):
    """A wrapped, selectable-free text of one role and tone, in one language (by default the interface's).

    Its own text is escaped, so nothing a person typed is ever taken for markup; only what a form styled is styled.
    Assistive technology reads the plain text: `accessibleName` always equals it.
    """

    def __init__(  # noqa: PLR0913  # each is one property of a text, named at every call
        self,
        theme: Theme,
        text: str = "",
        role: Role = Role.BODY,
        *,
        tone: Tone = Tone.INK,
        language: Language | None = None,
        wrap: bool = True,
        centred: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plain = text
        self._styled: StyledText = ()
        self._role = role
        self._tone = tone
        self._own_language = language
        self._centred = centred
        self._wrap = wrap
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(wrap)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding if wrap else QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum
        )
        theme.changed.connect(self.restyle)
        self.restyle()

    @property
    def language(self) -> Language:
        """The language the text is in."""
        return self._own_language or self._theme.language

    def plain(self) -> str:
        """Return the text without markup."""
        return self._plain

    def set_text(self, text: str, language: Language | None = None, styled: "StyledText" = ()) -> None:
        """Show `text`, in `language` when given, with the styling of its form where it has any."""
        shown = (self._plain, self._styled, self._own_language)
        self._plain = text
        self._styled = styled
        self._own_language = language or self._own_language
        if shown != (self._plain, self._styled, self._own_language):
            self.restyle()

    def set_tone(self, tone: Tone) -> None:
        """Show the text in the colour of `tone`."""
        if tone != self._tone:
            self._tone = tone
            self.restyle()

    def set_role(self, role: Role) -> None:
        """Show the text in size and weight of `role`."""
        if role != self._role:
            self._role = role
            self.restyle()

    def restyle(self) -> None:
        """Take font, colour, line height and direction from the theme again."""
        language = self.language
        speak_in(self, language)
        self.setFont(self._theme.font(self._role, language.script))
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.WindowText, self._theme.colour(self._tone))
        self.setPalette(colours)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if language.is_rtl else Qt.LayoutDirection.LeftToRight)
        across = Qt.AlignmentFlag.AlignHCenter if self._centred else Qt.AlignmentFlag.AlignLeading
        self.setAlignment(across | (Qt.AlignmentFlag.AlignTop if self._wrap else Qt.AlignmentFlag.AlignVCenter))
        self.setText(self._markup())
        self.setAccessibleName(self._plain)
        self._claim_height()

    def hasHeightForWidth(self) -> bool:
        """Return False: layouts that trade width for height lose it one level up; the height is claimed instead."""
        return False

    def sizeHint(self) -> QSize:
        """Return the width on one line, or of lines of at most 70 characters, and the height claimed."""
        metrics = self.fontMetrics()
        width = max((metrics.horizontalAdvance(line) for line in self._plain.split("\n")), default=0) + 4
        width = round(width * max((HEADINGS.get(line.heading, 1.0) for line in self._styled), default=1.0))
        if self._wrap:
            width = min(width, metrics.averageCharWidth() * _MOST_CHARACTERS)
        return QSize(width, self.minimumHeight() or self._leading())

    def minimumSizeHint(self) -> QSize:
        """Return the width of the longest word and the height claimed for the present width."""
        if not self._wrap:
            return self.sizeHint()
        metrics = self.fontMetrics()
        words = max((metrics.horizontalAdvance(word) for word in self._plain.split()), default=0)
        width = min(words + 4, metrics.averageCharWidth() * _LEAST_CHARACTERS * 4)
        return QSize(width, self.minimumHeight() or self._leading())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Claim the height that the new width needs."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._claim_height()

    def changeEvent(self, event: QEvent) -> None:
        """Claim the height again when Qt changed the font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._claim_height()

    def _claim_height(self) -> None:
        if not self._plain:
            self.setMinimumHeight(0)
            return
        laid_out = self._wrap and self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        self.setMinimumHeight(0)  # Qt counts the height claimed before, so a shorter text would stay as tall
        needed = self.heightForWidth(self.width()) if laid_out else 0
        self.setMinimumHeight(max(self._leading(), needed))

    def _leading(self) -> int:
        return self._theme.type_size(self._role, self.language.script).leading if self._plain else 0

    def _markup(self) -> str:
        if not self._plain:
            return ""
        align = "center" if self._centred else ("right" if self.language.is_rtl else "left")
        look = TextStyle(
            size=self._theme.type_size(self._role, self.language.script),
            direction=self.language.direction,
            align=align,
            bold=self._role in BOLD_ROLES,
            latin=self.language.script == "Latn",
            palette=self._theme.palette,
        )
        return rich_text(self._shown(), self._styled, look)

    def _shown(self) -> str:
        """Return what of the text is drawn: all of it."""
        return self._plain


def quote(text: str) -> str:
    """Return `text` between typographic quotation marks."""
    return f"“{text}”"
