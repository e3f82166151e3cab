"""What the letter says of a question, in words and signs (its state, its answer, what a reader hears), and its page."""

from collections.abc import Mapping

from desktop.i18n import N_, Catalogue, isolate
from desktop.services.interview.review import ReviewItem, ReviewReason
from desktop.ui.kit.controls.chip import ChipKind

WORDS: Mapping[ReviewReason, str] = {
    "conflict": N_("two answers"),
    "missing": N_("needed for the plan"),
    "later": N_("ask later"),
    "flagged": N_("translation is wrong"),
    "declined": N_("would rather not say"),
    "unknown": N_("does not know"),
    "open": N_("not asked yet"),
    "not_in_form": N_("not in this version"),
}
LOOK: Mapping[ReviewReason, tuple[ChipKind, str]] = {
    "conflict": ("asks", "merge"),
    "missing": ("asks", "pencil"),
    "later": ("neutral", "later"),
    "flagged": ("neutral", "flag"),
    "declined": ("neutral", "hand"),
    "unknown": ("neutral", "question"),
    "open": ("neutral", "circle"),
    "not_in_form": ("neutral", "info"),
}


def page_to_open(item: ReviewItem) -> str:
    """Return the page to which the line of `item` leads."""
    return "conflict" if item.reason == "conflict" else "interview"


def state_words(item: ReviewItem, words: Catalogue) -> str:
    """Return what the chip of `item` says, blank for what was simply answered."""
    return words.text(WORDS[item.reason]) if item.reason in WORDS else ""


def answers_of(item: ReviewItem, words: Catalogue, person: Catalogue) -> tuple[str, str]:
    """Return the answer for the reader of the screen and for the person, whose figures keep their order."""
    if item.kind == "repeat" and item.answer:
        return words.text("{n} in the list", n=item.answer), person.text("{n} in the list", n=item.answer)
    if item.kind == "file":
        said = bool(item.files)
        texts = [each.plural("{n} file", "{n} files", item.files) if said else "" for each in (words, person)]
        return texts[0], texts[1]
    if item.kind == "acknowledge" and item.answer:
        return words.text("Read and understood"), person.text("Read and understood")
    other = item.other_answer or item.answer
    return item.answer, isolate(other) if other and person.language.is_rtl else other


def spoken(item: ReviewItem, words: Catalogue, answers: tuple[str, str]) -> str:
    """Return the line as it is read aloud: question, answer, state, note, and the words of the person's language."""
    note = words.text("Note: {text}", text=item.note) if item.note else ""
    parts = (item.row, item.question, answers[0], state_words(item, words), note, item.other, answers[1])
    return ", ".join(dict.fromkeys(part for part in parts if part))
