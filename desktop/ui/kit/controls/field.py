"""A field: a label above (Dutch at the start, the second language at the end), a control, and a sentence below."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n.languages import Language
from desktop.ui.design.spoken import speak_in
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.controls.button import IconButton
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text

KEPT_NOWHERE = "keptNowhere"
"""The property of an input whose text is kept nowhere, not even as a draft, whether it is shown or hidden."""


class TextInput(QLineEdit):
    """A one-line text input as tall as a field; writes in the direction of `language`."""

    def __init__(self, theme: Theme, name: str, label: str, *, placeholder: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._tall = Target.FIELD
        self._inset: Icon | None = None
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setPlaceholderText(placeholder)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_tall(self, height: int) -> None:
        """Take `height` pixels at 100 % text size."""
        self._tall = height
        self._restyle()

    def set_icon(self, icon: Icon) -> None:
        """Show `icon` at the start of the input."""
        inner = QHBoxLayout(self)
        inner.setContentsMargins(Space.LARGE, 0, Space.LARGE, 0)
        inner.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        inner.addStretch(1)
        self._inset = icon
        self._restyle()

    def set_language(self, language: Language) -> None:
        """Write in the direction and script of `language`."""
        speak_in(self, language)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if language.is_rtl else Qt.LayoutDirection.LeftToRight)
        self.setFont(self._theme.font(Role.BODY, language.script))

    def sizeHint(self) -> QSize:
        """Return the height asked for: the style sheet only knows the least one."""
        return QSize(super().sizeHint().width(), self._theme.px(self._tall))

    def _restyle(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        room = 0 if self._inset is None else self._inset.sizeHint().width() + Space.MEDIUM
        rtl = self.isRightToLeft()
        self.setTextMargins(0 if rtl else room, 0, room if rtl else 0, 0)
        self.updateGeometry()


class PassphraseInput(QWidget):
    """A hidden text input with an eye that shows what was typed; `input` is the line edit."""

    def __init__(self, theme: Theme, name: str, label: str, show_label: str, *, height: int = Target.LARGE) -> None:
        super().__init__()
        self._theme = theme
        self.input = TextInput(theme, name, label)
        self.input.set_tall(height)
        self.input.setEchoMode(QLineEdit.EchoMode.Password)
        self.input.setProperty(KEPT_NOWHERE, True)
        self.eye = IconButton(theme, "eye", show_label, f"{name}.show")
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show_or_hide)
        self.eye.setParent(self.input)
        inner = QHBoxLayout(self.input)
        inner.setContentsMargins(Space.HAIR, 0, Space.HAIR, 0)
        inner.addStretch(1)
        inner.addWidget(self.eye, 0, Qt.AlignmentFlag.AlignVCenter)
        self._keep_clear()
        theme.changed.connect(self._keep_clear)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.input)
        self.setFocusProxy(self.input)

    def text(self) -> str:
        """Return what was typed."""
        return self.input.text()

    def clear(self) -> None:
        """Forget what was typed and hide the next input."""
        self.input.clear()
        self.eye.setChecked(False)

    def _keep_clear(self) -> None:
        room = self.eye.sizeHint().width() + Space.HAIR
        rtl = self.isRightToLeft()
        self.input.setTextMargins(room if rtl else 0, 0, 0 if rtl else room, 0)

    def _show_or_hide(self, shown: bool) -> None:  # noqa: FBT001  # a Qt slot
        self.input.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.set_icon("eye-off" if shown else "eye")


class Field(QWidget):
    """A labelled control. `refuse` shows what is wrong with the input, `ask` what is still needed."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        control: QWidget,
        *,
        hint: str = "",
        second: str = "",
        second_language: Language | None = None,
    ) -> None:
        super().__init__()
        self._control = control
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR + 2)
        head = QHBoxLayout()
        head.setSpacing(Space.MEDIUM)
        self.label = Text(theme, label, Role.STRONG)
        self.label.setBuddy(control)
        head.addWidget(self.label, 1)
        if second:
            head.addWidget(Text(theme, second, Role.SMALL, tone=Tone.SOFT, language=second_language, wrap=False))
        nest(column, head)
        if hint:
            column.addWidget(Text(theme, hint, Role.SMALL, tone=Tone.SOFT))
        column.addWidget(control)
        self._sign = Icon(theme, "warning", 18, Tone.WRONG)
        self._sentence = Text(theme, role=Role.SMALL, tone=Tone.WRONG)
        below = QHBoxLayout()
        below.setSpacing(Space.SMALL)
        below.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._sentence, 1)
        nest(column, below)
        column.addStretch(1)
        if not control.accessibleName():
            control.setAccessibleName(label)
        self.accept()

    def refuse(self, sentence: str) -> None:
        """Mark the input as refused and say why, in one sentence."""
        self._mark("refused", sentence, Tone.WRONG)

    def ask(self, sentence: str) -> None:
        """Mark the input as still needed and say so."""
        self._mark("asks", sentence, Tone.ACCENT)

    def accept(self) -> None:
        """Take all marks away."""
        self._mark("", "", Tone.WRONG)

    def sentence(self) -> str:
        """Return the sentence shown below the control."""
        return self._sentence.plain()

    def _mark(self, which: str, sentence: str, tone: Tone) -> None:
        target = self._control.focusProxy() or self._control
        for mark in ("refused", "asks"):
            target.setProperty(mark, "true" if mark == which else "false")
        target.style().unpolish(target)
        target.style().polish(target)
        target.setAccessibleDescription(sentence)
        self._sign.set_icon("warning", tone)
        self._sign.setVisible(bool(sentence))
        self._sentence.set_tone(tone)
        self._sentence.set_text(sentence)
        self._sentence.setVisible(bool(sentence))
