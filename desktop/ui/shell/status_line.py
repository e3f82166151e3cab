"""The bottom line: whether the server is in reach and what waits. Being offline is a normal state, never red."""

from PySide6.QtCore import Signal

from desktop.i18n.catalogue import Catalogue
from desktop.i18n.messages import text_for
from desktop.services.sync.synchronise import SyncState
from desktop.ui.common_texts import moment_text
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.surfaces.bar import Bar
from desktop.ui.kit.typography.one_line import OneLine
from desktop.ui.shell.clock_texts import clock_text
from protocol.errors import EnvironmentProblem

_TALL, _LINK = 48, 36
_ORDINARY = frozenset({"sync.unreachable", "sync.server_failed"})
"""That the server is out of reach is a normal state: nothing has to be done about it."""


class StatusLine(Bar):
    """Shows a `SyncState` in words.

    `connect_asked` is emitted when a person does not wait for the next round, `notices_asked` to see what was refused.
    """

    connect_asked = Signal()
    notices_asked = Signal()

    def __init__(self, theme: Theme, catalogue: Catalogue) -> None:
        super().__init__(theme, _TALL, line_below=False)
        self._catalogue = catalogue
        self.row.setContentsMargins(Space.BLOCK, 0, Space.BLOCK, 0)
        self._sign = Icon(theme, "cloud", 20)
        self._head = OneLine(theme, role=Role.SMALL)
        self._head.setObjectName("status.head")
        self._detail = OneLine(theme, role=Role.SMALL, tone=Tone.SOFT)
        self._detail.setObjectName("status.detail")
        for widget in (self._sign, self._head, self._detail):
            self.row.addWidget(widget)
        self.row.addStretch(1000)
        self._notices = Button(theme, "", "status.notices", kind="link", icon="info", height=_LINK)
        self._notices.clicked.connect(self.notices_asked)
        self.row.addWidget(self._notices)
        self._now = Button(theme, catalogue.text("Connect now"), "status.now", kind="link", icon="cloud", height=_LINK)
        self._now.clicked.connect(self.connect_asked)
        self.row.addWidget(self._now)
        self.show_state(SyncState())

    def show_state(self, state: SyncState) -> None:
        """Show `state`."""
        self._sign.set_icon(state_icon(state))
        self._head.set_text(state_text(state, self._catalogue))
        self._detail.set_text(self._more(state))
        self._now.setVisible(not state.local_only)
        count = len(state.notices)
        words = self._catalogue.plural("{n} thing was not exchanged", "{n} things were not exchanged", count)
        self._notices.set_text(words)
        self._notices.setVisible(bool(count))

    def _more(self, state: SyncState) -> str:
        catalogue = self._catalogue
        if state.local_only:
            return catalogue.text("Everything stays on this laptop.")
        if state.clock is not None:  # before what counts days: those would be wrong
            return clock_text(state.clock, catalogue)
        if not state.online and (problem := problem_text(state, catalogue)):
            return problem
        if state.directory_days is not None:
            return catalogue.plural(
                "The list of organisations is {n} day old. Ask your administrator to sign it again.",
                "The list of organisations is {n} days old. Ask your administrator to sign it again.",
                state.directory_days,
            )
        return self._contact(state)

    def _contact(self, state: SyncState) -> str:
        catalogue = self._catalogue
        if state.reached is None:
            return catalogue.text("You can just go on working.")
        if state.silent_days is not None:
            return catalogue.plural(
                "The server has not answered for {n} day. Ask your administrator.",
                "The server has not answered for {n} days. Ask your administrator.",
                state.silent_days,
            )
        return self._connected(state, moment_text(state.reached, catalogue))

    def _connected(self, state: SyncState, when: str) -> str:
        if not state.online:
            return self._catalogue.text("Last connected {when}. You can just go on working.", when=when)
        if state.keys_left:
            return self._catalogue.plural(
                "{n} key of a case is still to be renewed.",
                "{n} keys of cases are still to be renewed.",
                state.keys_left,
            )
        if state.cases_left:
            return self._catalogue.plural(
                "{n} case is still to get fresh keys.", "{n} cases are still to get fresh keys.", state.cases_left
            )
        return self._catalogue.text("Last connected {when}.", when=when)


def state_icon(state: SyncState) -> str:
    """Return the icon that goes with `state`."""
    if state.local_only:
        return "laptop"
    if not state.online:
        return "cloud-off"
    return "cloud" if state.waiting else "cloud-check"


def state_text(state: SyncState, catalogue: Catalogue) -> str:
    """Return `state` in a few words."""
    if state.local_only:
        return catalogue.text("Practice environment")
    if not state.online and problem_text(state, catalogue):
        return catalogue.text("Nothing is exchanged")
    count = catalogue.plural("{n} change waits", "{n} changes wait", state.waiting)
    if not state.online:
        return catalogue.text("Offline: {count}", count=count) if state.waiting else catalogue.text("Offline")
    return count if state.waiting else catalogue.text("Everything is sent")


def problem_text(state: SyncState, catalogue: Catalogue) -> str:
    """Return what keeps the server from taking something until a person acts; blank where nothing does."""
    if state.problem is None or state.problem in _ORDINARY:
        return ""
    return text_for(EnvironmentProblem(state.problem, state.details), catalogue)
