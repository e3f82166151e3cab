"""The list of people on paper: a table with what stands on the screen, in its language and direction."""

from collections.abc import Sequence

from desktop.i18n import Catalogue
from desktop.services.caseload.caseload_rows import PersonRow
from desktop.ui.people.people_texts import HEADERS, row_text
from desktop.ui.preview.printed_table import table_html


def people_html(title: str, rows: Sequence[PersonRow], catalogue: Catalogue) -> str:
    """Return a page with a heading and a table of `rows`; what people typed is text and never markup."""
    return table_html(title, HEADERS, (_line(row, catalogue) for row in rows), catalogue)


def _line(row: PersonRow, catalogue: Catalogue) -> tuple[str, ...]:
    said = row_text(row, catalogue)
    return f"{said.name}\n{row.number}", said.step, said.term, said.chip, said.municipality
