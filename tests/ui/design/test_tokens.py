from collections.abc import Iterable

import pytest

from desktop.i18n.languages import Script
from desktop.ui.design.tokens import DARK, LIGHT, TYPE, Palette, Role, scaled

TEXT = 4.5
MARK = 3.0
GROUNDS = ("paper", "surface", "surface_2")


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


FILLS = (
    ("ink", "sand"),
    ("on_primary", "primary"),
    ("on_primary", "primary_hover"),
    ("ink", "primary_tint"),
    ("ink_2", "primary_tint"),
    ("primary", "primary_tint"),
    ("accent", "accent_tint"),
    ("good", "good_tint"),
    ("wrong", "wrong_tint"),
    ("own", "own_tint"),
)
COLOURS = ("ink", "ink_2", "primary", "accent", "good", "wrong")
ON_GROUNDS = tuple((colour, ground) for colour in COLOURS for ground in GROUNDS)
MARKS = tuple((mark, ground) for mark in ("control", "accent_mark") for ground in (*GROUNDS, "primary_tint"))


def _too_faint(palette: Palette, pairs: Iterable[tuple[str, str]], least: float) -> list[tuple[str, str]]:
    return [pair for pair in pairs if contrast(getattr(palette, pair[0]), getattr(palette, pair[1])) < least]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.scheme)
def test_text_is_readable_on_every_ground_and_fill(palette: Palette) -> None:
    assert _too_faint(palette, (*ON_GROUNDS, *FILLS), TEXT) == []


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.scheme)
def test_borders_and_marks_stand_out(palette: Palette) -> None:
    assert _too_faint(palette, MARKS, MARK) == []


def test_a_question_grows_at_half_pace_above_125_percent() -> None:
    assert scaled(Role.QUESTION, "Latn", 1.0).size == 28
    assert scaled(Role.QUESTION, "Latn", 1.25).size == 35
    assert scaled(Role.QUESTION, "Latn", 1.5).size == 38
    assert scaled(Role.BODY, "Latn", 1.5).size == 24


def test_every_role_has_a_size_in_every_script() -> None:
    scripts: tuple[Script, ...] = ("Latn", "Ethi", "Arab")
    sizes = {(role, script): TYPE[role][script] for role in Role for script in scripts}
    assert [where for where, size in sizes.items() if size.leading <= size.size] == []
