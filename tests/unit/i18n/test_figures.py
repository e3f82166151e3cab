import sys
import unicodedata

import pytest

from desktop.i18n import with_plain_figures
from desktop.i18n.figures import has_ethiopic_numerals


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("١٢٫٥", "12.5"),
        ("۱۲٫۵", "12.5"),
        ("１２", "12"),
        ("\N{MINUS SIGN}٣", "-3"),
        ("12,5", "12,5"),
        ("፲፪", "፲፪"),
        ("", ""),
    ],
)
def test_figures_of_any_keyboard_become_plain(typed: str, plain: str) -> None:
    assert with_plain_figures(typed) == plain


def test_every_decimal_digit_of_unicode_is_taken_by_its_value() -> None:
    digits = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Nd"]
    assert len(digits) > 600
    assert all(int(with_plain_figures(each)) == unicodedata.decimal(each) for each in digits)


def test_ethiopic_numerals_are_known_and_stay() -> None:
    assert has_ethiopic_numerals("12፲፪")
    assert has_ethiopic_numerals("፼")
    assert not has_ethiopic_numerals("12 ሰላም")
    assert with_plain_figures("፲፪") == "፲፪"
