"""Buttons: primary (one per screen), plain, quiet, text, danger, link; with an icon and a second language if wished."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from desktop.i18n.languages import Language
from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Radius, Role, Target
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box

Kind = Literal["primary", "plain", "quiet", "text", "danger", "link"]

_GAP = 12
_ICON = 20


@dataclass(frozen=True, slots=True)
class SecondLabel:
    """The same words in the other language, shown as the second line of a button."""

    text: str
    language: Language


class Button(PressButton):
    """A button of one kind, painted from the tokens.

    `height` is in pixels at 100 % text size; `colour` names a palette field for icon and words. A button out of use is
    dashed and says why: see `disable`. Its accessible name is its text in both languages.
    """

    def __init__(  # noqa: PLR0913  # each is one property of a button, named at every call
        self,
        theme: Theme,
        text: str,
        name: str,
        *,
        kind: Kind = "plain",
        icon: str = "",
        icon_after: bool = False,
        second: SecondLabel | None = None,
        height: int = Target.ACTION,
        colour: str = "",
    ) -> None:
        super().__init__()
        self._colour = colour
        self._theme = theme
        self._label = text
        self._kind: Kind = kind
        self._icon = icon
        self._icon_after = icon_after
        self._second = second
        self._height = height
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._name()

    def set_text(self, text: str, second: SecondLabel | None = None) -> None:
        """Show other words; the same ones cost nothing."""
        if (text, second) == (self._label, self._second):
            return
        self._label, self._second = text, second
        self._name()
        self._restyle()

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        if icon != self._icon:
            self._icon = icon
            self._restyle()

    def set_kind(self, kind: Kind) -> None:
        """Become a button of another kind."""
        if kind != self._kind:
            self._kind = kind
            self.update()

    def disable(self, reason: str) -> None:
        """Take the button out of use and tell why, on hover and to assistive technology."""
        self.setEnabled(False)
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)

    def enable(self) -> None:
        """Put the button back in use."""
        self.setEnabled(True)
        self.setToolTip("")
        self.setAccessibleDescription("")

    def sizeHint(self) -> QSize:
        """Return the width of the content with its padding and the height of the target."""
        width = self._content_width() + 2 * self._padding()
        height = self._theme.px(self._height)
        if self._second is not None:
            height = max(height, sum(self._leadings()) + self._theme.px(10))
        return QSize(round(width), max(height, self._leadings()[0] + 4))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a button never shortens its words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button in its present state."""
        painter = QPainter(self)
        whole = QRectF(self.rect())
        if self._kind != "link":
            paint_box(painter, whole, self._box())
        self._paint_content(painter, whole)
        painter.end()

    def _paint_content(self, painter: QPainter, whole: QRectF) -> None:
        rtl = self.isRightToLeft()
        colour = self._text_colour()
        content = self._content_width()
        start = self._padding() if self._second or self._kind == "link" else max(0.0, (whole.width() - content) / 2)
        icon_side = self._theme.px(_ICON) if self._icon else 0
        gap = self._theme.px(_GAP) if self._icon and self._label else 0
        text_width = content - icon_side - gap
        icon_at = start + text_width + gap if self._icon_after else start
        text_at = start if self._icon_after else start + icon_side + gap
        if self._icon:
            square = at_start(whole, icon_at, icon_side, rtl=rtl)
            square = QRectF(square.left(), whole.center().y() - icon_side / 2, icon_side, icon_side)
            paint_icon(painter, square, self._icon, colour.name(), mirrored=rtl)
        self._paint_words(painter, at_start(whole, text_at, text_width, rtl=rtl), colour)

    def _paint_words(self, painter: QPainter, where: QRectF, colour: QColor) -> None:
        side = start_side(rtl=self.isRightToLeft())
        lines = self._lines(colour)
        if len(lines) == 1:
            lines[0].draw(painter, where, side)
            if self._kind == "link":
                self._underline(painter, where, colour)
            return
        leadings = self._leadings()
        top = where.center().y() - sum(leadings) / 2
        for line, leading in zip(lines, leadings, strict=True):
            line.draw(painter, QRectF(where.left(), top, where.width(), leading), side)
            top += leading

    def _underline(self, painter: QPainter, where: QRectF, colour: QColor) -> None:
        painter.setPen(QPen(colour, 1.2))
        below = where.center().y() + self.fontMetrics().height() * 0.38
        painter.drawLine(QPointF(where.left(), below), QPointF(where.right(), below))

    def _lines(self, colour: QColor) -> list[StyledLine]:
        theme = self._theme
        role = Role.STRONG if self._kind in {"primary", "danger"} else Role.BODY
        lines = [StyledLine(self._label, theme.font(role), colour, theme.language)]
        if self._second is not None:
            soft = colour if self._kind == "primary" else theme.colour("ink_2")
            font = theme.font(Role.SMALL, self._second.language.script)
            lines.append(StyledLine(self._second.text, font, soft, self._second.language))
        return lines

    def _leadings(self) -> list[int]:
        first = self._theme.type_size(Role.BODY).leading
        if self._second is None:
            return [first]
        return [first, self._theme.type_size(Role.SMALL, self._second.language.script).leading]

    def _content_width(self) -> float:
        words = max(line.width for line in self._lines(QColor())) if self._label else 0
        icon = self._theme.px(_ICON) if self._icon else 0
        gap = self._theme.px(_GAP) if self._icon and self._label else 0
        return words + icon + gap

    def _padding(self) -> int:
        if self._kind in {"link", "text"}:
            return 0 if self._kind == "link" else self._theme.px(4)
        if not self._label:
            return self._theme.px(12)
        return self._theme.px(16 if self._kind == "quiet" or self._second else 19)

    def _text_colour(self) -> QColor:
        if not self.isEnabled():
            return self._theme.colour("ink_2")
        if self._colour:
            return self._theme.colour(self._colour)
        tokens = {"primary": "on_primary", "danger": "wrong", "link": "primary", "text": "primary"}
        token = tokens.get(self._kind, "primary" if self._kind == "quiet" and self.isChecked() else "ink")
        return self._theme.colour(token)

    def _box(self) -> BoxStyle:
        theme, clear = self._theme, QColor(0, 0, 0, 0)
        hot = self.underMouse() or self.isDown()
        if not self.isEnabled():
            return BoxStyle(clear, theme.colour("control"), 1.5, Radius.FIELD, dashed=True)
        if self._kind == "primary":
            return BoxStyle(theme.colour("primary_hover" if hot else "primary"), clear, 0, Radius.FIELD)
        if self._kind in {"quiet", "text"}:
            return BoxStyle(theme.colour("sand") if hot else clear, clear, 0, Radius.FIELD)
        if self.isChecked():
            return BoxStyle(theme.colour("primary_tint"), theme.colour("primary"), 3, Radius.FIELD)
        border = "wrong" if self._kind == "danger" else ("ink" if hot else "control")
        return BoxStyle(theme.colour("surface"), theme.colour(border), 1.5, Radius.FIELD)

    def _name(self) -> None:
        words = self._label if self._second is None else f"{self._label} / {self._second.text}"
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class IconButton(Button):
    """A square button with an icon only; its `label` is its accessible name and its tooltip."""

    def __init__(
        self, theme: Theme, icon: str, label: str, name: str, *, kind: Kind = "quiet", colour: str = ""
    ) -> None:
        super().__init__(theme, "", name, kind=kind, icon=icon, colour=colour)
        self.set_label(label)

    def set_label(self, label: str) -> None:
        """Name the button differently."""
        self.setAccessibleName(label)
        self.setToolTip(label)
