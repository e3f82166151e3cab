"""The page of the day on paper: a table with what stands on the screen, in its language and direction."""

from collections.abc import Sequence

from desktop.i18n import Catalogue
from desktop.i18n.mark import N_
from desktop.services.today.today_list import TodayRow
from desktop.ui.preview.printed_table import table_html
from desktop.ui.today.today_texts import GROUPS, need_text

_HEADS = (N_("When"), N_("Who"), N_("Next step"))


def today_html(title: str, rows: Sequence[TodayRow], catalogue: Catalogue) -> str:
    """Return a page with a heading and a table of `rows`; what people typed is text and never markup."""
    return table_html(title, _HEADS, (_line(row, catalogue) for row in rows), catalogue)


def _line(row: TodayRow, catalogue: Catalogue) -> tuple[str, ...]:
    said = need_text(row, catalogue)
    when = f"{catalogue.text(GROUPS[row.need.group])}\n{said.chip}"
    return when, f"{row.name}\n{row.number}", f"{said.title}\n{said.under}"
