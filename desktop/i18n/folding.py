"""Texts as they are compared when somebody searches: whoever types a name may spell it in another way.

Marks, capitals, hyphens and the forms of one letter do not count: celik finds Çelik, احمد finds أحمد, علي finds علی.
Nothing folded is ever shown or kept.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from desktop.i18n.figures import with_plain_figures

_LETTERS = {
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه",
}  # fmt: skip
"""One letter for each set that a reader takes for the same; the rest of them come apart into a letter and a mark."""

_SAME_SOUND = (("ሐ", "ሀ"), ("ኀ", "ሀ"), ("ሠ", "ሰ"), ("ዐ", "አ"), ("ፀ", "ጸ"))
"""Rows of Ethiopic letters that are spoken alike in Amharic, some in Tigrinya too, each row with its seven vowels."""

_VOWELS = 7
_ENDINGS = ("ا", "ه", "ي")
"""The ends of Arabic words that are written in each other's place: سوريا and سورية."""

_SHORTEST = 4
_APART = frozenset({"Pd", "Zs", "Zl", "Zp", "Cc", "Po", "Ps", "Pe", "Pi", "Pf"})
_NOTHING = frozenset({"Mn", "Me", "Cf", "Lm", "Sk"})
_APOSTROPHES = frozenset("'’‘ʼ`´")


def _table() -> dict[int, str]:
    ethiopic = {ord(a) + vowel: chr(ord(b) + vowel) for a, b in _SAME_SOUND for vowel in range(_VOWELS)}
    return {**{ord(letter): same for letter, same in _LETTERS.items()}, **ethiopic}


_TABLE = _table()


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Return `text` as it is compared: words in plain small letters with one space between them."""
    small = unicodedata.normalize("NFKD", text).casefold()
    apart = with_plain_figures(unicodedata.normalize("NFKD", small))
    return " ".join("".join(_compared(letter) for letter in apart).translate(_TABLE).split())


def sought_words(typed: str) -> tuple[str, ...]:
    """Return the words that are looked for in folded texts: folded too, and without an ending that is spelt freely."""
    return tuple(_without_ending(word) for word in folded(typed).split())


def finds(typed: str, text: str) -> bool:
    """Tell whether each word of `typed` stands in `text`, in any order, or across its words; nothing is everywhere."""
    return _stand_in(sought_words(typed), folded(text))


def finds_person(sought: str, name: str, number: str) -> bool:
    """Tell whether `sought` finds a person by `name`, as `finds` does, or by a part of the `number` of the case."""
    figures = "".join(folded(sought).split())
    return finds(sought, name) or (bool(figures) and figures in "".join(folded(number).split()))


class SearchedText:
    """A text that is searched again and again, and remembered no longer than by who holds it: what a person said."""

    __slots__ = ("_within",)

    def __init__(self, text: str) -> None:
        self._within = folded.__wrapped__(text)

    def holds(self, words: Sequence[str]) -> bool:
        """Tell whether each of the `sought_words` stands in it, as `finds` does."""
        return _stand_in(words, self._within)


def _stand_in(words: Sequence[str], within: str) -> bool:
    together = within.replace(" ", "")
    return all(word in within or word in together for word in words)


def _compared(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in _NOTHING or letter in _APOSTROPHES:
        return ""
    return " " if kind in _APART else letter


def _without_ending(word: str) -> str:
    return word[:-1] if len(word) >= _SHORTEST and word.endswith(_ENDINGS) else word
