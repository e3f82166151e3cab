"""What the application looks like right now: palette, text size, language of the interface. Can change while running.

Stock Qt widgets follow the application's palette, font and one generated style sheet. Painted kit widgets listen to
`changed` and ask the theme for colours and fonts when they paint.
"""

from functools import cache
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from desktop.i18n.languages import Language, Script
from desktop.ui.design.fonts import make_font
from desktop.ui.design.qt_texts import translate_qt
from desktop.ui.design.tokens import (
    LARGEST_SCALE,
    PALETTES,
    SMALLEST_SCALE,
    Palette,
    Role,
    Scheme,
    Tone,
    TypeSize,
    scaled,
)


class Theme(QObject):
    """The look shared by all windows of one application.

    `changed` is emitted after palette, text size or interface language changed and the application has the new look.
    """

    changed = Signal()

    def __init__(self, language: Language, scheme: Scheme = "light", scale: float = 1.0) -> None:
        super().__init__()
        self._language = language
        self._palette = PALETTES[scheme]
        self._scale = _within(scale)

    @property
    def palette(self) -> Palette:
        """The colours in use."""
        return self._palette

    @property
    def scale(self) -> float:
        """The text size in use: 1.0 to 2.0."""
        return self._scale

    @property
    def language(self) -> Language:
        """The language of the interface; decides script and direction of texts that name no language."""
        return self._language

    def colour(self, token: str | Tone) -> QColor:
        """Return the colour of a palette field by its name, such as `primary_tint`."""
        return QColor(_read_colour(getattr(self._palette, str(token))))

    def font(self, role: Role, script: Script | None = None) -> QFont:
        """Return the font of `role` in `script`, by default the script of the interface."""
        return make_font(role, script or self._language.script, self._scale)

    def type_size(self, role: Role, script: Script | None = None) -> TypeSize:
        """Return size and leading of `role` in pixels at the text size in use."""
        return scaled(role, script or self._language.script, self._scale)

    def px(self, length: float) -> int:
        """Return `length`, given at 100 % text size, in pixels at the text size in use."""
        return round(length * self._scale)

    def set_scheme(self, scheme: Scheme) -> None:
        """Switch between light and dark."""
        self._palette = PALETTES[scheme]
        self.apply()

    def set_scale(self, scale: float) -> None:
        """Set the text size; kept between 1.0 and 2.0."""
        self._scale = _within(scale)
        self.apply()

    def set_language(self, language: Language) -> None:
        """Set the language of the interface, and with it direction and script."""
        self._language = language
        self.apply()

    def apply(self) -> None:
        """Give the running application this look and tell the kit widgets."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            rtl = self._language.is_rtl
            application.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
            translate_qt(application, self._language.tag)
            application.setPalette(qt_palette(self._palette))
            application.setFont(self.font(Role.BODY))
            sheet = style_sheet(self._palette, self._scale)
            if application.styleSheet() != sheet:  # Qt polishes every widget anew, also for the same sheet
                application.setStyleSheet(sheet)
        self.changed.emit()


@cache
def _read_colour(code: str) -> QColor:
    """Return the colour of a code such as `#1b4b5a`: reading it is slower than copying a colour."""
    return QColor(code)


def _within(scale: float) -> float:
    return min(LARGEST_SCALE, max(SMALLEST_SCALE, scale))


def qt_palette(palette: Palette) -> QPalette:
    """Return `palette` as Qt's palette, for stock widgets and their disabled state."""
    roles = {
        QPalette.ColorRole.Window: palette.paper,
        QPalette.ColorRole.WindowText: palette.ink,
        QPalette.ColorRole.Base: palette.surface,
        QPalette.ColorRole.AlternateBase: palette.surface_2,
        QPalette.ColorRole.Text: palette.ink,
        QPalette.ColorRole.Button: palette.surface,
        QPalette.ColorRole.ButtonText: palette.ink,
        QPalette.ColorRole.PlaceholderText: palette.ink_2,
        QPalette.ColorRole.Highlight: palette.primary,
        QPalette.ColorRole.HighlightedText: palette.on_primary,
        QPalette.ColorRole.Link: palette.primary,
        QPalette.ColorRole.LinkVisited: palette.primary,
        QPalette.ColorRole.ToolTipBase: palette.surface,
        QPalette.ColorRole.ToolTipText: palette.ink,
        QPalette.ColorRole.Light: palette.surface,
        QPalette.ColorRole.Mid: palette.line,
        QPalette.ColorRole.Dark: palette.control,
        QPalette.ColorRole.Shadow: palette.edge,
    }
    result = QPalette()
    for role, colour in roles.items():
        result.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.ink_2))
    return result


_SHEET = Template("""
QWidget { outline: none; }
QMainWindow, QDialog { background: $paper; }
QAbstractScrollArea { background: transparent; border: none; }
QToolTip { background: $surface; color: $ink; border: 1px solid $control; padding: 4px 8px; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit, QComboBox {
  background: $surface; color: $ink; border: 1px solid $control; border-radius: 10px;
  padding: 0 14px; placeholder-text-color: $ink_2; selection-background-color: $primary; selection-color: $on_primary; }
QLineEdit, QSpinBox, QDateEdit, QComboBox { min-height: ${field}px; }
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QSpinBox:hover, QDateEdit:hover, QComboBox:hover {
  border-color: $ink; }
QLineEdit[refused="true"], QPlainTextEdit[refused="true"], QTextEdit[refused="true"], QComboBox[refused="true"],
QSpinBox[refused="true"] { border: 2px solid $wrong; padding: 0 13px; }
QLineEdit[asks="true"], QPlainTextEdit[asks="true"], QTextEdit[asks="true"] { border: 2px solid $accent; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QSpinBox:disabled, QComboBox:disabled {
  color: $ink_2; border: 1px dashed $control; background: transparent; }
QLineEdit:read-only, QTextEdit:read-only, QPlainTextEdit:read-only { border-color: transparent;
  background: transparent; }
QLineEdit { lineedit-password-character: 8226; }
QLineEdit[bare="true"] { border: none; background: transparent; padding: 0; min-height: 0; }
QSpinBox::up-button, QSpinBox::down-button, QDateEdit::up-button, QDateEdit::down-button { width: 0; border: none; }
QComboBox::drop-down { width: 40px; border: none; subcontrol-position: center right; }
QComboBox::down-arrow { width: 20px; height: 20px; image: url("$icons/chevron-down-$scheme.svg"); }
QComboBox QAbstractItemView, QListView, QMenu { background: $surface; color: $ink; border: 1px solid $edge;
  border-radius: 0; padding: 4px; selection-background-color: $primary_tint; selection-color: $ink; }
QComboBox QAbstractItemView::item, QListView::item { min-height: ${row}px; padding: 0 8px; }
QMenu::item { min-height: ${row}px; padding: 0 16px; border-radius: 6px; }
QMenu::item:selected { background: $primary_tint; color: $ink; }
QMenu::icon { padding-left: 12px; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $ink_2; border: none; padding: 0 20px 0 0; }
QHeaderView::section:first { padding: 0 20px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $control; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $ink_2; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def style_sheet(palette: Palette, scale: float) -> str:
    """Return the one style sheet of the application; the shape of stock widgets, never fonts."""
    colours = {name: getattr(palette, name) for name in Palette.__slots__}
    return _SHEET.substitute(colours, field=round(46 * scale), row=round(36 * scale), icons=_icon_path())


def _icon_path() -> str:
    from desktop.kernel.resources import asset_directory

    return asset_directory("icons").as_posix()
