"""The head of a page in the middle, as wide as the content below it."""

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from desktop.ui.design.tokens import Space
from desktop.ui.kit.layout.nest import fill


def centred(layout: QBoxLayout, widest: int) -> QWidget:
    """Return `layout` in a widget that keeps it at most `widest` pixels wide, centred between the window edges."""
    inner, outer = QWidget(), QWidget()
    fill(inner, layout)
    inner.setMaximumWidth(widest)
    row = QHBoxLayout(outer)
    row.setContentsMargins(Space.EDGE, 0, Space.EDGE, 0)
    row.addStretch(1)
    row.addWidget(inner, 1000)
    row.addStretch(1)
    return outer
