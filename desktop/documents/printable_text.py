"""Text of people made fit for paper: no control characters, no hidden direction marks, only letters that can be set."""

import re
import unicodedata
from functools import cache

from desktop.kernel.resources import asset_directory
from protocol.errors import EnvironmentProblem, UserError

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
_INVISIBLE = frozenset({"Cc", "Cs", "Co", "Cn"})
_ALLOWED_FORMAT = frozenset("\u200c\u200d\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """Return `text` with one kind of line end, without invisible characters, with signs the fonts have.

    Raises UserError `documents.letter_missing` with the detail letter (a code point) when no font has a letter.
    """
    lines = _LINES.sub("\n", text).translate(_HIDDEN).translate(_LIKE)
    kept = "".join(letter for letter in unicodedata.normalize("NFC", lines) if letter == "\n" or _visible(letter))
    for letter in set(kept) - {"\n"}:
        if ord(letter) not in known_letters() and letter not in _ALLOWED_FORMAT:
            raise UserError("documents.letter_missing", {"letter": f"U+{ord(letter):04X}"})
    return kept


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
