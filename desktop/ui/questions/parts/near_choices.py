"""Which choices of a long list look like what was typed, where none is spelt so."""

from difflib import SequenceMatcher

from desktop.i18n import folded, isolate
from desktop.services.interview.page_parts import ChoiceView

_MOST, _LEAST_ALIKE = 4, 0.6


def label_of(choice: ChoiceView) -> str:
    """Return the choice in both languages on one line."""
    if choice.other in {"", choice.dutch}:
        return choice.dutch
    return f"{choice.dutch} · {isolate(choice.other)}"


def spellings_of(choice: ChoiceView) -> tuple[str, str, str]:
    """Return the texts by which the choice may be typed."""
    return choice.dutch, choice.other, label_of(choice)


def near_choices(typed: str, choices: tuple[ChoiceView, ...]) -> tuple[ChoiceView, ...]:
    """Return the few choices that look most like `typed` in either language, the likeliest first; none may be."""
    sought = folded(typed)
    found = [(_likeness(sought, choice), place, choice) for place, choice in enumerate(choices)] if sought else []
    near = sorted((each for each in found if each[0] >= _LEAST_ALIKE), key=lambda each: (-each[0], each[1]))
    return tuple(choice for _likely, _place, choice in near[:_MOST])


def _likeness(sought: str, choice: ChoiceView) -> float:
    texts = {folded(choice.dutch), folded(choice.other)}
    parts = {part for text in texts for part in (text, *text.split())}
    return max((_ratio(sought, part) for part in parts if part), default=0.0)


def _ratio(sought: str, part: str) -> float:
    matcher = SequenceMatcher(None, sought, part, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _LEAST_ALIKE else 0.0
