"""The language a control is in, for assistive technology: Arabic words are read by an Arabic voice."""

from functools import cache

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from desktop.i18n.languages import Language


def speak_in(widget: QWidget, language: Language) -> None:
    """Say that `widget`, and what it holds and does not say otherwise, is in `language`."""
    locale = _locale(language.tag)
    if widget.locale() != locale:
        widget.setLocale(locale)


@cache
def _locale(tag: str) -> QLocale:
    return QLocale(tag)
