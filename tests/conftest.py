"""What holds for every test: no network beyond this machine, no unexpected log line, screens without a display.

No test fails because a machine is busy, or by chance: Hypothesis looks at no clock here, and tries the same examples at
each run of the same code. `make explore` tries others.
"""

import ipaddress
import logging
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.crash.disks import no_disks
from tests.examples import EXPLORE, examples
from tests.sync.page.browser import chromium
from tests.sync.postgres import binaries

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile(
    "opmaat",
    deadline=None,
    max_examples=examples(100),
    derandomize=not EXPLORE,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("opmaat")


FOLDERS = ("architecture", "docs", "unit", "sync", "ui", "scenario", "crash")
"""The order of the run: what is quick to tell comes first."""
_LEFT_OUT = pytest.StashKey[dict[str, int]]()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put unit tests first, after pytest-randomly shuffled, and leave out what this machine cannot run."""
    order = {name: place for place, name in enumerate(FOLDERS)}
    items.sort(key=lambda item: order.get(item.nodeid.split("/")[1], len(order)))
    for mark, reason_not in (("postgresql", _no_postgresql), ("disks", no_disks), ("chromium", _no_chromium)):
        asked = [item for item in items if item.get_closest_marker(mark)]
        if asked and (reason := reason_not()):
            config.stash.setdefault(_LEFT_OUT, {})[reason] = len(asked)
            config.hook.pytest_deselected(items=asked)
            items[:] = [item for item in items if item not in asked]


def _no_postgresql() -> str:
    return "" if binaries() else "PostgreSQL is not installed (no initdb, pg_ctl and postgres)"


def _no_chromium() -> str:
    return "" if chromium() else "Chromium is not installed"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that prints the summary what this worker left out."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = session.config.stash.get(_LEFT_OUT, {})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401  # xdist ships no types
    """Take over what a worker left out; all workers collect the same tests."""
    node.config.stash.setdefault(_LEFT_OUT, {}).update(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left out, and why."""
    for reason, count in config.stash.get(_LEFT_OUT, {}).items():
        if count:
            terminalreporter.write_line(f"{reason}: {count} tests left out", yellow=True, bold=True)


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


@pytest.fixture
def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port
