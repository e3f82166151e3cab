"""Bijlagen: everything that is attached to a case, at a question or to the case as a whole."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.kernel.changes import Aspect, Changes
from desktop.services.interview.attachments import AttachmentRow
from desktop.ui.attachments.panel import AttachmentPanel
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role
from desktop.ui.help.shortcuts import add_shortcut
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.empty import EmptyState
from desktop.ui.kit.typography.text import Text
from protocol.identifiers import DossierId

_WIDE = 1040


class AttachmentsPage(QWidget):
    """The attachments of one dossier. Ctrl+V pastes; files can be dropped anywhere on the list."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._dossier: DossierId | None = None
        self.setObjectName("attachments")
        theme = context.theme
        self.panel = AttachmentPanel(context, "attachments", "")
        self._empty = EmptyState(
            theme,
            context.text("Nothing is attached yet"),
            context.text(
                "Diplomas, a CV, proof of work: what you add stays sealed in this case and goes along with it."
            ),
        )
        scroll = ScrollPage(widest=_WIDE)
        scroll.body.addWidget(Text(theme, context.text("Attachments"), Role.PAGE))
        scroll.body.addWidget(self._empty)
        scroll.body.addWidget(self.panel)
        scroll.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self.panel.listed.connect(self._show_empty)
        add_shortcut(self, "attachments.paste", self.panel.paste)

    def show_dossier(self, dossier: DossierId) -> None:
        """Show what is attached to `dossier`."""
        self._dossier = dossier
        self.panel.show_place(dossier, None)

    def refresh(self, changes: Changes) -> None:
        """Show what changed in this dossier."""
        if Aspect.ATTACHMENTS in changes.aspects and self._dossier in changes.dossiers:
            self.panel.reload()

    def _show_empty(self, rows: tuple[AttachmentRow, ...]) -> None:
        self._empty.setVisible(not rows)
