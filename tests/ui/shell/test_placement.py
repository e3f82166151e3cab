from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from desktop.services.accounts.preferences import Preferences, WindowPlace
from desktop.services.suite import AppServices
from desktop.ui.app import build_window
from desktop.ui.placement import first_place, screens_now
from desktop.ui.window import SMALLEST
from protocol.times import SettableClock

DESK, LAPTOP, SMALL = QRect(1366, 0, 1920, 1040), QRect(0, 0, 1366, 728), QRect(0, 0, 1024, 600)
FRAME = 40


def _where(place: WindowPlace) -> QRect:
    return QRect(place.x, place.y, place.width, place.height)


def test_on_a_large_screen_the_window_stands_in_the_middle() -> None:
    place = first_place(None, [QRect(0, 0, 1920, 1040)])
    assert (place.width, place.height, place.full) == (1280, 800, False)
    assert abs(_where(place).center().x() - 960) <= 1


@pytest.mark.parametrize("free", [LAPTOP, SMALL])
def test_where_the_usual_size_does_not_fit_the_window_fills_the_screen(free: QRect) -> None:
    place = first_place(None, [free])
    assert place.full
    assert free.contains(_where(place).adjusted(0, -FRAME, 0, 0))


def test_it_opens_where_it_was_left() -> None:
    left = WindowPlace(1500, 100, 1100, 700)
    assert first_place(left, [LAPTOP, DESK]) == left
    assert first_place(WindowPlace(1500, 100, 1100, 700, full=True), [LAPTOP, DESK]).full


def test_what_hangs_over_an_edge_is_brought_into_sight() -> None:
    place = first_place(WindowPlace(3000, 900, 1100, 700), [LAPTOP, DESK])
    assert DESK.contains(_where(place).adjusted(0, -FRAME, 0, 0))
    assert (place.width, place.height) == (1100, 700)


def test_it_opens_on_the_main_screen_where_its_own_is_gone() -> None:
    place = first_place(WindowPlace(1500, 100, 1100, 700), [QRect(0, 0, 1280, 900)])
    assert QRect(0, 0, 1280, 900).contains(_where(place))


def test_it_is_never_larger_than_the_screen() -> None:
    place = first_place(WindowPlace(10, 50, 1800, 1000), [SMALL])
    assert SMALL.contains(_where(place).adjusted(0, -FRAME, 0, 0))


def test_the_smallest_window_fits_the_smallest_screen() -> None:
    assert SMALLEST.width() <= SMALL.width()
    assert SMALLEST.height() + FRAME <= SMALL.height()


def test_the_place_is_kept_on_closing_and_taken_at_the_next_start(
    qapp: QApplication, app_services: AppServices, clock: SettableClock, tmp_path: Path
) -> None:
    assert qapp is not None
    left = screens_now()[1][0].adjusted(10, 60, -40, -60)
    for expected in (None, left):
        window = build_window(app_services, clock)
        window.setMinimumSize(1, 1)
        window.take_place()
        window.show()
        if expected is not None:
            assert window.normalGeometry() == expected
        window.showNormal()
        window.setGeometry(left)
        window.close()
        window.shut_down()
        window.deleteLater()
    (kept,) = Preferences(tmp_path / "data").look.windows.values()
    assert _where(kept) == left
