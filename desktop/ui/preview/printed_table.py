"""A list on paper: a page with a heading and a table, in the language and direction of the screen."""

from collections.abc import Iterable
from html import escape

from desktop.i18n import Catalogue


def table_html(title: str, heads: Iterable[str], lines: Iterable[Iterable[str]], catalogue: Catalogue) -> str:
    """Return a page with `lines` of cells below `heads` (msgids); what people typed is text and never markup."""
    first = "".join(f'<th align="left">{_text(catalogue.text(each))}</th>' for each in heads)
    body = "".join(f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}</tr>" for cells in lines)
    side = "rtl" if catalogue.language.is_rtl else "ltr"
    return (
        f'<html dir="{side}"><h2>{_text(title)}</h2>'
        f'<table border="1" cellspacing="0" cellpadding="4" width="100%" dir="{side}">'
        f"<thead><tr>{first}</tr></thead>{body}</table></html>"
    )


def _text(words: str) -> str:
    return escape(words).replace("\n", "<br>")
