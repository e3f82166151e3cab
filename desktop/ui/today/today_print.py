"""The page of the day on paper: a table with what stands on the screen, in its language and direction."""

from collections.abc import Sequence
from html import escape

from desktop.i18n import Catalogue
from desktop.i18n.mark import N_
from desktop.services.today.today_list import TodayRow
from desktop.ui.today.today_texts import GROUPS, need_text

_HEADS = (N_("When"), N_("Who"), N_("Next step"))


def today_html(title: str, rows: Sequence[TodayRow], catalogue: Catalogue) -> str:
    """Return a page with a heading and a table of `rows`; what people typed is text and never markup."""
    heads = "".join(f'<th align="left">{escape(catalogue.text(each))}</th>' for each in _HEADS)
    body = "".join(_line(row, catalogue) for row in rows)
    side = "rtl" if catalogue.language.is_rtl else "ltr"
    return (
        f'<html dir="{side}"><h2>{escape(title)}</h2>'
        f'<table border="1" cellspacing="0" cellpadding="4" width="100%" dir="{side}">'
        f"<thead><tr>{heads}</tr></thead>{body}</table></html>"
    )


def _line(row: TodayRow, catalogue: Catalogue) -> str:
    said = need_text(row, catalogue)
    cells = (
        f"{catalogue.text(GROUPS[row.need.group])}\n{said.chip}",
        f"{row.name}\n{row.number}",
        f"{said.title}\n{said.under}",
    )
    return f"<tr>{''.join('<td>' + escape(cell).replace(chr(10), '<br>') + '</td>' for cell in cells)}</tr>"
