"""Whether a colour can be read on white paper: contrast as WCAG 2.2 defines it (success criterion 1.4.3)."""

import re

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_LEAST = 4.5
_DARK = 0.04045


def is_dark_enough(colour: str) -> bool:
    """Tell whether `colour` is written as `#RRGGBB` and stands out from white by at least 4.5 to 1."""
    if not _COLOUR.fullmatch(colour):
        return False
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 1.05 / (luminance + 0.05) >= _LEAST


def _linear(value: float) -> float:
    return value / 12.92 if value <= _DARK else ((value + 0.055) / 1.055) ** 2.4
