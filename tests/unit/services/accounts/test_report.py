"""The report for an administrator: versions, codes and places; nothing anybody typed."""

import logging
from pathlib import Path

import pytest

from desktop.kernel.log import note, warn
from desktop.services.accounts.own_vault import Draft
from desktop.services.accounts.report import WARNINGS, keep_reports, save_report

CANARY = "Zebediah Kwamena"


@pytest.mark.expects_log
def test_warnings_are_kept_without_what_exceptions_say(tmp_path: Path) -> None:
    data, logger = tmp_path / "data", logging.getLogger("desktop.test")
    with keep_reports(data):
        warn(logger, "store.slow", milliseconds="1200", about=CANARY)
        note(logger, "store.opened")
        try:
            int(CANARY)
        except ValueError:
            logger.exception("a call that asks for the traceback")
    warn(logger, "after.the.end")
    save_report(data, tmp_path / "report.txt")
    report = (tmp_path / "report.txt").read_text("utf-8")
    assert "store.slow milliseconds=1200 about=#" in report
    assert "opmaat 0." in report
    assert "Traceback" not in report
    assert CANARY not in report
    assert "store.opened" not in report
    assert "after.the.end" not in report
    assert data.stat().st_mode & 0o077 == 0
    assert (data / WARNINGS).is_file()


def test_a_report_about_nothing_still_says_the_versions(tmp_path: Path) -> None:
    save_report(tmp_path / "nowhere", tmp_path / "report.txt")
    assert "cryptography " in (tmp_path / "report.txt").read_text("utf-8")


@pytest.mark.parametrize(
    "value",
    [None, 3, "text", [], {}, {"page": "people"}, {"page": 1, "part": "", "dossier": None, "texts": {}}],
)
def test_a_draft_of_another_form_is_not_shown(value: object) -> None:
    assert Draft.from_json(value) is None  # type: ignore[arg-type]  # anything may lie there


def test_a_draft_comes_back_as_it_was() -> None:
    draft = Draft("interview", None, "/data/naam", {"interview.answer": "half"})
    assert Draft.from_json(draft.to_json()) == draft
    assert Draft("people", None, "", {}).to_json() is None


def test_faults_lose_the_folders_which_may_hold_a_name(tmp_path: Path) -> None:
    (tmp_path / "faults.log").write_text('  File "/home/marieke/opmaat/ui/window.py", line 3 in lock\n', "utf-8")
    save_report(tmp_path, tmp_path / "report.txt")
    report = (tmp_path / "report.txt").read_text("utf-8")
    assert 'File "window.py", line 3 in lock' in report
    assert "marieke" not in report
