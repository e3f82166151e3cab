"""Columns of cards: side by side, or below each other where a page has no room for both."""

from collections.abc import Iterable

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Space
from desktop.ui.kit.layout.nest import nest


def add_column(row: QBoxLayout, parts: Iterable[QWidget], share: int = 1) -> None:
    """Add a column to `row` with `parts` from the top, which gets its `share` of the width."""
    column = QVBoxLayout()
    column.setSpacing(Space.LARGE)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    nest(row, column, share)


def fit_rows(page: QWidget, theme: Theme, beside_from: int, *rows: QBoxLayout) -> None:
    """Put what is in `rows` side by side from a width of the page of `beside_from` on, else below each other."""
    beside = page.width() >= theme.px(beside_from)
    for row in rows:
        row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
