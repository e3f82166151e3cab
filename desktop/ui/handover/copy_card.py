"""The card for a person's own copy: everything recorded about them, on paper, for machines and its files, not sealed.

Attachments are opened one at a time, so answers are stored meanwhile; when a disk fails, nothing of the copy is left.
"""

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.services.rights.copy_files import CopyMade, CopyUnderWay, forget, write_opened
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Tone
from desktop.ui.executor import WorkerThread
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.file_dialogs import ask_save
from desktop.ui.kit.drawing.meter import Meter
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId

_PAGES = 2
"""PDF and JSON: what is more than that are files from the case."""


class CopyCard(Card):
    """The right of access (AVG art. 15): a person may have it at any moment."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme)
        self._context = context
        self._dossier: DossierId | None = None
        theme, text = context.theme, context.text
        self.body.addWidget(Text(theme, text("The person's own copy"), Role.CARD))
        hint = text(
            "Everything that was recorded, in Dutch and the own language, and the files in the case. "
            "A person may always ask for it."
        )
        self.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        warning = text("The copy is not sealed: whoever has the files can read everything. Give them to nobody else.")
        self.body.addWidget(Text(theme, warning, Role.BODY, tone=Tone.ACCENT))
        self.button = Button(theme, text("Save the copy"), "copy.save", icon="download")
        self.button.clicked.connect(self._ask)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.meter = Meter(theme, "copy.progress")
        self.meter.hide()
        self.body.addWidget(self.meter)
        self._saved = SavedLine(theme, "copy.saved")
        self.body.addWidget(self._saved, 0, Qt.AlignmentFlag.AlignLeading)
        self._missing = Text(theme, "", Role.SMALL, tone=Tone.ACCENT)
        self._missing.setObjectName("copy.missing")
        self._missing.hide()
        self.body.addWidget(self._missing)

    def show_dossier(self, dossier: DossierId) -> None:
        """Be about `dossier`."""
        if dossier != self._dossier:
            self._saved.clear()
            self._missing.hide()
        self._dossier = dossier

    def save(self, path: Path) -> None:
        """Write the copy to `path`, and its JSON and the files of the case beside it."""
        dossier, service = self._dossier, self._context.services.own_copy
        if dossier is None:
            return
        self.button.setEnabled(False)
        self._missing.hide()
        self._saved.busy(self._context.text("The copy is being made…"))
        self._context.run(lambda: service.begin(dossier, path), self._next, self, on_error=self._tell_error)

    def _next(self, copy: CopyUnderWay) -> None:
        if copy.made is not None:
            self._made(copy.made)
            return
        if copy.total:
            sentence = self._context.text("The copy is being made: {part} %", part=100 * copy.done // copy.total)
            self.meter.show_level(copy.done / copy.total, "primary", sentence)
            self.meter.show()
        service = self._context.services.own_copy
        self._context.run(
            lambda: service.step(copy), self._write, self, on_error=lambda error: self._broken(copy, error)
        )

    def _write(self, copy: CopyUnderWay) -> None:
        self._context.run(
            lambda: write_opened(copy),
            self._next,
            self,
            on_error=lambda error: self._broken(copy, error),
            thread=WorkerThread.FILES,
        )

    def _made(self, made: CopyMade) -> None:
        self._rest()
        text, plural, files = self._context.text, self._context.catalogue.plural, len(made.paths) - _PAGES
        sentences = [text("Saved, not sealed: PDF and JSON.")]
        if files:
            sentences.append(plural("With {n} file from the case.", "With {n} files from the case.", files))
        self._saved.saved(" ".join(sentences))
        self._missing.set_text(text("Not readable here: {count}; the copy says why.", count=made.missing))
        self._missing.setVisible(made.missing > 0)
        self._missing.restyle()
        self._context.publish(made.changes)

    def _broken(self, copy: CopyUnderWay, error: OpmaatError) -> None:
        self._context.run(lambda: forget(copy), lambda _nothing: None, self, thread=WorkerThread.FILES)
        self._tell_error(error)

    def _tell_error(self, error: OpmaatError) -> None:
        self._rest()
        self._saved.clear()
        self._context.report(error)

    def _rest(self) -> None:
        self.meter.hide()
        self.button.setEnabled(True)

    def _ask(self) -> None:
        dossier = self._dossier
        if dossier is None:
            return
        name = self._context.services.own_copy.file_name(dossier)
        path = ask_save(self, self._context.text("Save the copy"), name, "PDF (*.pdf)")
        if path is not None:
            self.save(path)
