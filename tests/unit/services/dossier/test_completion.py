from pathlib import Path

import pytest

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.records import Intention, Journal
from desktop.records.store.database import Store
from desktop.services.dossier.completion import Completion
from protocol.canonical import JsonValue
from protocol.errors import EnvironmentProblem
from tests.unit.records.cases import new_journal


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return new_journal(tmp_path)


@pytest.mark.expects_log
def test_what_fails_stays_pending_and_holds_nothing_else_up(journal: Journal) -> None:
    done: list[JsonValue] = []
    is_full = True

    def fill(value: JsonValue) -> Changes:
        if is_full:
            raise EnvironmentProblem("files.disk_full")
        done.append(value)
        return changed(Aspect.SYNC)

    def note(value: JsonValue) -> Changes:
        done.append(value)
        return changed(Aspect.HANDOVER)

    completion = Completion(journal.intentions, {"fill": fill, "note": note})
    for each in (Intention("fill", 1), Intention("later version", 2), Intention("note", 3)):
        journal.intentions.begin(each)
    assert completion.complete() == changed(Aspect.HANDOVER)
    assert (done, [each.value for each in journal.intentions.pending()]) == ([3], [1, 2])
    is_full = False
    assert completion.complete() == changed(Aspect.SYNC)
    assert [each.value for each in journal.intentions.pending()] == [2]


@pytest.mark.expects_log
def test_a_journal_that_cannot_be_read_raises_nothing(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_store: Store, _statement: str) -> list[tuple[object, ...]]:
        raise EnvironmentProblem("records.input_output")

    monkeypatch.setattr(Store, "run", refuse)
    assert not Completion(journal.intentions, {}).complete()
