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


def _plain(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
