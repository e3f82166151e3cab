"""The colours of the page reach WCAG 2.2 AA in both themes, and the page asks for nothing from elsewhere."""

import re

import pytest

from server.web.rendering import mark, style_sheet
from tests.places import ROOT

STYLE = style_sheet().decode("utf-8")
TEXT, MARK = 4.5, 3.0
ONLY_LITERALS = re.compile(r"L if (not )?\w+( == (\w+|L))? else L")
PAIRS = (
    *(("ink", ground, TEXT) for ground in ("paper", "surface", "surface-2", "sand", "accent-tint", "wrong-tint")),
    *(("ink-2", ground, TEXT) for ground in ("paper", "surface", "surface-2", "sand")),
    *(("primary", ground, TEXT) for ground in ("paper", "surface", "surface-2", "accent-tint")),
    *(("primary-hover", ground, TEXT) for ground in ("paper", "surface", "surface-2")),
    ("on-primary", "primary", TEXT),
    ("on-primary", "primary-hover", TEXT),
    ("accent", "accent-tint", TEXT),
    ("wrong", "wrong-tint", TEXT),
    ("good", "surface", TEXT),
    *(("accent-mark", ground, MARK) for ground in ("paper", "surface", "surface-2")),
    *(("control", ground, MARK) for ground in ("paper", "surface")),
)


def _palette(theme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", light if theme == "light" else dark))


def _luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_of_colours_can_be_read(theme: str) -> None:
    palette = _palette(theme)
    weak = {
        (text, ground): round(contrast(palette[text], palette[ground]), 2)
        for text, ground, least in PAIRS
        if contrast(palette[text], palette[ground]) < least
    }
    assert weak == {}


def test_both_themes_have_the_same_colours_and_all_are_used() -> None:
    assert _palette("light").keys() == _palette("dark").keys()
    assert [name for name in _palette("light") if f"var(--{name})" not in STYLE] == []


def test_nothing_is_fetched_from_elsewhere_and_no_template_has_script_or_style_of_its_own() -> None:
    assert not re.search(r"url\(|@import|https?:", STYLE)
    for path in sorted((ROOT / "server/web/templates").glob("*.html")):
        source = path.read_text("utf-8")
        assert not re.search(r"<script|\son[a-z]+=|style=|javascript:|https?://", source), path.name
        unescaped = [re.sub(r"'[^']*'|\"[^\"]*\"", "L", each) for each in re.findall(r"\$\{([^}]*)\| n\}", source)]
        assert [each for each in unescaped if not ONLY_LITERALS.fullmatch(each.strip())] == [], path.name
    assert b"<script" not in mark()
