"""Numbers as the keyboards of the people at the table write them, in the figures 0–9."""

import unicodedata

_SIGNS = str.maketrans({"\N{ARABIC DECIMAL SEPARATOR}": ".", "\N{MINUS SIGN}": "-", "\N{FULLWIDTH HYPHEN-MINUS}": "-"})


def with_plain_figures(typed: str) -> str:
    """Return `typed` with every decimal digit of Unicode as 0–9, a decimal separator as `.` and a minus sign as `-`.

    As long as `typed`, so places in the one are places in the other. Numerals that are no decimal digits, such as
    the Ethiopic ones, stay as they are.
    """
    if typed.isascii():
        return typed
    return "".join(_plain(letter) for letter in typed.translate(_SIGNS))


def has_ethiopic_numerals(typed: str) -> bool:
    """Tell whether Ethiopic numerals stand in `typed`: they count tens and hundreds and have no decimal value."""
    return any("\N{ETHIOPIC DIGIT ONE}" <= letter <= "\N{ETHIOPIC NUMBER TEN THOUSAND}" for letter in typed)


def _plain(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
