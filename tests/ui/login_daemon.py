"""Stands in for systemd-logind on a bus of its own: answers Inhibit with a pipe, and announces sleep when told.

Run as `python login_daemon.py ADDRESS`; commands come in on standard input, what happens goes out on standard output.
"""

import os
import sys

from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor, QDBusVirtualObject

SERVICE, PATH, INTERFACE = "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager"


class Manager(QDBusVirtualObject):
    """The one object of logind that Opmaat talks to."""

    def __init__(self) -> None:
        super().__init__()
        self._watch: QSocketNotifier | None = None

    def introspect(self, _path: str) -> str:
        """Return nothing: nobody asks."""
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # noqa: N802  # Qt's name
        """Give a descriptor whose closing ends the delay, as logind does."""
        what, who, _why, mode = message.arguments()
        reading, writing = os.pipe()
        connection.send(message.createReply(QDBusUnixFileDescriptor(writing)))
        os.close(writing)
        self._watch = QSocketNotifier(reading, QSocketNotifier.Type.Read)
        self._watch.activated.connect(self._closed)
        say(f"held {what} {who} {mode}")
        return True

    def _closed(self) -> None:
        if self._watch is not None:
            self._watch.setEnabled(False)
        say("let go")


def say(line: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Serve until standard input ends."""
    application = QCoreApplication([])
    bus = QDBusConnection.connectToBus(sys.argv[1], "login")
    manager = Manager()
    if not (bus.registerService(SERVICE) and bus.registerVirtualObject(PATH, manager)):
        sys.exit(1)
    say("ready")

    source = sys.stdin.fileno()

    def told() -> None:
        """Take all that came: a buffer would keep a second line to itself, and the notifier would not tell of it."""
        lines = os.read(source, 4096).decode().splitlines()
        if not lines:
            application.quit()
        for line in lines:
            signal = QDBusMessage.createSignal(PATH, INTERFACE, "PrepareForSleep")
            signal.setArguments([line == "sleep"])
            bus.send(signal)

    commands = QSocketNotifier(source, QSocketNotifier.Type.Read)
    commands.activated.connect(told)
    application.exec()


if __name__ == "__main__":
    main()
