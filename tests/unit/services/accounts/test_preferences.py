from pathlib import Path

import pytest

from desktop.kernel.changes import Aspect
from desktop.services.accounts.preferences import DisplaySettings, Preferences


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
