"""What speaks for a route, or against it: as many arguments as there is room for, and how many there are more."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.plan.model.support_plan import Argument, LegalRoute, Sign
from desktop.services.plan.plan_parts import PlanView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import clear
from desktop.ui.kit.typography.text import Text
from desktop.ui.plan.routes.argument_line import ArgumentLine, route_name
from desktop.ui.plan.routes.place_link import PlaceLink


class RouteCell(QWidget):
    """One section of a column; its column and neighbours share the height of its row."""

    def __init__(self, theme: Theme, *, bottom: int = Space.LARGE) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(theme.px(18), theme.px(Space.MEDIUM), theme.px(18), bottom)
        self.body.setSpacing(theme.px(Space.HAIR))


class RouteSection(RouteCell):
    """`more_asked` asks to show all arguments, or fewer; `write_asked` for a place to write one, or to change it."""

    more_asked = Signal()
    write_asked = Signal(object)
    followed = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue, route: LegalRoute, sign: Sign, heading: str) -> None:
        super().__init__(theme, bottom=theme.px(Space.SMALL))
        self.route, self.sign = route, sign
        self._theme, self._texts = theme, texts
        self._lines: list[ArgumentLine] = []
        self._limit: int | None = None
        self._offered: tuple[int, bool] | None = None
        self._write: PlaceLink | None = None
        self.body.addWidget(Text(theme, heading, Role.SMALL_STRONG, tone=Tone.SOFT))
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.body.addWidget(self._list)
        self._foot = QWidget()
        self._ways = QVBoxLayout(self._foot)
        self._ways.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._foot)
        self.body.addStretch(1)

    def show_arguments(self, arguments: Sequence[Argument], view: PlanView) -> None:
        """Show `arguments`, as many as were last allowed."""
        clear(self._column)
        self._lines = [
            ArgumentLine(self._theme, self._texts, each, view, self.followed.emit, self.write_asked.emit)
            for each in arguments
        ]
        for line in self._lines:
            self._column.addWidget(line)
        self.limit(self._limit)

    @property
    def count(self) -> int:
        """How many arguments there are."""
        return len(self._lines)

    def limit(self, most: int | None) -> None:
        """Show at most `most` arguments; None shows all."""
        self._limit = most
        for place, line in enumerate(self._lines):
            line.setVisible(most is None or place < most)
        self._list.setVisible(bool(self._lines))
        self._show_ways(0 if most is None else max(0, len(self._lines) - most))

    def height_at(self, width: int, most: int) -> int:
        """Return the pixels the section takes in a column of `width` when it shows `most` arguments."""
        theme = self._theme
        margins = self.body.contentsMargins()
        room = width - margins.left() - margins.right()
        heading = theme.type_size(Role.SMALL_STRONG).leading + 2 * theme.px(Space.HAIR)
        ways = max(Target.LEAST, theme.type_size(Role.SMALL).leading)
        lines = sum(line.height_at(room) for line in self._lines[:most])
        return margins.top() + margins.bottom() + heading + lines + ways

    def focus_writing(self) -> None:
        """Put the keyboard where an argument is written."""
        if self._write is not None:
            self._write.setFocus()

    def _show_ways(self, hidden: int) -> None:
        turns = bool(hidden) or (self._limit is None and len(self._lines) > 1)
        if (hidden, turns) == self._offered:
            return
        self._offered = (hidden, turns)
        clear(self._ways)
        texts, name = self._texts, route_name(self.route, self.sign)
        links: list[QWidget] = []
        if turns:
            words = texts.plural("+ {n} more", "+ {n} more", hidden) if hidden else texts.text("Show fewer")
            spoken = texts.text("Show all reasons of all routes") if hidden else words
            more = PlaceLink(self._theme, words, f"{name}.more", spoken)
            more.clicked.connect(self.more_asked)
            links.append(more)
        write = PlaceLink(self._theme, texts.text("Add one"), f"{name}.write", texts.text("Write a reason of your own"))
        write.clicked.connect(lambda: self.write_asked.emit(None))
        links.append(write)
        self._write = write
        self._ways.addWidget(FlowRow(links, gap=Space.MEDIUM), 0, Qt.AlignmentFlag.AlignTop)
