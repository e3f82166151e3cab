import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.vault.file.recovery_key import ENTROPY_BYTES, from_words, new_entropy, to_words, word_list
from protocol.errors import UserError


def test_the_list_has_256_words_that_cannot_be_mistaken_for_each_other() -> None:
    words = word_list()
    assert len(words) == 256
    assert list(words) == sorted(words)
    assert len({word[:4] for word in words}) == 256
    assert all(word.isascii() and word.islower() and 2 < len(word) < 10 for word in words)
    assert not any(_one_letter_apart(a, b) for a in words for b in words if a < b)


@given(st.binary(min_size=ENTROPY_BYTES, max_size=ENTROPY_BYTES))
def test_words_carry_the_entropy_however_they_are_typed(entropy: bytes) -> None:
    words = to_words(entropy)
    assert len(words) == 17
    assert from_words(words) == entropy
    assert from_words([" ".join(words).upper()]) == entropy
    assert from_words([word[:4] for word in words]) == entropy


def test_mistakes_are_told_apart() -> None:
    words = list(to_words(bytes(range(16))))
    with pytest.raises(UserError) as caught:
        from_words(words[:-1])
    assert (caught.value.code, dict(caught.value.details)) == (
        "vault.recovery_incomplete",
        {"count": "16", "wanted": "17"},
    )
    with pytest.raises(UserError) as caught:
        from_words([*words[:4], "xyz", *words[5:]])
    assert (caught.value.code, dict(caught.value.details)) == ("vault.recovery_word_unknown", {"position": "5"})
    with pytest.raises(UserError, match=r"vault\.recovery_mistyped"):
        from_words([words[1], words[0], *words[2:]])


def test_a_longer_word_that_only_begins_like_one_of_ours_is_unknown() -> None:
    words = list(to_words(bytes(16)))
    with pytest.raises(UserError, match=r"vault\.recovery_word_unknown"):
        from_words([words[0] + "tje", *words[1:]])


def test_entropy_is_fresh() -> None:
    assert len({new_entropy() for _ in range(100)}) == 100


def _one_letter_apart(a: str, b: str) -> bool:
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
