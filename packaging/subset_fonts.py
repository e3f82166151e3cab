"""Makes the bundled fonts in `desktop/assets/fonts` from the full Noto fonts of Debian's package `fonts-noto-core`.

Run: `python packaging/subset_fonts.py [directory with the full fonts]`. Same input, same bytes: time stamps of the
source fonts are kept. All layout features stay, so that Arabic joins and Ethiopic stacks as in the full fonts;
hinting goes, because Qt renders these sizes without it. Only the full Noto fonts are read; nothing is downloaded.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

SOURCE = Path("/usr/share/fonts/truetype/noto")
TARGET = Path(__file__).resolve().parent.parent / "desktop" / "assets" / "fonts"

_COMMON = ((0x0020, 0x007E), (0x00A0, 0x00FF), (0x2000, 0x206F), (0x25CC, 0x25CC), (0xFEFF, 0xFFFD))
"""ASCII, Latin-1, general punctuation with the isolates, the dotted circle, the replacement character."""

RANGES = {
    "NotoSans": (
        *_COMMON,
        (0x0100, 0x02FF),  # Latin Extended A and B, phonetic letters of African alphabets
        (0x0300, 0x036F),  # combining marks
        (0x0370, 0x03FF),  # Greek
        (0x0400, 0x052F),  # Cyrillic and its supplement
        (0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese, Yoruba
        (0x2070, 0x209C),  # superscripts and subscripts
        (0x20A0, 0x20BF),  # currency
        (0x2100, 0x214F),  # letter-like symbols
        (0x2190, 0x2199),  # arrows
        (0x2212, 0x2265),  # minus and comparison
        (0x25A0, 0x25FF),  # shapes
    ),
    "NotoNaskhArabic": (
        *_COMMON,
        (0x0600, 0x06FF),  # Arabic with the letters of Persian, Dari, Pashto, Sorani, Urdu
        (0x0750, 0x077F),  # Arabic Supplement
        (0x08A0, 0x08FF),  # Arabic Extended A
        (0xFB50, 0xFDFF),  # presentation forms A
        (0xFE70, 0xFEFC),  # presentation forms B
    ),
    "NotoSansEthiopic": (
        *_COMMON,
        (0x1200, 0x139F),  # Ethiopic and its supplement
        (0x2D80, 0x2DDF),  # Ethiopic Extended
        (0xAB00, 0xAB2F),  # Ethiopic Extended A
    ),
}


def subset(source: Path, target: Path, ranges: tuple[tuple[int, int], ...]) -> None:
    """Write to `target` the glyphs of `source` for the code points of `ranges` (first and last included)."""
    options = Options()
    options.layout_features = ["*"]
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    with TTFont(source, recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[code for first, last in ranges for code in range(first, last + 1)])
        subsetter.subset(font)
        font.save(target)


def main() -> None:
    """Make all six fonts."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    TARGET.mkdir(parents=True, exist_ok=True)
    for family, ranges in RANGES.items():
        for weight in ("Regular", "Bold"):
            name = f"{family}-{weight}.ttf"
            subset(source / name, TARGET / name, ranges)
            print(f"{name}: {(TARGET / name).stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
