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


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.scheme)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", ["ink", "ink_2", "primary", "accent", "good", "wrong"])
def test_text_is_readable_on_every_ground(palette: Palette, ground: str, text: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= TEXT


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.scheme)
@pytest.mark.parametrize(
    ("text", "fill"),
    [
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
    ],
)
def test_text_is_readable_on_its_fill(palette: Palette, text: str, fill: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, fill)) >= TEXT


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.scheme)
@pytest.mark.parametrize("ground", [*GROUNDS, "primary_tint"])
def test_borders_and_marks_stand_out(palette: Palette, ground: str) -> None:
    assert contrast(palette.control, getattr(palette, ground)) >= MARK
    assert contrast(palette.accent_mark, getattr(palette, ground)) >= MARK


def test_a_question_grows_at_half_pace_above_125_percent() -> None:
    assert scaled(Role.QUESTION, "Latn", 1.0).size == 28
    assert scaled(Role.QUESTION, "Latn", 1.25).size == 35
    assert scaled(Role.QUESTION, "Latn", 1.5).size == 38
    assert scaled(Role.BODY, "Latn", 1.5).size == 24


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("script", ["Latn", "Ethi", "Arab"])
def test_every_role_has_a_size_in_every_script(role: Role, script: Script) -> None:
    size = TYPE[role][script]
    assert size.leading > size.size
