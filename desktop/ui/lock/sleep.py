"""Hears from systemd-logind, over the system's D-Bus, that the machine is about to sleep.

Interface: org.freedesktop.login1.Manager, signal PrepareForSleep(b) and method Inhibit (systemd, org.freedesktop.login1
manual). The delay that is asked for lets the keys go before the memory is frozen. Without D-Bus or logind nothing is
heard; then `IdleWatch` locks at the first moment after sleep.
"""

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCall,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
)

SERVICE = "org.freedesktop.login1"
PATH = "/org/freedesktop/login1"
INTERFACE = "org.freedesktop.login1.Manager"
_SLOT = SLOT("prepare(bool)")


class SleepWatch(QObject):
    """Emits `falling_asleep` before the machine sleeps, while sleep is still held up; `let_go` lets it sleep."""

    falling_asleep = Signal()

    def __init__(self, bus: QDBusConnection | None = None) -> None:
        super().__init__()
        self._bus = QDBusConnection.systemBus() if bus is None else bus
        self._inhibitor: QDBusUnixFileDescriptor | None = None
        self._asked: QDBusPendingCall | None = None
        self._answer: QDBusPendingCallWatcher | None = None
        self.is_listening = False

    def start(self) -> None:
        """Listen, and ask to be given a moment before sleep. `is_listening` tells whether there is a bus."""
        if self._bus.isConnected():
            self.is_listening = self._bus.connect(SERVICE, PATH, INTERFACE, "PrepareForSleep", self, _SLOT)  # type: ignore[call-overload]  # the stub says bytes, the library takes text
            self._ask()

    def stop(self) -> None:
        """Listen no longer."""
        if self.is_listening:
            self._bus.disconnect(SERVICE, PATH, INTERFACE, "PrepareForSleep", self, _SLOT)  # type: ignore[call-overload]  # the same
            self.is_listening = False
        self.let_go()

    def let_go(self) -> None:
        """Let the machine sleep: closing the descriptor ends the delay."""
        self._inhibitor = None

    @Slot(bool)
    def prepare(self, begins: bool) -> None:  # noqa: FBT001  # the signature of the signal on the bus
        """Pass on that sleep begins."""
        if begins:
            self.falling_asleep.emit()

    def _ask(self) -> None:
        call = QDBusMessage.createMethodCall(SERVICE, PATH, INTERFACE, "Inhibit")
        call.setArguments(["sleep", "Opmaat", "Opmaat", "delay"])
        self._asked = self._bus.asyncCall(call)
        self._answer = QDBusPendingCallWatcher(self._asked)
        self._answer.finished.connect(self._keep_inhibitor)

    def _keep_inhibitor(self) -> None:
        reply = None if self._asked is None else self._asked.reply()
        self._answer = self._asked = None
        if reply is None or reply.type() != QDBusMessage.MessageType.ReplyMessage or not self.is_listening:
            return
        given = reply.arguments()[:1]
        if given and isinstance(given[0], QDBusUnixFileDescriptor):
            self._inhibitor = given[0]
