"""The design tokens: colour by meaning, type scale, spacing, shape. The one place where the look is written down.

Every pair of text and ground keeps a contrast of 4.5, every control and mark 3 (WCAG 2.2 AA); a test measures it.
Sizes are pixels at 100 % text size.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Literal

from desktop.i18n.languages import Script

Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours named by meaning, as `#RRGGBB`."""

    scheme: Scheme
    paper: str
    surface: str
    surface_2: str
    side: str
    sand: str
    ink: str
    ink_2: str
    primary: str
    on_primary: str
    primary_hover: str
    primary_tint: str
    accent: str
    accent_mark: str
    accent_tint: str
    good: str
    good_tint: str
    wrong: str
    wrong_tint: str
    own: str
    own_tint: str
    control: str
    line: str
    edge: str


LIGHT = Palette(
    scheme="light",
    paper="#F6F1E7",
    surface="#FFFDF9",
    surface_2="#FAF4E7",
    side="#EFE8DA",
    sand="#EFE6D5",
    ink="#1D2533",
    ink_2="#555A63",
    primary="#0F5B57",
    on_primary="#FFFFFF",
    primary_hover="#0B4946",
    primary_tint="#DCEBE7",
    accent="#9C4A12",
    accent_mark="#C2570C",
    accent_tint="#FBE7CD",
    good="#2C6635",
    good_tint="#E1ECDA",
    wrong="#A1262B",
    wrong_tint="#FAE3DF",
    own="#5A4A82",
    own_tint="#E8E3F1",
    control="#82786A",
    line="#DED4C2",
    edge="#CFC3AD",
)

DARK = Palette(
    scheme="dark",
    paper="#191714",
    surface="#24211D",
    surface_2="#2C2822",
    side="#1F1C19",
    sand="#353029",
    ink="#F3EDE2",
    ink_2="#C0B7A9",
    primary="#7FCBC0",
    on_primary="#062B28",
    primary_hover="#9AD9D0",
    primary_tint="#1F3D3A",
    accent="#F2B06C",
    accent_mark="#F2A65A",
    accent_tint="#412E1A",
    good="#A9D29F",
    good_tint="#27361F",
    wrong="#F4A29B",
    wrong_tint="#452421",
    own="#C9BCEB",
    own_tint="#342E42",
    control="#958B7C",
    line="#423C33",
    edge="#4E473D",
)

PALETTES: Mapping[Scheme, Palette] = {"light": LIGHT, "dark": DARK}


class Role(StrEnum):
    """What a text is for; decides its size, line height and weight in every script."""

    META = "meta"
    SMALL = "small"
    SMALL_STRONG = "small_strong"
    BODY = "body"
    STRONG = "strong"
    HINT = "hint"
    QUOTE = "quote"
    CARD = "card"
    PAGE = "page"
    QUESTION = "question"
    NUMBER = "number"
    ROOM_QUESTION = "room_question"
    ROOM_CARD = "room_card"
    ROOM_BUTTON = "room_button"


class Tone(StrEnum):
    """Which colour of the palette a text takes; the values are its field names."""

    INK = "ink"
    SOFT = "ink_2"
    PRIMARY = "primary"
    ACCENT = "accent"
    GOOD = "good"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class TypeSize:
    """A text size and its line height, in pixels at 100 %."""

    size: int
    leading: int


BOLD_ROLES = frozenset(
    {
        Role.SMALL_STRONG,
        Role.STRONG,
        Role.QUOTE,
        Role.CARD,
        Role.PAGE,
        Role.QUESTION,
        Role.NUMBER,
        Role.ROOM_QUESTION,
        Role.ROOM_CARD,
    }
)

TYPE: Mapping[Role, Mapping[Script, TypeSize]] = {
    Role.META: {"Latn": TypeSize(13, 18), "Ethi": TypeSize(14, 20), "Arab": TypeSize(15, 24)},
    Role.SMALL: {"Latn": TypeSize(14, 20), "Ethi": TypeSize(15, 22), "Arab": TypeSize(17, 28)},
    Role.SMALL_STRONG: {"Latn": TypeSize(14, 20), "Ethi": TypeSize(15, 22), "Arab": TypeSize(17, 28)},
    Role.BODY: {"Latn": TypeSize(16, 24), "Ethi": TypeSize(16, 26), "Arab": TypeSize(19, 32)},
    Role.STRONG: {"Latn": TypeSize(16, 24), "Ethi": TypeSize(16, 26), "Arab": TypeSize(19, 32)},
    Role.HINT: {"Latn": TypeSize(17, 26), "Ethi": TypeSize(17, 28), "Arab": TypeSize(20, 34)},
    Role.QUOTE: {"Latn": TypeSize(18, 26), "Ethi": TypeSize(18, 28), "Arab": TypeSize(21, 34)},
    Role.CARD: {"Latn": TypeSize(20, 28), "Ethi": TypeSize(20, 32), "Arab": TypeSize(23, 38)},
    Role.PAGE: {"Latn": TypeSize(28, 36), "Ethi": TypeSize(27, 42), "Arab": TypeSize(32, 50)},
    Role.QUESTION: {"Latn": TypeSize(28, 38), "Ethi": TypeSize(27, 43), "Arab": TypeSize(33, 53)},
    Role.NUMBER: {"Latn": TypeSize(32, 40), "Ethi": TypeSize(32, 48), "Arab": TypeSize(38, 62)},
    Role.ROOM_QUESTION: {"Latn": TypeSize(46, 60), "Ethi": TypeSize(44, 70), "Arab": TypeSize(52, 88)},
    Role.ROOM_CARD: {"Latn": TypeSize(34, 46), "Ethi": TypeSize(33, 52), "Arab": TypeSize(40, 66)},
    Role.ROOM_BUTTON: {"Latn": TypeSize(24, 34), "Ethi": TypeSize(24, 38), "Arab": TypeSize(25, 40)},
}
"""Naskh is larger because its letters sit low; Ethiopic needs more leading."""

FAMILIES: Mapping[Script, tuple[str, ...]] = {
    "Latn": ("Noto Sans", "Noto Naskh Arabic", "Noto Sans Ethiopic"),
    "Arab": ("Noto Naskh Arabic", "Noto Sans", "Noto Sans Ethiopic"),
    "Ethi": ("Noto Sans Ethiopic", "Noto Sans", "Noto Naskh Arabic"),
}

SMALLEST_SCALE, LARGEST_SCALE = 1.0, 2.0
_FULL_PACE = 1.25
_HALF_PACE_ROLES = frozenset({Role.QUESTION, Role.PAGE, Role.ROOM_QUESTION, Role.ROOM_CARD})


@cache
def scaled(role: Role, script: Script, scale: float) -> TypeSize:
    """Return size and leading of `role` in `script` at text size `scale` (1.0 to 2.0).

    Above 125 % titles and questions grow at half pace, so that a question stays on two lines.
    """
    base = TYPE[role][script]
    factor = scale
    if role in _HALF_PACE_ROLES and scale > _FULL_PACE:
        factor = _FULL_PACE + (scale - _FULL_PACE) / 2
    return TypeSize(int(base.size * factor), int(base.leading * factor))


class Space:
    """Distances in pixels."""

    HAIR = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    WIDE = 20
    BLOCK = 24
    PAGE = 28
    EDGE = 32


class Radius:
    """Corner radii in pixels."""

    CHIP = 8
    FIELD = 10
    CARD = 12


class Target:
    """Heights of things to press, in pixels at 100 %."""

    LEAST = 24
    ROW = 40
    ACTION = 44
    FIELD = 48
    LARGE = 56
    ANSWER = 64


RING, RING_GAP = 3, 2
"""Thickness of the focus ring and the gap between it and the control."""

BORDER_CONTROL, BORDER_SELECTED, MARK = 1.5, 3.0, 4.0
