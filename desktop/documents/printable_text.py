"""Text of people made fit for paper: no control characters, no hidden direction marks, only letters that can be set.

A letter that no bundled font has never keeps a document from being made: its code point stands in its place.
"""

import re
import unicodedata
from functools import cache
from itertools import groupby

from desktop.documents.texts import DUTCH
from desktop.kernel.resources import asset_directory
from protocol.errors import EnvironmentProblem

_HIDDEN = dict.fromkeys([*range(0x202A, 0x202F), 0x200E, 0x200F, 0x061C, 0xFEFF])
"""Direction overrides and marks: isolates do their work, and an override can make a text read as another one."""
_LIKE = str.maketrans(
    {
        "\u2212": "-",
        "\u2010": "-",
        "\u2011": "-",
        "\u00ad": None,
        "\u202f": "\u00a0",
        "\u2192": ">",
        "\t": " ",
    }
)
"""Signs that the bundled fonts lack and that have an equal."""
_LINES = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""They ask for one of several shapes of the letter before them, and show nothing themselves."""
_INVISIBLE = frozenset({"Cc", "Cs", "Co", "Cn"})
_ALLOWED_FORMAT = frozenset("\u200c\u200d\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """Return `text` with one kind of line end, without invisible characters, with signs the fonts have.

    Letters that no font has become one remark with their code points: `[teken U+1F600]`.
    """
    lines = _LINES.sub("\n", text).translate(_HIDDEN).translate(_LIKE)
    kept = "".join(letter for letter in unicodedata.normalize("NFC", lines) if letter == "\n" or _visible(letter))
    if all(map(_can_be_set, set(kept))):
        return kept
    parts = [(can, "".join(letters)) for can, letters in groupby(kept, _can_be_set)]
    return "".join(part if can else _remark(part) for can, part in parts)


def _can_be_set(letter: str) -> bool:
    return letter == "\n" or letter in _ALLOWED_FORMAT or ord(letter) in known_letters()


def _remark(letters: str) -> str:
    shown = [f"U+{ord(letter):04X}" for letter in letters if letter not in _SELECTORS]
    return f"[{DUTCH['letter']} {' '.join(shown)}]" if shown else ""


def _visible(letter: str) -> bool:
    category = unicodedata.category(letter)
    return letter in _ALLOWED_FORMAT if category == "Cf" else category not in _INVISIBLE


@cache
def known_letters() -> frozenset[int]:
    """Return the code points that the bundled fonts have, in regular and in bold.

    Raises EnvironmentProblem `documents.fonts_missing`.
    """
    from reportlab.pdfbase.ttfonts import TTFError, TTFontFile

    found: dict[str, set[int]] = {"Regular": set(), "Bold": set()}
    for weight, letters in found.items():
        for path in sorted(asset_directory("fonts").glob(f"*-{weight}.ttf")):
            try:
                letters.update(TTFontFile(str(path), validate=0).charToGlyph)
            except (TTFError, OSError) as error:
                raise EnvironmentProblem("documents.fonts_missing") from error
    if not all(found.values()):
        raise EnvironmentProblem("documents.fonts_missing")
    return frozenset(found["Regular"] & found["Bold"])
