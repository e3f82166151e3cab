"""Several banners below each other: one matter each, with its own action, put away one by one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Space
from desktop.ui.kit.surfaces.banner import Banner, BannerKind


@dataclass(frozen=True, slots=True)
class BannerLine:
    """One matter: its sentence and, where something can be done about it, the link that does it."""

    kind: BannerKind
    text: str
    link: str = ""
    on_link: Callable[[], None] | None = None


class BannerList(QWidget):
    """Takes no room while nothing is said. A matter said again replaces its own line and no other."""

    def __init__(self, theme: Theme, close_label: str, name: str = "banner") -> None:
        super().__init__()
        self._theme, self._close_label, self._name = theme, close_label, name
        self._banners: dict[str, Banner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.HAIR)
        self.hide()

    def show_line(self, matter: str, line: BannerLine) -> None:
        """Say `line` about `matter`, below what is said already."""
        banner = self._banners.get(matter)
        if banner is None:
            banner = Banner(self._theme, self._close_label, self._name)
            banner.dismiss.clicked.connect(self._fold)
            self._banners[matter] = banner
        if banner.isHidden():
            self._column.addWidget(banner)
        banner.show_message(line.kind, line.text, line.link, line.on_link)
        self.show()

    def show_lines(self, lines: Mapping[str, BannerLine]) -> None:
        """Say these and nothing else, by their matters."""
        for matter in [each for each in self._banners if each not in lines]:
            self.take_back(matter)
        for matter, line in lines.items():
            self.show_line(matter, line)

    def take_back(self, matter: str) -> None:
        """Say nothing about `matter` any more."""
        if matter in self._banners:
            self._banners[matter].hide()
        self._fold()

    def messages(self) -> Sequence[str]:
        """Return what is said, from the top."""
        shown = (each for each in self._banners.values() if not each.isHidden())
        return [each.message() for each in sorted(shown, key=self._column.indexOf)]

    def _fold(self) -> None:
        self.setVisible(bool(self.messages()))
