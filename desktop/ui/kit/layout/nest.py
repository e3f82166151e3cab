"""Layouts inside layouts, without the trap of the binding.

`addLayout` and `setLayout` of PySide6 make a Python wrapper for every item of a filled layout and keep it. Qt deletes
such an item when its widget goes, the wrapper stays registered at that address, and the next object Qt puts there is
taken for the dead one: an event for a spacer, a crash later. So the wrappers are let go at once; a test sees to it
that none is ever alive, and that no screen nests in another way (docs/adr/0020).
"""

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout, QWidget
from shiboken6 import invalidate


def nest(outer: QBoxLayout | QGridLayout, inner: QLayout, *place: int) -> None:
    """Put `inner` in `outer`, at `place`: the stretch in a box, row and column in a grid."""
    outer.addLayout(inner, *place)  # type: ignore[call-overload]  # a box takes a stretch, a grid row and column
    _let_go(inner)


def fill(widget: QWidget, layout: QLayout) -> None:
    """Make `layout` the layout of `widget`."""
    widget.setLayout(layout)
    _let_go(layout)


def clear(layout: QBoxLayout) -> None:
    """Take everything out of `layout` and let it go. A layout that is taken out belongs to Python, which frees it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QBoxLayout):
            clear(inner)


def _let_go(layout: QLayout) -> None:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if isinstance(item, QLayout):
            _let_go(item)
        elif item is not None:
            invalidate(item)
