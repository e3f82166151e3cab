"""How hard a passphrase is to guess, by zxcvbn (Wheeler, USENIX Security 2016): advice, never a bar.

Its lists are English. Names and a few Dutch words that people reach for first are added; an ordinary Dutch sentence is
therefore judged somewhat too kindly, which is why the least length holds whatever it says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

LONGEST = 72
"""Characters that are looked at; what comes after can only make it stronger."""

ENOUGH = 3
"""The score from which zxcvbn calls a secret safely unguessable (0 to 4)."""

_DUTCH = (
    "wachtwoord welkom opmaat azc inburgering gemeente vluchteling intake geheim sleutel kluis laptop lente zomer "
    "herfst winter januari februari maart april mei juni juli augustus september oktober november december maandag "
    "dinsdag woensdag donderdag vrijdag zaterdag zondag nederland hallo test qwerty"
)

ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "Use a few words, avoid common phrases.": "more_words",
        "Add another word or two. Uncommon words are better.": "more_words",
        "Straight rows of keys are easy to guess.": "keyboard",
        "Short keyboard patterns are easy to guess.": "keyboard",
        'Repeats like "aaa" are easy to guess.': "repeats",
        'Repeats like "abcabcabc" are only slightly harder to guess than "abc".': "repeats",
        'Sequences like "abc" or "6543" are easy to guess.': "sequences",
        "Recent years are easy to guess.": "dates",
        "Dates are often easy to guess.": "dates",
        "This is a top-10 common password.": "common",
        "This is a top-100 common password.": "common",
        "This is a very common password.": "common",
        "This is similar to a commonly used password.": "common",
        "A word by itself is easy to guess.": "single_word",
        "Names and surnames by themselves are easy to guess.": "names",
        "Common names and surnames are easy to guess.": "names",
    }
)
"""From what zxcvbn says to our code of it; a test goes through its sources for sentences that are missing here."""


@dataclass(frozen=True, slots=True)
class Strength:
    """`score` from 0 (guessed at once) to 4, and what would help: one of our codes for it, or empty."""

    score: int
    advice: str


def judge(passphrase: str, about: Sequence[str] = ()) -> Strength:
    """Return how hard `passphrase` is to guess for somebody who knows `about`: names of person and organisation."""
    from zxcvbn import zxcvbn

    if not passphrase:
        return Strength(0, "more_words")
    known = [*(word for text in about for word in (text, *text.split())), *_DUTCH.split()]
    found = zxcvbn(passphrase[:LONGEST], user_inputs=known)
    if found["score"] >= ENOUGH:
        return Strength(found["score"], "")
    sentences = [found["feedback"]["warning"], *found["feedback"]["suggestions"]]
    advice = next((ADVICE[sentence] for sentence in sentences if sentence in ADVICE), "more_words")
    return Strength(found["score"], advice)
