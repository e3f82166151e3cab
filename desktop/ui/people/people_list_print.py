"""The list of people on paper: a table with what stands on the screen, in its language and direction."""

from collections.abc import Sequence
from html import escape

from desktop.i18n import Catalogue
from desktop.i18n.mark import N_
from desktop.services.caseload.caseload_rows import PersonRow
from desktop.ui.people.people_texts import row_text

_HEADERS = (N_("Who"), N_("Next step"), N_("Term"), N_("State"), N_("Municipality"))


def people_html(title: str, rows: Sequence[PersonRow], catalogue: Catalogue) -> str:
    """Return a page with a heading and a table of `rows`; what people typed is text and never markup."""
    lines = [tuple(catalogue.text(each) for each in _HEADERS)]
    for row in rows:
        said = row_text(row, catalogue)
        lines.append((f"{said.name}\n{row.number}", said.step, said.term, said.chip, said.municipality))
    heads = "".join(f'<th align="left">{_text(cell)}</th>' for cell in lines[0])
    cells = ("".join(f"<td>{_text(cell)}</td>" for cell in line) for line in lines[1:])
    body = "".join(f"<tr>{line}</tr>" for line in cells)
    side = "rtl" if catalogue.language.is_rtl else "ltr"
    return (
        f'<html dir="{side}"><h2>{_text(title)}</h2>'
        f'<table border="1" cellspacing="0" cellpadding="4" width="100%" dir="{side}">'
        f"<thead><tr>{heads}</tr></thead>{body}</table></html>"
    )


def _text(words: str) -> str:
    return escape(words).replace("\n", "<br>")
