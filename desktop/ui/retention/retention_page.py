"""The page of what must be erased. Nothing goes by itself; a person confirms each case by its number."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import format_date
from desktop.i18n.messages import text_for
from desktop.kernel.changes import Aspect, Changes
from desktop.services.backups.known_backups import Backup
from desktop.services.rights.retention import DueRow, ErasureResult, RetentionView
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.surfaces.card import Card, Divider, show
from desktop.ui.kit.typography.text import Text
from desktop.ui.retention.due_card import DueCard
from desktop.ui.retention.duty_card import DutyCard
from desktop.ui.retention.mistake_card import MistakeCard
from desktop.ui.retention.retention_texts import LATER, later_detail
from protocol.errors import OpmaatError, UserError

_WIDEST = 760
_SHOWN = 20
"""Tombstones shown; the others stay in the vault."""


class RetentionPage(QWidget):
    """What is due, what comes, the backups that still have to be reached, and what was erased."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        theme, text = context.theme, context.text
        self._page = page = ScrollPage(widest=theme.px(_WIDEST))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)
        back = Button(theme, text("Settings"), "retention.back", kind="link", icon="arrow-left")
        back.clicked.connect(lambda: context.navigate("settings"))
        page.body.addWidget(back, 0, Qt.AlignmentFlag.AlignLeading)
        page.body.addWidget(Text(theme, text("What must be erased"), Role.PAGE))
        hint = text("Nothing is erased by itself. What this laptop cannot reach, it does not claim to have erased.")
        page.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        self.banner = Banner(theme, text("Put away"), "retention.banner")
        page.body.addWidget(self.banner)
        self._due = QVBoxLayout()
        self._due.setSpacing(Space.LARGE)
        nest(page.body, self._due)
        self._backups, self._backup_rows = self._list_card(text("Backups to connect"))
        self._later, self._later_rows = self._list_card(text("Comes later"))
        self.duty = DutyCard(theme, context.catalogue)
        self.duty.noted.connect(self._note)
        self.mistake = MistakeCard(context, self._done)
        self._erased, self._erased_rows = self._list_card(text("Erased"))
        for card in (self._backups, self._later, self.mistake, self.duty, self._erased):
            page.body.addWidget(card)
        page.body.addStretch(1)

    def refresh(self, changes: Changes) -> None:
        """Look again where something may have changed."""
        if not changes or changes.aspects & {Aspect.CASELOAD, Aspect.HANDOVER, Aspect.SYNC}:
            self._context.run(self._context.services.retention.view, self._show, self)

    def show_part(self, part: str) -> None:
        """Ask at once about the case with the number `part`, as one that was made by mistake."""
        self._page.ensureWidgetVisible(self.mistake)
        self.mistake.begin(part)

    def _list_card(self, title: str) -> tuple[Card, QVBoxLayout]:
        card = Card(self._context.theme, padding=Space.BLOCK)
        card.body.addWidget(Text(self._context.theme, title, Role.CARD))
        rows = QVBoxLayout()
        rows.setSpacing(Space.MEDIUM)
        nest(card.body, rows)
        card.hide()
        return card, rows

    def _show(self, view: RetentionView) -> None:
        later = [row for row in view.rows if not row.due]
        for layout in (self._due, self._backup_rows, self._later_rows, self._erased_rows):
            clear(layout)
        for number, row in enumerate(view.due):
            self._due.addWidget(self._due_card(number, row))
        if not view.due:
            self._due.addWidget(self._nothing())
        for backup in view.waiting:
            self._add_backup(backup)
        for row in later:
            self._add_line(self._later_rows, f"{row.name} · {row.number}", later_detail(row, self._context.catalogue))
        for stone in view.erased[:_SHOWN]:
            day, text = format_date(stone.moment.astimezone().date()), self._context.text
            why = text(LATER.get(stone.reason, stone.reason))
            unfinished = text("Not finished: open the vault again when the disk has room.")
            self._add_line(self._erased_rows, day, why if stone.done else f"{why} · {unfinished}")
        show(self._backups, shown=bool(view.waiting))
        show(self._later, shown=bool(later))
        show(self._erased, shown=bool(view.erased))
        for card in (self.duty, self.mistake):
            show(card, shown=bool(view.duties))
        self.duty.show_rows(view.duties)

    def _nothing(self) -> Card:
        card = Card(self._context.theme, padding=Space.BLOCK)
        text = self._context.text("Nothing has to be erased now.")
        card.body.addWidget(Text(self._context.theme, text, Role.BODY))
        return card

    def _due_card(self, number: int, row: DueRow) -> DueCard:
        card = DueCard(self._context.theme, self._context.catalogue, row, f"retention.due.{number}")
        card.erase.connect(partial(self._erase, row, card))
        return card

    def _add_backup(self, backup: Backup) -> None:
        theme, text = self._context.theme, self._context.text
        made, kept = (format_date(each.astimezone().date()) for each in (backup.made, backup.expires))
        line = text("Made on {made}, kept until {kept}", made=made, kept=kept)
        self._add_line(self._backup_rows, str(backup.path), line)
        hint = text("Something that was erased may still be opened from it. Connect it, or say that it is gone.")
        self._backup_rows.addWidget(Text(theme, hint, Role.SMALL, tone=Tone.ACCENT))
        service = self._context.services.retention
        erase = Button(
            theme, text("It is connected: erase there too"), f"retention.erase_backup.{backup.id}", icon="usb"
        )
        erase.clicked.connect(lambda: self._context.run(service.crypto_erase_again, self._show_backups, self))
        gone = Button(theme, text("It was destroyed"), f"retention.gone.{backup.id}", icon="trash")
        gone.clicked.connect(lambda: self._context.run(lambda: service.destroyed(backup.id), self._show, self))
        for button in (erase, gone):
            self._backup_rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)

    def _add_line(self, rows: QVBoxLayout, title: str, detail: str) -> None:
        theme = self._context.theme
        if rows.count():
            rows.addWidget(Divider(theme))
        rows.addWidget(Text(theme, title, Role.STRONG))
        rows.addWidget(Text(theme, detail, Role.SMALL, tone=Tone.SOFT))

    def _erase(self, row: DueRow, card: DueCard, typed: str) -> None:
        service, rule = self._context.services.retention, row.term.rule.key
        card.button.disable(self._context.text("The case is being erased."))

        def failed(error: OpmaatError) -> None:
            card.button.enable()
            card.field.refuse(text_for(error, self._context.catalogue))
            if not isinstance(error, UserError):
                self._context.report(error)
                self.refresh(Changes())

        erase = partial(service.erase, row.dossier, rule, typed)
        self._context.run(erase, self._done, self, on_error=failed)

    def _done(self, erased: ErasureResult) -> None:
        text = self._context.text
        waits = erased.view.waiting
        sentence = text("Erased here. A backup that is not connected still has to be done: see below.")
        done = text("Erased: here, and in every backup that is still kept.")
        self.banner.show_message("asks" if waits else "good", sentence if waits else done)
        self._show(erased.view)
        self._context.publish(erased.changes, by=self)

    def _show_backups(self, view: RetentionView) -> None:
        if view.waiting:
            self.banner.show_message("asks", self._context.text("This backup was not found. Connect it and try again."))
        else:
            self.banner.hide()
        self._show(view)

    def _note(self, dossier: str, field: str, day: object) -> None:
        service = self._context.services.retention

        def noted(done: ErasureResult) -> None:
            self.duty.clear()
            self._show(done.view)
            self._context.publish(done.changes, by=self)

        def failed(error: OpmaatError) -> None:
            self.duty.refuse_day(text_for(error, self._context.catalogue))

        self._context.run(lambda: service.note(dossier, field, day), noted, self, on_error=failed)  # type: ignore[arg-type]  # through an untyped signal
