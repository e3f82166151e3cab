"""The start of the program: a first page that waits for nothing, and the rest loaded behind it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.services.suite import AppServices
from desktop.ui.app import build_window, run_until_painted
from protocol.times import SettableClock
from tests.ui.inspection import rest, settle

LATER = (
    *("desktop.forms", "desktop.records", "desktop.plan", "desktop.documents", "desktop.sync", "desktop.vault"),
    *("asyncio", "babel", "cryptography", "filelock", "httpx", "sqlite_utils"),
)


def test_the_first_page_is_painted_and_the_program_ends(
    app_services: AppServices, clock: SettableClock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_until_painted(app_services, clock) == 0
    assert float(capsys.readouterr().out) > 0


def test_the_first_page_does_not_wait_for_what_only_an_open_vault_needs() -> None:
    program = f"import sys, desktop.cli, desktop.bootstrap, desktop.ui.app; print(set({LATER!r}) & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "set()"


def test_closing_before_a_vault_is_open_loads_nothing_more(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom desktop.cli import run\n"
        f"status = run(['--data', {str(tmp_path)!r}, '--first-window'])\n"
        f"print(status, sorted(set({LATER!r}) & sys.modules.keys()))"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(  # noqa: S603  # fixed arguments
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.splitlines()[-1] == "0 []"


def test_the_rest_is_loaded_behind_the_first_page(app_services: AppServices, clock: SettableClock) -> None:
    window = build_window(app_services, clock)
    window.get_ready()
    settle(window)
    assert window.executor.pending == 0
    window.shut_down()
    window.deleteLater()
    rest()
