"""What every page before the vault shares: the product at the start, the language of the screen at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n.catalogue import Catalogue
from desktop.i18n.languages import DUTCH, LANGUAGES
from desktop.services.suite import AppServices
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.executor import Executor
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.typography.text import Text
from protocol.errors import OpmaatError
from protocol.times import Clock

if TYPE_CHECKING:
    from desktop.vault.vault import Vault

_WIDEST = 960
_SHOWN = 3
_ROOMY = 1.3
_MORE = "more"


@dataclass(frozen=True, slots=True)
class StartContext:
    """What the start pages may use. `go` opens another start page, `opened` hands over an open vault.

    `opened_new` hands over a new vault with its recovery words, `practise` begins a practice environment and
    `set_language` changes the language of the screen.
    """

    services: AppServices
    executor: Executor
    catalogue: Catalogue
    theme: Theme
    clock: Clock
    go: Callable[[str], None]
    opened: "Callable[[Vault], None]"
    opened_new: "Callable[[Vault, tuple[str, ...]], None]"
    practise: Callable[[], None]
    set_language: Callable[[str], None]

    def text(self, msgid: str, **values: str | int) -> str:
        """Return the interface text `msgid`."""
        return self.catalogue.text(msgid, **values)


class StartFrame(QWidget):
    """The frame of a start page; the page fills `body`. Errors stand above the card until the next try."""

    def __init__(self, context: StartContext) -> None:
        super().__init__()
        self.context = context
        theme = context.theme
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        nest(whole, self._head())
        page = ScrollPage(widest=_WIDEST)
        self._page = page
        whole.addWidget(page, 1)
        self._banner = Banner(theme, context.text("Put this message away"))
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.EDGE)
        page.body.addStretch(2)
        page.body.addWidget(self._banner)
        nest(page.body, self.body)
        nest(page.body, self._foot())
        page.body.addStretch(5)
        theme.changed.connect(self._fit)
        self._fit()

    def report(self, error: OpmaatError) -> None:
        """Say what went wrong and what to do next."""
        from desktop.i18n.messages import text_for

        self._banner.show_message("wrong", text_for(error, self.context.catalogue))

    def show_notice(self, text: str) -> None:
        """Say something that is not an error."""
        self._banner.show_message("neutral", text)

    def clear_report(self) -> None:
        """Take the last error away."""
        self._banner.hide()

    def begin(self) -> None:
        """Put the keyboard where work begins; called when the page is on screen."""

    def last_row(self, back_name: str, go_on: Button) -> QHBoxLayout:
        """Return the row that ends a page: back to the first page, and `go_on` over the rest of the width."""
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        back = Button(self.context.theme, self.context.text("Back"), back_name, icon="arrow-left")
        back.clicked.connect(lambda: self.context.go("start"))
        row.addWidget(back)
        row.addWidget(go_on, 1)
        return row

    def _head(self) -> QHBoxLayout:
        theme = self.context.theme
        row = QHBoxLayout()
        row.setContentsMargins(Space.EDGE, Space.BLOCK, Space.EDGE, 0)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(Icon(theme, "mark", 26, Tone.PRIMARY))
        row.addWidget(Text(theme, "Opmaat", Role.CARD, wrap=False))
        row.addStretch(1)
        label = self.context.text("Language of the screen")
        self._label = Text(theme, label, Role.SMALL, tone=Tone.SOFT, wrap=False)
        row.addWidget(self._label)
        row.addWidget(self._languages())
        return row

    def _languages(self) -> Segmented:
        self._switch = Segmented(
            self.context.theme, "start.language", self.context.text("Language of the screen"), self._change_language
        )
        return self._switch

    def _fit(self) -> None:
        theme = self.context.theme
        self._page.set_widest(theme.px(_WIDEST))
        roomy = theme.scale <= _ROOMY
        self._label.setVisible(roomy)
        chosen = theme.language.tag
        order = sorted(LANGUAGES, key=lambda each: (each.tag != DUTCH and roomy, each.tag != chosen, each.tag != "en"))
        shown = order[: _SHOWN if roomy else 1]
        segments = [SegmentOption(each.tag, each.own_name, each) for each in shown]
        segments.append(SegmentOption(_MORE, self.context.text("More"), opens_menu=True))
        self._switch.set_segments(segments, chosen)

    def _change_language(self, key: str) -> None:
        if key != _MORE:
            self.context.set_language(key)
            return
        self._switch.choose(self.context.theme.language.tag)
        menu = QMenu(self)
        for each in LANGUAGES:
            menu.addAction(each.own_name, partial(self.context.set_language, each.tag))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._switch.mapToGlobal(self._switch.rect().bottomLeft()))

    def _foot(self) -> QHBoxLayout:
        theme = self.context.theme
        row = QHBoxLayout()
        row.setContentsMargins(0, Space.LARGE, 0, 0)
        row.setSpacing(Space.MEDIUM)
        row.addStretch(1)
        row.addWidget(Icon(theme, "shield", 22), 0, Qt.AlignmentFlag.AlignVCenter)
        promise = self.context.text("Works without internet. Everything on this laptop is encrypted.")
        words = Text(theme, promise, Role.BODY, tone=Tone.SOFT)
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row.addWidget(words, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        return row
