"""The settings page. Every choice works at once and is kept on this laptop."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n.languages import LANGUAGES
from desktop.kernel.changes import Changes
from desktop.services.accounts.preferences import SIZES, DisplaySettings
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.card import Card, Divider
from desktop.ui.kit.typography.text import Text
from desktop.ui.settings.backup_card import BackupSettingsCard
from desktop.ui.settings.check_card import CheckCard
from desktop.ui.settings.colleague_card import ColleagueCard
from desktop.ui.settings.help_card import HelpCard
from desktop.ui.settings.lock_card import LockCard
from desktop.ui.settings.notices_card import NoticesCard
from desktop.ui.settings.rejoin_card import RejoinCard
from desktop.ui.settings.report_card import ReportCard
from desktop.ui.settings.trail_card import TrailCard
from desktop.ui.settings.unlock_methods_card import UnlockMethodsCard
from desktop.ui.settings.vault_card import VaultSettingsCard
from desktop.ui.settings.workbook_card import WorkbookCard
from desktop.ui.stick.keys_card import KeysCard

CHECK, REPORT, WORKBOOK = "check", "report", "workbook"
"""The parts of this page that check the vault, make a report of what went wrong, and show the workbook."""

_WIDEST = 760


@dataclass(frozen=True, slots=True)
class AppearanceActions:
    """How the page changes the look of the whole application, which keeps it too; when it locks; and its report."""

    look: Callable[[], DisplaySettings]
    set_language: Callable[[str], None]
    set_size: Callable[[int], None]
    set_scheme: Callable[[str], None]
    set_idle: Callable[[int], None]
    save_report: Callable[[Path], None]


class SettingsPage(QWidget):
    """Screen and vault, one card each."""

    def __init__(self, context: UiContext, actions: AppearanceActions) -> None:
        super().__init__()
        self._context, self._actions = context, actions
        theme, text = context.theme, context.text
        page = ScrollPage()
        self._page = page
        theme.changed.connect(self._fit)
        self._fit()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)
        page.body.addWidget(Text(theme, text("Settings"), Role.PAGE))
        self._notices = NoticesCard(context)
        page.body.addWidget(self._notices)
        card = Card(theme, padding=Space.BLOCK)
        page.body.addWidget(card)
        card.body.addWidget(Text(theme, text("The screen"), Role.CARD))
        self._language = Segmented(theme, "settings.language", text("Language of the screen"), actions.set_language)
        self._size = Segmented(theme, "settings.size", text("Text size"), lambda key: actions.set_size(int(key)))
        self._scheme = Segmented(theme, "settings.scheme", text("Light or dark"), actions.set_scheme)
        self._row(card, text("Language of the screen"), text("The interview keeps its own languages."), self._language)
        card.body.addWidget(Divider(theme))
        self._row(card, text("Text size"), text("Everything grows along; nothing falls off."), self._size)
        card.body.addWidget(Divider(theme))
        self._row(card, text("Light or dark"), text("Dark is calmer in a dim room."), self._scheme)
        page.body.addWidget(RejoinCard(context))
        page.body.addWidget(BackupSettingsCard(context))
        page.body.addWidget(ColleagueCard(context))
        self.workbook = WorkbookCard(context)
        page.body.addWidget(self.workbook)
        self.keys = KeysCard(context)
        page.body.addWidget(self.keys)
        self.check = CheckCard(context)
        page.body.addWidget(self.check)
        self.report = ReportCard(context, actions.save_report)
        self._add_vault_cards(page)
        page.body.addStretch(1)
        self._fill()

    def _add_vault_cards(self, page: ScrollPage) -> None:
        context = self._context
        page.body.addWidget(TrailCard(context))
        vault, ways = VaultSettingsCard(context), UnlockMethodsCard(context)
        vault.changed.connect(ways.look)
        ways.changed.connect(vault.look)
        page.body.addWidget(vault)
        page.body.addWidget(ways)
        page.body.addWidget(LockCard(context, self._actions.set_idle))
        page.body.addWidget(self.report)
        page.body.addWidget(HelpCard(context))

    def refresh(self, _changes: Changes) -> None:
        """Show the look in force, and what was not exchanged."""
        self._fill()
        self._notices.look()
        self.workbook.look()
        self.keys.look()

    def show_part(self, part: str) -> None:
        """Begin the check at once where that is asked for."""
        if part == CHECK:
            self.check.start()
        card = {CHECK: self.check, REPORT: self.report, WORKBOOK: self.workbook}.get(part)
        if card is not None:
            QTimer.singleShot(0, self, lambda: self._page.ensureWidgetVisible(card))

    def _fit(self) -> None:
        self._page.set_widest(self._context.theme.px(_WIDEST))

    def _fill(self) -> None:
        text, look = self._context.text, self._actions.look()
        self._language.set_segments([SegmentOption(each.tag, each.own_name, each) for each in LANGUAGES], look.language)
        self._size.set_segments([SegmentOption(str(size), f"{size} %") for size in SIZES], str(look.size))
        schemes = [SegmentOption("light", text("Light")), SegmentOption("dark", text("Dark"))]
        self._scheme.set_segments(schemes, look.scheme)

    def _row(self, card: Card, title: str, hint: str, control: QWidget) -> None:
        theme = self._context.theme
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(theme, title, Role.STRONG))
        words.addWidget(Text(theme, hint, Role.SMALL, tone=Tone.SOFT))
        nest(card.body, words)
        card.body.addWidget(control)
        card.body.addSpacing(Space.HAIR)
