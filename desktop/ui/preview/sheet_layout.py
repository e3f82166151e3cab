"""How a page that shows sheets is laid out: a head, the tools, messages, and the sheets over the rest."""

from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.ui.design.tokens import Space
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.typography.text import Text
from desktop.ui.preview.sheet_view import SheetView


def stack(page: QWidget, rows: tuple[QLayout, ...], banner: Banner, state: Text, sheets: SheetView) -> None:
    """Lay out `page`: `rows` from the top, `banner` between margins, then `state` and `sheets` from edge to edge."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for row in rows:
        nest(column, row)
    around = QHBoxLayout()
    around.setContentsMargins(Space.EDGE, 0, Space.EDGE, 0)
    around.addWidget(banner)
    nest(column, around)
    column.addWidget(state)
    column.addWidget(sheets, 1)
