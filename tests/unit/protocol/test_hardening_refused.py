"""Where the system refuses, or knows nothing of the kind, the program goes on and says what is missing.

The refusals are put in the way; what a system does that does not refuse is shown with processes in `test_hardening`.
"""

import ctypes
import os
import resource
import sys
from collections.abc import Iterator

import pytest

from protocol import hardening


class _Library:
    """A C library whose prctl(2) says no."""

    @staticmethod
    def prctl(*_arguments: int) -> int:
        return -1


@pytest.fixture(autouse=True)
def mask() -> Iterator[int]:
    """What new files of the test run leave out, put back afterwards."""
    before = os.umask(0o022)
    yield before
    os.umask(before)


def _refuse(*_arguments: object, **_options: object) -> None:
    raise OSError


def _exceed(*_arguments: object, **_options: object) -> None:
    raise ValueError


@pytest.mark.parametrize("refusal", [_refuse, _exceed])
def test_a_limit_that_may_not_be_set_is_told(monkeypatch: pytest.MonkeyPatch, refusal: object) -> None:
    monkeypatch.setattr(resource, "setrlimit", refusal)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_name, **_options: _Library)
    assert hardening.harden() == hardening.Hardening(no_core=False, not_debuggable=False)
    assert os.umask(0o022) == 0o077


@pytest.mark.parametrize("library", [_refuse, lambda *_name, **_options: object()])
def test_a_system_library_without_the_call_is_told(monkeypatch: pytest.MonkeyPatch, library: object) -> None:
    monkeypatch.setattr(resource, "setrlimit", lambda *_limit: None)
    monkeypatch.setattr(ctypes, "CDLL", library)
    assert hardening.harden() == hardening.Hardening(no_core=True, not_debuggable=False)


@pytest.mark.parametrize(("platform", "no_core"), [("win32", False), ("darwin", True)])
def test_a_system_of_another_kind_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, platform: str, *, no_core: bool
) -> None:
    monkeypatch.setattr(resource, "setrlimit", lambda *_limit: None)
    monkeypatch.setattr(ctypes, "CDLL", _refuse)
    monkeypatch.setattr(sys, "platform", platform)
    assert hardening.harden() == hardening.Hardening(no_core=no_core, not_debuggable=False)
    assert os.umask(0o022) == 0o077
