import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.i18n import finds, folded
from tests.examples import examples

FOUND = (
    ("celik", "Zeyneb Çelik"),
    ("elise", "Élise Ngoma"),
    ("احمد", "أحمد محمود"),
    ("ابراهيم", "إبراهيم"),
    ("ozturk", "Müller-Öztürk"),
    ("ibrahim", "İbrahim Şahin"),
    ("IĞDIR", "ığdır"),
    ("nguyen", "Nguyễn Thị Ánh"),
    ("Zoë", unicodedata.normalize("NFD", "Zoë Brontë")),
    ("علي", "علی رضا"),
    ("رضا", "علی‌رضا"),
    ("علیرضا", "علی‌رضا"),
    ("al hussein", "Mohammed Al-Hussein"),
    ("alhussein", "Mohammed Al-Hussein"),
    ("hussein mohammed", "Mohammed Al-Hussein"),
    ("mohammed  al-hussein", "Mohammed Al-Hussein"),
    ("مُحمد", "محمد"),
    ("فاطمه", "فاطمة"),
    ("سورية", "سوريا"),
    ("افغانستان", "أفغانستان"),
    ("ተስፋይ", "ሰላም ተስፋይ"),
    ("ፀጋይ", "ጸጋይ"),
    ("owl", "Owł"),
    ("dangelo", "D’Angelo"),
    ("strasse", "Straße"),
    ("١٩٨٥", "Ali 1985"),
    ("", "Ali"),
)


@pytest.mark.parametrize(("typed", "text"), FOUND)
def test_a_name_is_found_however_it_is_spelt(typed: str, text: str) -> None:
    assert finds(typed, text)


@pytest.mark.parametrize(("typed", "text"), [("ali", "Omar"), ("omar ali", "Omar"), ("علي", "عمر"), ("selam", "ሰላም")])
def test_another_name_is_not_found(typed: str, text: str) -> None:
    assert not finds(typed, text)


@settings(max_examples=examples(2000), deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing_and_every_text_finds_itself(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert finds(text, text)
