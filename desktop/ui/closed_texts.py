"""How screens say that a part of a case is closed to this laptop: that something is there, and who may read it."""

from desktop.i18n import Catalogue
from desktop.services.dossier.closed import ClosedPart


def closed_sentence(words: Catalogue, part: ClosedPart) -> str:
    """Return both in one or two sentences."""
    if part.entries:
        there = words.plural(
            "{n} entry about health lies here, closed: this laptop has no key to it.",
            "{n} entries about health lie here, closed: this laptop has no key to them.",
            part.entries,
        )
    else:
        there = words.text("Nothing about health came in here, and this laptop has no key to it.")
    if part.reader:
        reader = words.text("{organisation} may read it.", organisation=part.reader)
    else:
        reader = words.text(
            "The laptop on which it was asked reads it, and after the handover whoever received the case."
        )
    return f"{there} {reader}"
