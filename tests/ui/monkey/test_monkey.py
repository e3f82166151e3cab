"""Ten thousand random events over all screens: nothing raises, no letter that was typed as an answer is lost.

`make test` plays a few, `make monkey` twenty times five hundred. The events of a seed are always the same ones.
"""

import os
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.exceptions import capture_exceptions

from desktop.documents.typesetting import isolated_process
from desktop.services.suite import AppServices
from desktop.ui import boundary
from desktop.ui.app import build_window
from desktop.ui.window import MainWindow
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import RECEPTION
from protocol.errors import OpmaatError
from protocol.times import SettableClock
from tests.ui.inspection import settle
from tests.ui.monkey.monkey import Monkey
from tests.ui.own_vault import begin_dossier, make_vault, unlock
from tests.ui.still import StillExecutor

EVENTS = 500
FEW = 120
_REMEMBERED = 25


def _seeds(asked: str) -> range:
    """Return the seeds of `asked`: `all` is the twenty of `make monkey`, `21-40` is any others, nothing is none."""
    first, _, last = {"all": "1-20", "": "1-0"}.get(asked, asked).partition("-")
    return range(int(first), int(last or first) + 1)


SEEDS = _seeds(os.environ.get("OPMAAT_MONKEY", ""))


@pytest.fixture
def at_the_table(
    qapp: QApplication,
    app_services: AppServices,
    tmp_path: Path,
    clock: SettableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    """The window with a vault of one's own; each document is typeset once and no dialog of the system opens."""
    assert qapp is not None
    _quieten(monkeypatch)
    window = build_window(app_services, clock, StillExecutor())
    window.show()
    make_vault(app_services, create_organisation("azc Duinrand", RECEPTION), tmp_path, clock)
    window.start.go("start")
    settle(window)
    unlock(window)
    yield window
    window.close_vault()
    window.shut_down()
    window.close()
    window.deleteLater()
    qapp.processEvents()


def _quieten(monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, bytes] = {}
    typeset = isolated_process.compile_pdf

    def typeset_once(template: str, data: Mapping[str, object], moment: datetime) -> bytes:
        if template not in made:
            made[template] = typeset(template, data, moment)
        return made[template]

    def show_bug(error: BaseException) -> OpmaatError:
        raise error

    monkeypatch.setattr(isolated_process, "compile_pdf", typeset_once)
    monkeypatch.setattr(boundary, "unexpected", show_bug)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: "")
    monkeypatch.setattr(QFileDialog, "open", lambda *_asked: None)
    monkeypatch.setattr(QPrintDialog, "show", lambda *_asked: None)
    monkeypatch.setattr(QDialog, "exec", lambda *_asked: 0)


def _play(window: MainWindow, seed: int, events: int) -> None:
    cases = (begin_dossier(window, "Selam"), begin_dossier(window, "Omar"))
    chance, trail = Random(seed), deque[str](maxlen=_REMEMBERED)  # noqa: S311  # guards nothing
    monkey = Monkey(window, cases, chance)
    for number in range(events):
        with capture_exceptions() as raised:
            trail.append(monkey.play())
        story = f"seed {seed}, event {number}: " + "; ".join(trail)
        assert not raised, f"{story}\n{raised[0][1]!r}\n{raised}"
        assert monkey.lost() == [], story


def test_a_few_random_events_raise_nothing_and_lose_no_letter(
    at_the_table: MainWindow,
) -> None:
    _play(at_the_table, 0, FEW)


@pytest.mark.long
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("seed", SEEDS)
def test_random_events_raise_nothing_and_lose_no_letter(at_the_table: MainWindow, seed: int) -> None:
    _play(at_the_table, seed, EVENTS)
