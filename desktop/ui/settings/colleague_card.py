"""The card that puts all cases on a stick for the laptop of a colleague, and reads in what a colleague brought."""

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.i18n.messages import text_for
from desktop.services.bundles.bundle_log import BundleEntry
from desktop.services.bundles.outgoing_bundles import BundlePartner
from desktop.services.bundles.sealed_bundle import SealedBundle
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.file_dialogs import ask_folder
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from desktop.ui.stick.writing_flow import WritingFlow
from protocol.errors import OpmaatError


class ColleagueCard(Card):
    """Sealed for the own organisation: whoever finds the stick reads nothing. Works without a network."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme, padding=Space.BLOCK)
        self._context = context
        self._left: SealedBundle | None = None
        theme, text = context.theme, context.text
        self._flow = WritingFlow(context, self)
        self.body.addWidget(Text(theme, text("With a colleague, without internet"), Role.CARD))
        hint = text(
            "Put your cases on a stick for another laptop of your organisation, and read in what a colleague brings. "
            "What is known there already changes nothing."
        )
        self.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        self.banner = Banner(theme, text("Put away"), "colleague.banner")
        self.body.addWidget(self.banner)
        self.write = Button(theme, text("Put on a stick"), "colleague.write", icon="usb")
        self.write.clicked.connect(self._ask)
        self.read = Button(theme, text("Read in from a stick"), "colleague.read", kind="quiet", icon="usb")
        self.read.clicked.connect(lambda: context.navigate("stick_import"))
        for button in (self.write, self.read):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self._flow.done.connect(self._show_written)
        self._flow.failed.connect(self._fail)

    def write_to(self, folder: Path) -> None:
        """Put every case, or the parts that are left, on the stick at `folder`."""
        self.write.setEnabled(False)
        self.banner.hide()
        if self._left is not None:
            self._flow.go_on(self._left, folder)
            return

        def start(own: BundlePartner) -> None:
            self._flow.start(own.organisation, (), folder)

        colleagues = self._context.services.bundles.outgoing.colleagues
        self._context.run(colleagues, start, self, on_error=self._fail)

    def _show_written(self, entry: BundleEntry, sealed: SealedBundle) -> None:
        self.write.setEnabled(True)
        self._left = sealed if sealed.state.left else None
        text = self._context.text
        if self._left is None:
            words = text("Written, read back and whole. Words to compare: {words}", words=" ".join(entry.words))
            self.banner.show_message("good", words)
            return
        parts, count = ", ".join(map(str, sealed.state.left)), entry.parts
        more = text("This stick is full. Take another one for part {parts} of {count}.", parts=parts, count=count)
        self.banner.show_message("asks", more)

    def _fail(self, error: OpmaatError) -> None:
        self.write.setEnabled(True)
        self.banner.show_message("asks", text_for(error, self._context.catalogue))

    def _ask(self) -> None:
        folder = ask_folder(self, self._context.text("Choose the stick"))
        if folder is not None:
            self.write_to(folder)
