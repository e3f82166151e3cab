"""The list of people on paper: a table with what stands on the screen, in its language and direction."""

from collections.abc import Sequence
from html import escape

from desktop.i18n import Catalogue
from desktop.services.caseload.caseload_rows import PersonRow
from desktop.ui.people.people_texts import HEADERS, row_text


def people_html(title: str, rows: Sequence[PersonRow], catalogue: Catalogue) -> str:
    """Return a page with a heading and a table of `rows`; what people typed is text and never markup."""
    heads = "".join(f'<th align="left">{_text(catalogue.text(each))}</th>' for each in HEADERS)
    body = "".join(_line(row, catalogue) for row in rows)
    side = "rtl" if catalogue.language.is_rtl else "ltr"
    return (
        f'<html dir="{side}"><h2>{_text(title)}</h2>'
        f'<table border="1" cellspacing="0" cellpadding="4" width="100%" dir="{side}">'
        f"<thead><tr>{heads}</tr></thead>{body}</table></html>"
    )


def _line(row: PersonRow, catalogue: Catalogue) -> str:
    said = row_text(row, catalogue)
    cells = (f"{said.name}\n{row.number}", said.step, said.term, said.chip, said.municipality)
    return f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}</tr>"


def _text(words: str) -> str:
    return escape(words).replace("\n", "<br>")
