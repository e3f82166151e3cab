from pathlib import Path

import pytest

from desktop.kernel.changes import Aspect
from desktop.services.accounts.preferences import DisplaySettings, Preferences, WindowPlace


def test_without_a_file_the_look_is_dutch_light_and_100_percent(tmp_path: Path) -> None:
    assert Preferences(tmp_path / "new").look == DisplaySettings("nl", 100, "light")


def test_what_was_chosen_is_there_after_a_restart(tmp_path: Path) -> None:
    root = tmp_path / "data"
    preferences = Preferences(root)
    assert preferences.set_language("ar").aspects == {Aspect.SETTINGS}
    preferences.set_size(150)
    preferences.set_scheme("dark")
    assert Preferences(root).look == DisplaySettings("ar", 150, "dark")


def test_choosing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    assert not Preferences(tmp_path / "data").set_size(100)


@pytest.mark.parametrize(("asked", "kept"), [(50, 100), (999, 200), (125, 125)])
def test_the_text_size_stays_within_100_and_200_percent(tmp_path: Path, asked: int, kept: int) -> None:
    preferences = Preferences(tmp_path / "data")
    preferences.set_size(asked)
    assert preferences.look.size == kept


@pytest.mark.parametrize(
    "content",
    [b"", b"not json", b"[1, 2]", b'{"language": 7, "size": "big", "scheme": null}', b'{"language": "xx", "size": 9}'],
)
def test_a_file_that_makes_no_sense_counts_as_the_defaults(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "preferences.json").write_bytes(content)
    assert Preferences(tmp_path).look == DisplaySettings()


def test_the_window_stands_where_it_was_left_with_the_same_screens(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path)
    one, two = WindowPlace(-1280, 0, 1280, 800), WindowPlace(5, 40, 1000, 600, full=True)
    preferences.set_window("laptop", one)
    preferences.set_window("desk", two)
    assert Preferences(tmp_path).look.windows == {"laptop": one, "desk": two}


def test_places_of_screens_long_gone_are_forgotten(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path)
    for number in range(40):
        preferences.set_window(f"screens {number:02}", WindowPlace(number, 0, 900, 600))
    assert len(Preferences(tmp_path).look.windows) == 16
    assert "screens 39" in Preferences(tmp_path).look.windows


@pytest.mark.parametrize(
    "place",
    [
        "7",
        "[1, 2, 3, 4]",
        '{"x": 1}',
        '{"x": 0, "y": 0, "width": 0, "height": 9}',
        '{"x": 1e9, "y": 0, "width": 9, "height": 9}',
        '{"x": true, "y": 0, "width": 9, "height": 9}',
        '{"x": 9999999, "y": 0, "width": 9, "height": 9}',
    ],
)
def test_a_place_that_makes_no_sense_is_left_out(tmp_path: Path, place: str) -> None:
    (tmp_path / "preferences.json").write_text('{"size": 150, "windows": {"a": ' + place + "}}")
    assert Preferences(tmp_path).look == DisplaySettings(size=150)
