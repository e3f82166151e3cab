"""Heights of big targets: they grow slower than their text, so that a large text leaves room for the question."""

from desktop.ui.design.theme import Theme

_PACE = 0.4


def gently(theme: Theme, pixels: int) -> int:
    """Return a height given at 100 % text size, grown at less than half the pace of the text."""
    return round(pixels * (1 + (theme.scale - 1) * _PACE))
