"""A whole invented interview without Qt: given at the fixture, stopped half-way, gone on with, looked over."""

from datetime import date
from pathlib import Path

import pytest

from desktop.kernel.ref import Ref
from desktop.kernel.resources import practice_directory
from desktop.records import Status
from desktop.services.accounts.case_file import Case, read_case
from tests.unit.services.interview_fixture import InterviewFixture, interview_at, ref

CASES = sorted(practice_directory().glob("case_*.json"))
STATUSES: dict[str, Status] = {"answer": "given", "declined": "declined", "unknown": "unknown"}


def play(fixture: InterviewFixture, case: Case, *, stop_after: int | None = None) -> None:
    """Give the answers of `case` in order; start the program anew after `stop_after` of them."""
    rows: dict[str, list[str]] = {}
    for count, step in enumerate(case.steps):
        if count == stop_after:
            fixture.restart()
        if step.kind == "add":
            added = fixture.interview.add_row(fixture.dossier, ref(step.target))
            assert added.problem is None
            instance = fixture.laptop.journal.view(fixture.dossier).repeats[ref(step.target)][-1]
            rows.setdefault(step.target, []).append(f"{ref(step.target)}[{instance}]")
        elif step.kind in STATUSES:
            address = ref(step.target)
            if step.repeat:
                address = rows[step.repeat][step.index - 1] + address.removeprefix(ref(step.repeat))
            given = fixture.interview.answer(fixture.dossier, address, STATUSES[step.kind], step.value)
            assert given.problem is None, step.target


def answers(fixture: InterviewFixture) -> list[tuple[str, str, object]]:
    """Return what stands in the record, without the identities of rows."""
    found = fixture.laptop.journal.view(fixture.dossier).answers
    return sorted(
        (Ref.parse(address).path, register[0].status, register[0].value) for address, register in found.items()
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_that_is_interrupted_ends_as_one_that_is_not(path: Path, tmp_path: Path) -> None:
    case = read_case(path.read_bytes(), date(2026, 11, 21))
    whole, stopped = (
        interview_at(tmp_path / "whole", case.languages),
        interview_at(tmp_path / "stopped", case.languages),
    )
    play(whole, case)
    play(stopped, case, stop_after=len(case.steps) // 2)
    assert answers(stopped) == answers(whole)
    assert stopped.review.view(stopped.dossier).count("missing") == whole.review.view(whole.dossier).count("missing")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_taking_everything_back_leaves_nothing_answered(path: Path, tmp_path: Path) -> None:
    case = read_case(path.read_bytes(), date(2026, 11, 21))
    fixture = interview_at(tmp_path, case.languages)
    play(fixture, case)
    while fixture.interview.view(fixture.dossier).can_undo:
        fixture.interview.undo(fixture.dossier)
    assert {status for _ref, status, _value in answers(fixture)} <= {"cleared"}
    assert not any(fixture.laptop.journal.view(fixture.dossier).repeats.values())
