"""Isolation of names, codes and numbers inside text of another direction (Unicode UAX #9, section 2.5)."""

import unicodedata

_LRI, _FSI, _PDI = "\u2066", "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def isolate(text: str) -> str:
    """Return `text` as one isolate: left-to-right unless it holds right-to-left letters, else by its first letter.

    A first-strong isolate alone would put a time or a date, which has no strong letter, in the wrong order.
    """
    if not text:
        return text
    return f"{_FSI if has_right_to_left(text) else _LRI}{text}{_PDI}"


def isolate_lines(text: str) -> str:
    """Return `text` with each line as an isolate of its own, because none reaches past the end of its paragraph."""
    return "\n".join(isolate(line) for line in text.split("\n"))


def has_right_to_left(text: str) -> bool:
    """Tell whether `text` holds a letter that runs from right to left."""
    return any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text)


def strip_isolates(text: str) -> str:
    """Return `text` without isolate characters, for comparison and for plain-text export."""
    return text.translate({0x2066: None, 0x2067: None, 0x2068: None, 0x2069: None})
