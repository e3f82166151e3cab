"""Real screens without a display: bundled fonts, a real vault, journal and interview, a clock that stands still."""

import gc
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.bootstrap import Config, build
from desktop.bootstrap import content as ships
from desktop.bootstrap.content import Content
from desktop.documents.typesetting import isolated_process
from desktop.documents.typesetting.isolated_process import compile_pdf
from desktop.i18n.languages import language
from desktop.services.suite import AppServices
from desktop.ui.app import build_window, make_application
from desktop.ui.design.theme import Theme
from desktop.ui.window import MainWindow
from desktop.vault.crypto.stretching import Cost
from protocol.times import SettableClock
from tests import content as shipped
from tests.ui.inspection import press, settle
from tests.ui.still import Stage, make_stage
from tests.ui.table_on_screen import Screen, new_vault_at, open_screen
from tests.unit.services.plan_world import World, make_world

_TYPESET: dict[tuple[str, str, datetime], bytes] = {}
CHEAP = Cost(64, 1, 1, below_floor=True)
MakeTheme = Callable[[str, str, float], Theme]


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application of all tests, with the bundled fonts."""
    return make_application()


@pytest.fixture(scope="package", autouse=True)
def garbage_stays_here() -> Iterator[None]:
    """Leave automatic collection as it was found: the application turns it off, and tests of other floors follow."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def no_window_left_open() -> Iterator[None]:
    """Fail a test that leaves a main window on screen: the tests after it would see it."""
    yield
    assert [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()] == []


@pytest.fixture(autouse=True)
def same_document_typeset_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep each document that a process of its own typeset, for the next test that shows the very same one."""
    monkeypatch.setattr(isolated_process, "compile_pdf", _typeset)


def _typeset(template: str, data: Mapping[str, object], moment: datetime) -> bytes:
    key = (template, json.dumps(data, sort_keys=True), moment)
    if key not in _TYPESET:
        _TYPESET[key] = compile_pdf(template, data, moment)
    return _TYPESET[key]


@pytest.fixture
def clock() -> SettableClock:
    """Tuesday 24 November 2026, a quarter to eleven in the Netherlands."""
    return SettableClock(datetime(2026, 11, 24, 9, 42, tzinfo=UTC))


@pytest.fixture(scope="session")
def content() -> Content:
    """The interview, the region and the catalogues, read once for all tests."""
    return shipped.content()


@pytest.fixture
def app_services(
    tmp_path: Path, content: Content, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> AppServices:
    """The real services over an empty folder; guessing a passphrase costs next to nothing."""
    monkeypatch.setattr(ships, "read_content", lambda _cache: content)
    return build(Config(tmp_path / "data", tmp_path / "cache", clock, CHEAP))


@pytest.fixture
def screen(qtbot: QtBot, tmp_path: Path, content: Content) -> Iterator[Screen]:
    """A new vault with the pages of the interview."""
    opened = open_screen(qtbot, new_vault_at(tmp_path), content)
    yield opened
    opened.close()


@pytest.fixture
def window(qapp: QApplication, app_services: AppServices, clock: SettableClock) -> Iterator[MainWindow]:
    """The window on its first page, 1280 by 800."""
    made = build_window(app_services, clock)
    made.show()
    settle(made)
    yield made
    made.shut_down()
    made.close()
    made.deleteLater()
    qapp.processEvents()


@pytest.fixture
def practice(window: MainWindow) -> MainWindow:
    """The window on the people page of the practice environment, with its invented people."""
    press(window, "first.practise")
    settle(window)
    assert window.shell is not None
    return window


@pytest.fixture
def make_theme(qapp: QApplication) -> Iterator[MakeTheme]:
    """Make and apply a theme: language tag, scheme, text size; the defaults return afterwards."""
    assert qapp is not None

    def make(tag: str = "nl", scheme: str = "light", scale: float = 1.0) -> Theme:
        theme = Theme(language(tag), "dark" if scheme == "dark" else "light", scale)
        theme.apply()
        return theme

    yield make
    Theme(language("nl")).apply()


@pytest.fixture
def theme(make_theme: MakeTheme) -> Theme:
    """The usual look: Dutch, light, 100 %."""
    return make_theme("nl", "light", 1.0)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A reception location and a municipality, and a case of the first that was asked everything."""
    made = make_world(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def stage(qapp: QApplication, world: World) -> Iterator[Stage]:
    """What the pages of the reception location's case stand on."""
    assert qapp is not None
    made = make_stage(world.azc)
    yield made
    made.close()


@pytest.fixture
def town_stage(qapp: QApplication, world: World) -> Iterator[Stage]:
    """Return the stage of the municipality."""
    assert qapp is not None
    made = make_stage(world.town)
    yield made
    made.close()
