"""Reading a case in from a stick: who it is from, the words to compare, and the receipt that goes back on the stick."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n.messages import text_for
from desktop.kernel.changes import Changes
from desktop.services.bundles.bundle_log import BundleEntry
from desktop.services.bundles.incoming_bundles import BundleCard, BundleRead
from desktop.services.bundles.sealed_bundle import SealedBundle
from desktop.ui.common_texts import moment_text
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Tone
from desktop.ui.help.shortcuts import add_shortcut
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.drawing.meter import Meter
from desktop.ui.kit.layout.centred import centred
from desktop.ui.kit.layout.columns import fit_rows
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.surfaces.empty import EmptyState
from desktop.ui.kit.surfaces.timeline import Timeline
from desktop.ui.kit.typography.text import Text
from desktop.ui.stick.dropping import FileDrop
from desktop.ui.stick.hundredths import PARTS
from desktop.ui.stick.opened_book import OpenedBook
from desktop.ui.stick.page_frame import BESIDE, WIDEST, ask_bundle, head_row, steps_card
from desktop.ui.stick.reading_flow import OpenedBundle, ReadingFlow
from desktop.ui.stick.stick_texts import read_sentences, reading_steps
from desktop.ui.stick.writing_flow import WritingFlow
from protocol.errors import OpmaatError

_EMPTY, _BOOK = 0, 1


class StickImportPage(QWidget):
    """One bundle at a time, from a stick into this vault."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._bundle: OpenedBundle | None = None
        self._read: BundleRead | None = None
        self._reading = ReadingFlow(context, self)
        self._writing = WritingFlow(context, self)
        theme, text = context.theme, context.text
        self._title = Text(theme, text("Read in from a stick"), role=Role.PAGE)
        self._subtitle = Text(theme, role=Role.BODY, tone=Tone.SOFT)
        self.banner = Banner(theme, text("Put away"), "stick_import.banner")
        self.timeline = Timeline(theme, "stick_import.timeline")
        self.book = OpenedBook(theme, context.catalogue)
        self.meter = Meter(theme, "stick_import.progress")
        self.choose = Button(theme, text("Choose the file on the stick"), "stick_import.choose", icon="usb")
        self._head = head_row(self._title, self._subtitle, self.choose)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(centred(self._head, WIDEST))
        column.addWidget(self._scroll(), 1)
        add_shortcut(self, "stick_import.open", self._ask)
        self._connect()
        FileDrop(self, self.open)
        self._start_over()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put title and button side by side, or below each other."""
        super().resizeEvent(event)
        fit_rows(self, self._context.theme, BESIDE, self._head)

    def leave(self) -> None:
        """Close what was opened and not decided upon."""
        if self._bundle is not None and self.book.accept.isVisibleTo(self):
            self._refuse()

    def open(self, path: Path) -> None:
        """Look at the bundle of which the file at `path` is a part."""
        self._start_over()
        self._show_running(running=True)
        self._reading.open(path)

    def _scroll(self) -> ScrollPage:
        theme, text = self._context.theme, self._context.text
        scroll = ScrollPage(widest=WIDEST)
        card = steps_card(theme, self.timeline)
        sentence = text(
            "Put the stick in this laptop and choose the file on it, or drag it here. "
            "Nothing changes before you say so."
        )
        self._stack.addWidget(EmptyState(theme, text("No stick yet"), sentence))
        self._stack.addWidget(self.book)
        self.stop_button = Button(theme, text("Stop"), "stick_import.stop", icon="close")
        for part in (self.banner, card, self.meter):
            scroll.body.addWidget(part)
        scroll.body.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignLeading)
        scroll.body.addWidget(self._stack)
        scroll.body.addStretch(1)
        return scroll

    def _connect(self) -> None:
        self.choose.clicked.connect(self._ask)
        self.book.accept.clicked.connect(self._accept)
        self.book.refuse.clicked.connect(self._refuse)
        self.book.cases.clicked.connect(lambda: self._context.navigate("received"))
        self.stop_button.clicked.connect(self._reading.stop)
        self.stop_button.clicked.connect(self._writing.stop)
        for flow in (self._reading, self._writing):
            flow.moved.connect(self._show_move)
        self._reading.failed.connect(self._fail)
        self._writing.failed.connect(self._receipt_failed)
        self._reading.opened.connect(self._show_opened)
        self._reading.missing.connect(self._show_missing)
        self._reading.done.connect(self._show_read)
        self._writing.done.connect(self._show_receipt)

    def _start_over(self) -> None:
        self._bundle = self._read = None
        self.banner.hide()
        self._subtitle.set_text("")
        self._subtitle.hide()
        self._stack.setCurrentIndex(_EMPTY)
        self._show_steps(None, read=False)
        self._show_running(running=False)

    def _show_steps(self, card: BundleCard | None, *, read: bool) -> None:
        self.timeline.set_steps(reading_steps(card, read=read, texts=self._context.catalogue))

    def _show_opened(self, bundle: OpenedBundle) -> None:
        self._bundle = bundle
        self._show_running(running=False)
        texts, card = self._context.catalogue, bundle.card
        made = texts.text("made on {moment}", moment=moment_text(card.made, texts))
        self._subtitle.set_text(made)
        self._subtitle.show()
        self._show_steps(card, read=False)
        self.book.show_bundle(bundle)
        if card.known is not None:
            words = texts.text(
                "This stick was read in on {moment}. Nothing doubles.", moment=moment_text(card.known, texts)
            )
            self.banner.show_message("neutral", words)
        self._stack.setCurrentIndex(_BOOK)
        self.book.accept.setFocus()

    def _accept(self) -> None:
        if self._bundle is not None:
            self._show_running(running=True)
            self._reading.take_in(self._bundle)

    def _refuse(self) -> None:
        bundle, text = self._bundle, self._context.text
        if bundle is None:
            return
        self._reading.leave(bundle)
        self._start_over()
        words = text("Nothing was read in. Call {organisation}.", organisation=bundle.card.sender_name)
        self.banner.show_message("asks", words)

    def _show_read(self, read: BundleRead) -> None:
        self._read = read
        incoming = self._context.services.bundles.incoming
        self._context.run(lambda: incoming.receive(read.dossiers), self._received, self, on_error=self._receipt_failed)

    def _received(self, changes: Changes) -> None:
        self._context.publish(changes)
        self._make_receipt()

    def _make_receipt(self) -> None:
        if self._bundle is not None and self._read is not None:
            self._show_running(running=True)
            self._writing.start(self._bundle.card.sender, self._read.dossiers, self._bundle.path.parent)

    def _show_receipt(self, entry: BundleEntry, sealed: SealedBundle) -> None:
        del entry, sealed
        self._show_end(self._context.text("Read in, and the receipt is on the stick. You can take it out."))
        self.banner.hide()

    def _receipt_failed(self, error: OpmaatError) -> None:
        text = self._context.text
        self._show_end(text("Read in. The receipt is not on the stick yet."))
        words = text_for(error, self._context.catalogue)
        self.banner.show_message("asks", words, text("Put the receipt on the stick again"), self._make_receipt)

    def _show_end(self, heading: str) -> None:
        self._show_running(running=False)
        sentences: Iterable[str] = ()
        if self._bundle is not None and self._read is not None:
            self._show_steps(self._bundle.card, read=True)
            sentences = read_sentences(self._read, self._context.catalogue)
        self.book.show_end(heading, " ".join(sentences))
        self.book.cases.setFocus()

    def _show_missing(self, card: BundleCard, missing: tuple[int, ...]) -> None:
        self._show_running(running=False)
        words = self._context.text(
            "From {organisation}. Still missing: part {parts} of {count}. Go on with the stick that has the rest.",
            organisation=card.sender_name,
            parts=", ".join(map(str, missing)),
            count=card.parts,
        )
        self.banner.show_message("asks", words)

    def _fail(self, error: OpmaatError) -> None:
        self._start_over()
        self.banner.show_message("asks", text_for(error, self._context.catalogue))

    def _show_running(self, *, running: bool) -> None:
        self.choose.setEnabled(not running)
        for button in (self.book.accept, self.book.refuse):
            button.setEnabled(not running)
        self.stop_button.setVisible(running)
        self.meter.setVisible(running)
        self._show_move(0)

    def _show_move(self, part: int) -> None:
        self.meter.show_level(part / PARTS, "primary", self._context.text("Busy with the stick: {part} %", part=part))

    def _ask(self) -> None:
        path = ask_bundle(self, self._context)
        if path is not None:
            self.open(path)
