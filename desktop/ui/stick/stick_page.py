"""Handing a case over on a stick: what lies on it, what they do there, and the receipt that comes back."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.i18n.messages import text_for
from desktop.kernel.changes import Aspect, Changes
from desktop.services.bundles.bundle_log import BundleEntry
from desktop.services.bundles.bundles import StickView
from desktop.services.bundles.incoming_bundles import BundleRead
from desktop.services.bundles.sealed_bundle import SealedBundle
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.file_dialogs import ask_folder
from desktop.ui.kit.layout.centred import centred
from desktop.ui.kit.layout.columns import fit_rows
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.surfaces.timeline import Timeline
from desktop.ui.kit.typography.text import Text
from desktop.ui.stick.dropping import FileDrop
from desktop.ui.stick.page_frame import BESIDE, WIDEST, ask_bundle, head_row, steps_card
from desktop.ui.stick.reading_flow import OpenedBundle, ReadingFlow
from desktop.ui.stick.sending_book import SendingBook
from desktop.ui.stick.stick_texts import sending_steps
from desktop.ui.stick.writing_flow import WritingFlow
from protocol.errors import OpmaatError, UserError
from protocol.identifiers import DossierId


class StickPage(QWidget):
    """One case, from this laptop to another on a stick."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._dossier: DossierId | None = None
        self._view: StickView | None = None
        self._left: SealedBundle | None = None
        self._writing = WritingFlow(context, self)
        self._reading = ReadingFlow(context, self)
        theme, texts = context.theme, context.catalogue
        self._title = Text(theme, texts.text("Handover on a stick"), role=Role.PAGE)
        self._subtitle = Text(theme, role=Role.BODY, tone=Tone.SOFT)
        self.banner = Banner(theme, texts.text("Put away"), "stick.banner")
        self.timeline = Timeline(theme, "stick.timeline")
        self.book = SendingBook(theme, texts)
        self.online = Button(theme, texts.text("By internet after all"), "stick.online", icon="cloud")
        self._head = head_row(self._title, self._subtitle, self.online)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(centred(self._head, WIDEST))
        column.addWidget(self._scroll(), 1)
        self._connect()
        FileDrop(self, self.read_receipt)
        self._show_running(running=False)

    def show_dossier(self, dossier: DossierId) -> None:
        """Show the stick of `dossier`."""
        if dossier != self._dossier:
            self._left = None
            self.banner.hide()
        self._dossier = dossier
        self._load()

    def refresh(self, changes: Changes) -> None:
        """Show the page again when it may have changed."""
        shown = self._dossier is not None and (self._dossier in changes.dossiers or not changes.dossiers)
        if shown and changes.aspects & {Aspect.HANDOVER, Aspect.ATTACHMENTS}:
            self._load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put title and button side by side, or below each other."""
        super().resizeEvent(event)
        fit_rows(self, self._context.theme, BESIDE, self._head, self._receipt_row)

    def write_to(self, folder: Path) -> None:
        """Put the case, or the parts of it that are left, on the stick at `folder`."""
        view = self._view
        if view is None or view.partner is None:
            self._fail(UserError("bundle.nothing_shared"))
            return
        self.banner.hide()
        self._show_running(running=True)
        if self._left is not None:
            self._writing.go_on(self._left, folder)
        else:
            self._writing.start(view.partner, [view.dossier], folder)

    def read_receipt(self, path: Path) -> None:
        """Read the receipt that came back in the file at `path`."""
        self.banner.hide()
        self._show_running(running=True)
        self._reading.open(path)

    def _scroll(self) -> ScrollPage:
        scroll = ScrollPage(widest=WIDEST)
        card = steps_card(self._context.theme, self.timeline)
        for part in (self.banner, card, self.book, self._receipt_card()):
            scroll.body.addWidget(part)
        scroll.body.addStretch(1)
        return scroll

    def _receipt_card(self) -> Card:
        theme, text = self._context.theme, self._context.text
        card = Card(theme)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(theme, text("Is the receipt back?"), Role.CARD))
        hint = text("Put in the stick, or drag the file here. Until then the case stays here: nothing is lost.")
        words.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        self.receipt = Button(theme, text("Read the receipt"), "stick.receipt", kind="primary", icon="usb")
        self._receipt_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._receipt_row.setSpacing(Space.MEDIUM)
        nest(self._receipt_row, words, 1)
        self._receipt_row.addWidget(self.receipt, 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
        nest(card.body, self._receipt_row)
        self.receipt_card = card
        return card

    def _connect(self) -> None:
        self.online.clicked.connect(lambda: self._context.navigate("handover", self._dossier))
        self.book.write.clicked.connect(self._ask_folder)
        self.receipt.clicked.connect(self._ask_receipt)
        self.book.stop_button.clicked.connect(self._writing.stop)
        self.book.stop_button.clicked.connect(self._reading.stop)
        for flow in (self._writing, self._reading):
            flow.moved.connect(self.book.show_move)
            flow.failed.connect(self._fail)
        self._writing.done.connect(self._show_written)
        self._reading.opened.connect(self._take_receipt)
        self._reading.missing.connect(self._show_missing)
        self._reading.done.connect(self._show_receipt)

    def _load(self) -> None:
        dossier, bundles = self._dossier, self._context.services.bundles
        if dossier is not None:
            self._context.run(lambda: bundles.view(dossier), self._show, self)

    def _show(self, view: StickView) -> None:
        if view.dossier != self._dossier:
            return
        self._view = view
        self._subtitle.set_text(
            self._context.text("to {organisation}, without internet", organisation=view.partner_name)
        )
        self.timeline.set_steps(sending_steps(view, self._context.clock.now(), self._context.catalogue))
        self.book.show_view(view)
        self.receipt_card.setVisible(view.entry is not None)
        self._show_buttons()

    def _show_buttons(self) -> None:
        fresh = self._view is None or self._view.entry is None or self._left is not None
        self.book.show_write(again=not fresh, more=self._left is not None)
        self.receipt.set_kind("plain" if fresh else "primary")

    def _show_running(self, *, running: bool) -> None:
        self.receipt.setEnabled(not running)
        self.book.show_running(running=running)

    def _show_written(self, entry: BundleEntry, sealed: SealedBundle) -> None:
        self._left = sealed if sealed.state.left else None
        self._show_running(running=False)
        text, texts = self._context.text, self._context.catalogue
        if self._left is not None:
            parts = ", ".join(map(str, sealed.state.left))
            words = text(
                "This stick is full. Take another one for part {parts} of {count}.", parts=parts, count=entry.parts
            )
            self.banner.show_message("asks", words)
        elif sealed.state.unproven:
            behind = texts.plural(
                "{n} entry of a colleague is not in it.",
                "{n} entries of colleagues are not in it.",
                sealed.state.unproven,
            )
            advice = text("Synchronise once, then put it on a stick again.")
            self.banner.show_message("asks", f"{behind} {advice}")
        else:
            self.banner.show_message("good", text("Written, read back and whole. You can take out the stick."))
        self._load()

    def _take_receipt(self, bundle: OpenedBundle) -> None:
        if self._dossier not in bundle.dossiers:
            self._reading.leave(bundle)
            self._show_running(running=False)
            self.banner.show_message(
                "asks", self._context.text("This is not a receipt of this case. Take another file.")
            )
            return
        self._reading.take_in(bundle)

    def _show_missing(self, card: object, missing: tuple[int, ...]) -> None:
        del card
        self._show_running(running=False)
        words = self._context.text("Still missing: part {parts}.", parts=", ".join(map(str, missing)))
        self.banner.show_message("asks", words)

    def _show_receipt(self, read: BundleRead) -> None:
        self._show_running(running=False)
        words = self._context.text("All of this was known already. Nothing changed.")
        if not read.all_known:
            words = self._context.text("The receipt was read in.")
        self.banner.show_message("good", words)
        self._load()

    def _fail(self, error: OpmaatError) -> None:
        self._show_running(running=False)
        self.banner.show_message("asks", text_for(error, self._context.catalogue))

    def _ask_folder(self) -> None:
        folder = ask_folder(self, self._context.text("Choose the stick"))
        if folder is not None:
            self.write_to(folder)

    def _ask_receipt(self) -> None:
        path = ask_bundle(self, self._context)
        if path is not None:
            self.read_receipt(path)
