"""A banner: an icon, one sentence, one link. It stays until the matter is solved; several stand in a `BannerList`."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Radius, Role, Space, Tone
from desktop.ui.kit.controls.button import Button, IconButton
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box
from desktop.ui.kit.typography.text import Text

BannerKind = Literal["asks", "wrong", "good", "neutral"]

_LOOK: dict[BannerKind, tuple[str, Tone, str]] = {
    "asks": ("accent_tint", Tone.ACCENT, "warning"),
    "wrong": ("wrong_tint", Tone.WRONG, "warning"),
    "good": ("good_tint", Tone.GOOD, "check-circle"),
    "neutral": ("sand", Tone.INK, "info"),
}


class Banner(QFrame):
    """Hidden until `show_message`; tint and icon by kind. `close_label` names the button that puts it away."""

    def __init__(self, theme: Theme, close_label: str, name: str = "banner") -> None:
        super().__init__()
        self._theme = theme
        self._kind: BannerKind = "neutral"
        self._action: Callable[[], None] | None = None
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.LARGE, Space.SMALL, Space.SMALL, Space.SMALL)
        row.setSpacing(Space.MEDIUM)
        self._icon = Icon(theme, "info", 20)
        self._text = Text(theme, role=Role.BODY)
        self._text.setObjectName(f"{name}.text")
        self.link = Button(theme, "", f"{name}.link", kind="link")
        self.dismiss = IconButton(theme, "close", close_label, f"{name}.close")
        for part in (self._icon, self._text, self.link, self.dismiss):
            row.addWidget(part, 1 if part is self._text else 0, Qt.AlignmentFlag.AlignVCenter)
        self.link.clicked.connect(self._follow)
        self.dismiss.clicked.connect(self.hide)
        theme.changed.connect(self.update)
        self.hide()

    def show_message(
        self, kind: BannerKind, text: str, link: str = "", on_link: Callable[[], None] | None = None
    ) -> None:
        """Show `text`, and a link that calls `on_link` where given; announced to assistive technology."""
        self._kind = kind
        _fill, tone, icon = _LOOK[kind]
        self._icon.set_icon(icon, tone)
        self._text.set_text(text)
        self._text.set_tone(Tone.INK if kind == "neutral" else tone)
        self._action = on_link
        self.link.set_text(link)
        self.link.setVisible(bool(link))
        self.link.setAccessibleDescription(text)
        self.setAccessibleName(text)
        self.show()
        self.update()

    def message(self) -> str:
        """Return the sentence shown, empty when hidden."""
        return "" if self.isHidden() else self._text.plain()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tint."""
        painter = QPainter(self)
        fill = self._theme.colour(_LOOK[self._kind][0])
        paint_box(painter, QRectF(self.rect()), BoxStyle(fill, fill, 0, Radius.FIELD))
        painter.end()

    def _follow(self) -> None:
        if self._action is not None:
            self._action()
