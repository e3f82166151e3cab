"""What attachments are called and how they are told, in the interface language."""

from desktop.i18n import N_, format_date
from desktop.i18n.catalogue import Catalogue
from desktop.media import MediaType
from desktop.records import About
from desktop.services.interview.attachments import AttachmentRow
from desktop.ui.common_texts import authored

ABOUT: dict[About, str] = {
    "diploma": N_("Diploma or certificate"),
    "permit": N_("Residence permit or identity document"),
    "cv": N_("CV"),
    "signature": N_("Signature"),
    "proof": N_("Proof of work or experience"),
    "other": N_("Something else"),
}
COPY_CARE = N_(
    "Check whether your organisation may keep a copy of this document. If not, remove it and only note that you have "
    "seen it. (Opmaat's proposal [R], not a legal text.)"
)
_MEGABYTE, _KILOBYTE = 1_000_000, 1_000
_FIRST_STRONG, _POP = "\u2068", "\u2069"


def name_of(row: AttachmentRow, words: Catalogue) -> str:
    """Return the name of an attachment; its direction is its own. A pasted picture has none and gets one."""
    return apart(row.name) if row.name else words.text(N_("Pasted picture"))


def apart(text: str) -> str:
    """Return `text` isolated, so that its direction and that of the line around it leave each other alone."""
    return f"{_FIRST_STRONG}{text}{_POP}"


def size_text(size: int, words: Catalogue) -> str:
    """Return `size` bytes as a person reads it."""
    if size >= _MEGABYTE:
        return words.text("{size} MB", size=f"{size / _MEGABYTE:.1f}".replace(".", ","))
    return words.text("{size} kB", size=max(1, round(size / _KILOBYTE)))


def facts_of(row: AttachmentRow, words: Catalogue) -> str:
    """Return pages, size, day and author in one line."""
    pages = words.plural("{n} page", "{n} pages", row.pages) if row.kind is MediaType.PDF or row.pages > 1 else ""
    day = apart(format_date(row.added.astimezone().date()))
    facts = (pages, size_text(row.size, words), day, authored(row.author, row.organisation))
    return " · ".join(fact for fact in facts if fact)


def spoken_of(row: AttachmentRow, words: Catalogue) -> str:
    """Return what assistive technology says of the thumbnail: that it opens, and what."""
    what = ", ".join((row.name or words.text(N_("Pasted picture")), words.text(ABOUT[row.about]), facts_of(row, words)))
    return words.text("Open {what}", what=what)
