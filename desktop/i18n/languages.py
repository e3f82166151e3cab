"""The languages Opmaat speaks. Direction and script come from the tag, never from a text (findings, peers I1)."""

from dataclasses import dataclass
from typing import Literal

from protocol.errors import UserError

Direction = Literal["ltr", "rtl"]
Script = Literal["Latn", "Arab", "Ethi"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its BCP 47 tag, its own name in its own script, its Dutch name, direction and script."""

    tag: str
    own_name: str
    dutch_name: str
    direction: Direction
    script: Script

    @property
    def is_rtl(self) -> bool:
        """Tell whether text in this language runs from right to left."""
        return self.direction == "rtl"


DUTCH = "nl"
"""The tag of the language that every label and every document has first."""

LANGUAGES: tuple[Language, ...] = (
    Language(DUTCH, "Nederlands", "Nederlands", "ltr", "Latn"),
    Language("ar", "العربية", "Arabisch", "rtl", "Arab"),
    Language("ti", "ትግርኛ", "Tigrinya", "ltr", "Ethi"),
    Language("en", "English", "Engels", "ltr", "Latn"),
)
"""Every language that has catalogues, Dutch first, then by how many newcomers speak it (domain research, section 7)."""

_PSEUDO: tuple[Language, ...] = (
    Language("en_XA", "[Ḗƞɠŀīşħ ŀǿƞɠ]", "Pseudo, lang", "ltr", "Latn"),
    Language("ar_XB", "[pseudo rtl]", "Pseudo, rechts naar links", "rtl", "Latn"),
)


def language(tag: str) -> Language:
    """Return the language with BCP 47 `tag`.

    Raises UserError `language.unknown` for a tag that has no catalogues.
    """
    for candidate in LANGUAGES + _PSEUDO:
        if candidate.tag == tag:
            return candidate
    raise UserError("language.unknown", {"tag": tag[:12]})
