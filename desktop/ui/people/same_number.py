"""The same V-number in another dossier: told in both with a way to the other, and never in the way."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.kernel.changes import Aspect, Changes
from desktop.services.caseload.caseload_rows import PersonRow
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Space
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.nest import clear
from desktop.ui.kit.surfaces.banner import Banner
from protocol.identifiers import DossierId

_MOST = 3


class SameNumberNotice(QWidget):
    """Hidden while nobody else has the number. Put away, it stays away for that dossier until the vault is closed."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._dossier: DossierId | None = None
        self._number = ""
        self._put_aside: set[DossierId] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.banner = Banner(context.theme, context.text("Put this message away"), "same_number")
        self.banner.dismiss.clicked.connect(self._put_away)
        column.addWidget(self.banner)
        links = QWidget()
        self._links = QHBoxLayout(links)
        self._links.setContentsMargins(Space.LARGE, 0, 0, 0)
        self._links.setSpacing(Space.LARGE)
        column.addWidget(links)
        self.hide()

    def show_dossier(self, dossier: DossierId | None) -> None:
        """Be about `dossier`, or about nobody."""
        if dossier == self._dossier:
            return
        self._dossier, self._number = dossier, ""
        self.hide()
        self._look()

    def refresh(self, changes: Changes) -> None:
        """Look again where the number may be another one; looking at everybody is left out while it is the same."""
        if Aspect.ANSWERS in changes.aspects and self._dossier in changes.dossiers:
            self._look()

    def _look(self) -> None:
        dossier, number, caseload = self._dossier, self._number, self._context.services.caseload
        if dossier is None or dossier in self._put_aside:
            return

        def look() -> tuple[str, tuple[PersonRow, ...] | None]:
            found = caseload.v_number(dossier)
            return found, None if found == number else caseload.with_same_number(dossier)

        def show(result: tuple[str, tuple[PersonRow, ...] | None]) -> None:
            if dossier == self._dossier and result[1] is not None:
                self._number = result[0]
                self._show(result[1])

        self._context.run(look, show, self)

    def _show(self, others: tuple[PersonRow, ...]) -> None:
        clear(self._links)
        if not others:
            self.hide()
            return
        plural = self._context.catalogue.plural
        said = plural(
            "This V-number stands in {n} other dossier too. Is it the same person?",
            "This V-number stands in {n} other dossiers too. Is it the same person?",
            len(others),
        )
        self.banner.show_message("asks", said)
        for row in others[:_MOST]:
            link = Button(self._context.theme, f"{row.name} · {row.number}", "same_number.go", kind="link")
            link.clicked.connect(lambda _checked=False, to=row.dossier: self._context.navigate("interview", to))
            self._links.addWidget(link)
        self._links.addStretch(1)
        self.show()

    def _put_away(self) -> None:
        if self._dossier is not None:
            self._put_aside.add(self._dossier)
        self.hide()
