"""What a guess costs is measured on the machine, never below the floor; advice has a code for each sentence."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from desktop.vault.crypto.calibration import AIM_SECONDS, MOST_MEMORY, choose_cost, measure
from desktop.vault.crypto.passphrase_strength import ADVICE, LONGEST, judge
from desktop.vault.crypto.stretching import DEFAULT, Cost
from tests.unit.vault.people import CHEAP

_SILENT = frozenset(
    {
        "No need for symbols, digits, or uppercase letters.",
        "Use a longer keyboard pattern with more turns.",
        "Avoid repeated words and characters.",
        "Avoid sequences.",
        "Avoid recent years.",
        "Avoid years that are associated with you.",
        "Avoid dates and years that are associated with you.",
        "Capitalization doesn't help very much.",
        "All-uppercase is almost as easy to guess as all-lowercase.",
        "Reversed words aren't much harder to guess.",
        "Predictable substitutions like '@' instead of 'a' don't help very much.",
    }
)
"""What zxcvbn says besides, and we leave out: one sentence of advice at a time."""


@pytest.mark.parametrize(
    ("seconds", "memory"),
    [
        (AIM_SECONDS, 64 * 1024),
        (AIM_SECONDS / 2, 128 * 1024),
        (AIM_SECONDS / 3, 192 * 1024),
        (10.0, 64 * 1024),
        (1e9, 64 * 1024),
        (0.001, MOST_MEMORY),
        (0.0, MOST_MEMORY),
    ],
)
def test_memory_follows_the_machine_between_floor_and_ceiling(seconds: float, memory: int) -> None:
    asked: list[Cost] = []

    def here(cost: Cost) -> float:
        asked.append(cost)
        return seconds

    chosen = choose_cost(here)
    assert abs(chosen.memory - memory) <= 1024
    assert chosen.memory % 1024 == 0
    assert (chosen.passes, chosen.lanes) == (3, 4)
    assert asked == [DEFAULT]


def test_the_real_machine_gets_at_least_the_floor() -> None:
    assert measure(CHEAP) > 0
    chosen = choose_cost()
    assert DEFAULT.memory <= chosen.memory <= MOST_MEMORY
    assert not chosen.below_floor


@pytest.mark.parametrize(
    ("passphrase", "advice"),
    [
        ("welkomwelkom", "repeats"),
        ("aaaaaaaaaaaa", "repeats"),
        ("abcdefghijkl", "sequences"),
        ("password123", "common"),
        ("wachtwoord", "more_words"),
        ("marieke2026", "dates"),
    ],
)
def test_weak_passphrases_get_their_advice(passphrase: str, advice: str) -> None:
    found = judge(passphrase, ("Marieke de Boer", "AZC Dronten"))
    assert found.score < 3
    assert found.advice in {advice, "more_words"}


def test_what_others_know_about_a_person_weakens_it() -> None:
    assert judge("marieke dronten").score > judge("marieke dronten", ("Marieke", "AZC Dronten")).score


def test_a_sentence_is_strong_however_long_and_in_any_script() -> None:
    assert judge("vier woorden zijn genoeg").score == 4
    assert judge("x kattenstaart " * 500).score == 4
    assert len("x kattenstaart " * 500) > LONGEST
    assert judge("ብርቱዕ ቃል ምሕላፍ ኣለኒ").score >= 3
    assert judge("").score == 0


def test_every_sentence_of_the_library_has_a_place() -> None:
    spec = find_spec("zxcvbn.feedback")
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).read_text("utf-8")
    called = re.findall(r"_\((.*?)\)\s*(?:[,\]}\n]|$)", source, re.DOTALL)
    sentences = {"".join(_literals(text)) for text in called}
    assert len(sentences) > 20
    assert sorted(sentences - {*ADVICE, *_SILENT}) == []
    assert set(ADVICE.values()) == {
        "more_words",
        "keyboard",
        "repeats",
        "sequences",
        "dates",
        "common",
        "single_word",
        "names",
    }


def _literals(text: str) -> list[str]:
    """Return the string literals in `text`, joined by Python or by a backslash."""
    return [first or second for first, second in re.findall(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'', text)]
