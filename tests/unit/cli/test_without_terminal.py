"""The program started from a menu of Windows has no standard output at all."""

import sys

import pytest

from desktop.cli import run


def test_a_command_ends_well_without_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert run(["form", "check", "desktop/forms/library/brede_intake.md"]) == 0
    for stream in (sys.stdout, sys.stderr):
        stream.close()
