"""What readers say about translations, as a PO file that a translator opens beside the catalogue it is about."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TextRemark:
    """One text of a catalogue: `msgid`, its translation now (blank for none), where it stands and what was said of it.

    `context` is the msgctxt of the text, blank where it has none.
    """

    msgid: str
    translation: str
    place: str
    remarks: tuple[str, ...] = ()
    context: str = ""


def write_suggestions(tag: str, texts: Iterable[TextRemark], made: datetime) -> bytes:
    """Return a PO file of `texts` in language `tag`, each fuzzy, with what was said as comments of a reader.

    Two texts with the same words and context are one entry with all that was said.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalogue = Catalog(
        locale=tag,
        header_comment="# Remarks of readers on the translation. Without answers and without names.",
        project="opmaat",
        charset="utf-8",
        creation_date=made,
        revision_date=made,
    )
    for text in texts:
        catalogue.add(
            text.msgid,
            text.translation,
            locations=[(text.place, None)],  # type: ignore[list-item]  # a text has a question, not a line
            flags={"fuzzy"},
            user_comments=text.remarks,
            context=text.context or None,
        )
    written = io.BytesIO()
    write_po(written, catalogue, width=0)
    return written.getvalue()
