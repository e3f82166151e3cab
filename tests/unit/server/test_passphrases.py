"""What is kept of an administrator's passphrase."""

import pytest

from protocol.errors import UserError
from server.passphrases import NOBODY, hash_passphrase

CHEAP = 10
RIGHT = "vijf losse woorden bij elkaar"


def test_only_the_passphrase_itself_matches() -> None:
    kept = hash_passphrase(RIGHT, CHEAP)

    assert kept.matches(RIGHT)
    assert not kept.matches(RIGHT + " ")
    assert not kept.matches("")
    assert not kept.matches("\ud800" * 20)
    assert not hash_passphrase("x" * 256, CHEAP).matches("x" * 257)
    assert not kept.matches("x" * 1_000_000)


def test_two_keyboards_give_one_passphrase() -> None:
    assert hash_passphrase("caf\u00e9 in de morgen vroeg", CHEAP).matches("cafe\u0301 in de morgen vroeg")


def test_the_same_passphrase_is_kept_differently_each_time_and_nowhere_itself() -> None:
    one, other = hash_passphrase(RIGHT, CHEAP), hash_passphrase(RIGHT, CHEAP)

    assert one.salt != other.salt
    assert one.digest != other.digest
    assert RIGHT.encode() not in one.salt + one.digest


def test_who_is_not_there_is_compared_at_the_full_cost_and_never_matches() -> None:
    fresh = hash_passphrase(RIGHT)

    assert NOBODY.cost == fresh.cost
    assert not NOBODY.matches("")


@pytest.mark.parametrize("passphrase", ["", "veertien teken", "x" * 257])
def test_a_passphrase_that_is_too_short_or_endless_is_refused(passphrase: str) -> None:
    with pytest.raises(UserError, match=r"server\.passphrase_short"):
        hash_passphrase(passphrase, CHEAP)
