"""What holds for every test: no network beyond this machine, no unexpected log line, screens without a display.

No test fails because a machine is busy: Hypothesis looks at no clock here.
"""

import ipaddress
import logging
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("opmaat", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("opmaat")


class _Recorder(logging.Handler):
    """Keeps the lines of level WARNING and above that our own packages log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line when it comes from Opmaat."""
        if record.name.partition(".")[0] in {"desktop", "server"}:
            self.lines.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_unexpected_log_line(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test when Opmaat logs a warning that the test does not announce with `expects_log`."""
    recorder = _Recorder()
    logging.getLogger().addHandler(recorder)
    yield
    logging.getLogger().removeHandler(recorder)
    if request.node.get_closest_marker("expects_log") is None:
        assert recorder.lines == []


@pytest.fixture(autouse=True)
def process_as_it_was() -> Iterator[None]:
    """Give back the umask and the log settings: a test that runs the command line in this process changes both."""
    logger = logging.getLogger("desktop")
    handlers, level = [*logger.handlers], logger.level
    mask = os.umask(0o022)
    os.umask(mask)
    yield
    os.umask(mask)
    logger.handlers[:] = handlers
    logger.setLevel(level)


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:  # noqa: ANN401  # the address of a socket family is free-form
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(str(address[0])):
            raise PermissionError("a test may only reach this machine")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
