"""The card that names what the server did not take or give, and what to do about each; hidden when there is none."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.i18n import format_day
from desktop.i18n.messages import text_for
from desktop.kernel.changes import Aspect, changed
from desktop.services.sync.sync_notices import Settled, SyncNotice
from desktop.services.sync.synchronise import SyncState
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card, show
from desktop.ui.kit.typography.text import Text
from protocol.errors import EnvironmentProblem


class NoticesCard(Card):
    """Each line stays until it is settled: read again, sent after all, or seen by a person where nothing else can."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme, padding=Space.BLOCK)
        self._context = context
        theme, text = context.theme, context.text
        self.set_top("accent_mark")
        self.body.addWidget(Text(theme, text("What was not exchanged"), Role.CARD))
        hint = text("Everything is kept. What stands here stays until it is settled; all else goes on.")
        self.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.MEDIUM)
        nest(self.body, self._list)
        self._fetch = Button(theme, text("Fetch it again"), "notices.fetch", icon="download")
        self._fetch.clicked.connect(self._fetch_again)
        self._seen = Button(theme, text("I have seen this"), "notices.seen", icon="check-circle")
        self._seen.clicked.connect(self._put_away)
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self._fetch)
        row.addWidget(self._seen)
        row.addStretch(1)
        nest(self.body, row)
        self.hide()
        self.look()

    def look(self) -> None:
        """Show what stands now."""
        self._context.run(self._context.services.synchronise.state, self.show_state, self)

    def show_state(self, state: SyncState) -> None:
        """Show the notices of `state`."""
        clear(self._list)
        for notice in state.notices:
            self._add(notice)
        settled = {each.settled for each in state.notices}
        self._fetch.setVisible(Settled.BY_READING in settled)
        self._seen.setVisible(Settled.BY_A_PERSON in settled)
        show(self, shown=bool(state.notices))

    def _add(self, notice: SyncNotice) -> None:
        catalogue = self._context.catalogue
        sentence = text_for(EnvironmentProblem(notice.code), catalogue)
        since = self._context.text("Since {day}.", day=format_day(notice.since, catalogue.language.tag))
        line = Text(self._context.theme, f"{sentence} {since}", Role.BODY)
        line.setObjectName(f"notices.line.{self._list.count()}")
        self._list.addWidget(line)

    def _fetch_again(self) -> None:
        self._context.run(self._context.services.synchronise.fetch_again, lambda _none: self._changed(), self)

    def _put_away(self) -> None:
        self._context.run(self._context.services.synchronise.settle_notices, lambda _state: self._changed(), self)

    def _changed(self) -> None:
        self.look()
        self._context.publish(changed(Aspect.CASELOAD))
