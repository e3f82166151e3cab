"""Every word that was ever written for how a talk is interpreted is read; a later one is not guessed at."""

import pytest

from desktop.records.events.interpreter_mode import InterpreterMode, read_mode


@pytest.mark.parametrize("mode", list(InterpreterMode))
def test_what_is_written_today_is_read_as_itself(mode: InterpreterMode) -> None:
    assert read_mode(mode.value) is mode


@pytest.mark.parametrize(("word", "mode"), [("telephone", InterpreterMode.PHONE), ("present", InterpreterMode.ROOM)])
def test_what_early_versions_wrote_is_read_as_what_it_meant(word: str, mode: InterpreterMode) -> None:
    assert read_mode(word) is mode


@pytest.mark.parametrize("word", ["", "hologram", "Phone", "phone "])
def test_a_word_of_a_later_version_is_not_guessed_at(word: str) -> None:
    assert read_mode(word) is None
