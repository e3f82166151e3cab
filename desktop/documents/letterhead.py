"""The organisation's letterhead as data for the templates: its logo, name and footer, and the colour of headings."""

from desktop.documents.meta import DocumentMeta
from desktop.documents.printable_text import clean


def letterhead_data(meta: DocumentMeta) -> dict[str, object]:
    """Return what `base.typ` reads; nothing where the organisation has no letterhead, and a document looks as it ships.

    The logo goes as its bytes, one number each: a template can read no file but its own.
    """
    head = meta.letterhead
    if not head.name:
        return {}
    name = clean(head.name)
    return {
        "letterhead": {
            "name": name,
            "colour": head.colour,
            "footer": clean(head.footer),
            "logo": list(meta.logo),
            "alt": clean(head.logo_text) or name,
        }
    }
