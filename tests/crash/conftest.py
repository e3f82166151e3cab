"""Disks that fail need root: without it those tests are left out, and the summary says so."""

import pytest

from tests.crash.disks import possible

_LEFT_OUT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs disks of its own where there can be none."""
    asked = [item for item in items if item.get_closest_marker("disks")]
    if not asked or not possible():
        return
    config.stash[_LEFT_OUT] = len(asked)
    config.hook.pytest_deselected(items=asked)
    items[:] = [item for item in items if item not in asked]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left out, and why."""
    left_out = config.stash.get(_LEFT_OUT, 0)
    if left_out:
        line = f"{possible()}: {left_out} tests of a full disk and of power loss left out"
        terminalreporter.write_line(line, yellow=True, bold=True)
