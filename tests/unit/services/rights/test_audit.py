"""The audit trail tells who did what, when and to which case, and never an answer."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.records import (
    HEALTH,
    AnswerGiven,
    ConflictSettled,
    ConversationStarted,
    EventContext,
    HandoverStep,
    NoteWritten,
    PlaceKept,
    PlanFieldSet,
    RepeatAdded,
    TranslationFlagged,
)
from desktop.services.rights.audit import Audit
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import RECEPTION
from protocol.identifiers import DossierId, case_number
from tests.unit.records.cases import Laptop, new_laptop, share

AZC = create_organisation("AZC Haarlem", RECEPTION)
CANARY = "kanarie-93b0"
WORKER = "J. de Vries"


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    made = new_laptop(tmp_path, AZC, WORKER)
    yield made
    made.journal.close()
    made.vault.lock()


def _case(laptop: Laptop) -> DossierId:
    """Open a case with the canary in every field a person can type in."""
    context = EventContext(WORKER, "ti", interpreter=True)
    dossier = laptop.journal.create_dossier(f"{CANARY} naam", (f"{CANARY}-taal",), context)
    bodies = [
        AnswerGiven(f"/{CANARY}", "given", CANARY),
        NoteWritten("/a", CANARY),
        TranslationFlagged("/a", "ti", CANARY),
        PlanFieldSet(CANARY, {CANARY: CANARY}),
        HandoverStep("returned", CANARY, CANARY, CANARY),
        ConflictSettled("/a", "given", CANARY, CANARY),
        PlaceKept(f"/{CANARY}", "ti"),
        RepeatAdded(f"/{CANARY}", "ab12cd34"),  # type: ignore[arg-type]  # an instance id
        ConversationStarted(1, CANARY, CANARY),
    ]
    laptop.journal.append_all(dossier, bodies, context)
    laptop.journal.append(dossier, AnswerGiven("/g", "given", CANARY), context, HEALTH)
    return dossier


def _audit(laptop: Laptop) -> Audit:
    return Audit(laptop.journal, laptop.clock, WORKER)


def test_every_event_is_a_line_and_no_answer_is_in_it(laptop: Laptop) -> None:
    dossier = _case(laptop)
    assert _audit(laptop).viewed(dossier)
    trail = _audit(laptop).trail()
    rows = list(csv.DictReader(io.StringIO(trail.to_csv().decode("utf-8-sig"))))
    told = json.loads(trail.to_json())
    assert [row["kind"] for row in rows][:2] == ["dossier_opened", "answer_given"]
    assert rows[-1] == {
        "case": dossier,
        "number": case_number(dossier),
        "device": laptop.vault.device.id,
        "sequence": "12",
        "moment": "2026-11-21T09:30:00.000Z",
        "clock": "",
        "kind": "case_viewed",
        "compartment": "core",
        "author": WORKER,
        "organisation": laptop.vault.organisation_id,
        "language": "ti",
        "interpreter": "True",
    }
    assert [event["kind"] for event in told["events"]] == [row["kind"] for row in rows]
    assert rows[10]["compartment"] == HEALTH
    assert CANARY.encode() not in trail.to_csv() + trail.to_json()


def test_looking_is_recorded_once_in_a_while_also_after_a_restart(laptop: Laptop) -> None:
    dossier = _case(laptop)
    assert [_audit(laptop).viewed(dossier) for _ in range(3)] == [True, False, False]
    laptop.reopen()
    assert not _audit(laptop).viewed(dossier)
    assert Audit(laptop.journal, laptop.clock, "A. Bakker").viewed(dossier)
    laptop.clock.moment += timedelta(minutes=30)
    assert _audit(laptop).viewed(dossier)


def test_looking_is_no_news_of_the_case_and_refreshes_nothing(tmp_path: Path) -> None:
    one, two = new_laptop(tmp_path, AZC, "Eén"), new_laptop(tmp_path, AZC, "Twee")
    dossier = _case(one)
    share(one, two)
    before = two.journal.view(dossier)
    one.clock.moment += timedelta(days=3)
    assert Audit(one.journal, one.clock, "Eén").viewed(dossier)
    taken = two.journal.accept_rows(one.rows())
    after = two.journal.view(dossier)
    assert (taken.accepted, bool(taken.changes)) == (1, False)
    assert after.last_event == before.last_event
    assert dict(after.viewed) == {"Eén": one.clock.moment}
    one.journal.close()
    two.journal.close()


@pytest.mark.expects_log
def test_a_case_that_cannot_be_written_to_is_shown_all_the_same(
    laptop: Laptop, caplog: pytest.LogCaptureFixture
) -> None:
    assert not _audit(laptop).viewed(DossierId("f" * 32))
    assert "audit.view_not_recorded" in caplog.text
    assert "records.dossier_unknown" in caplog.text


def test_rows_without_a_key_are_counted(tmp_path: Path) -> None:
    one, two = new_laptop(tmp_path, AZC, "Eén"), new_laptop(tmp_path, AZC, "Twee")
    dossier = _case(one)
    share(one, two)
    trail = Audit(two.journal, two.clock, "Twee").trail()
    assert trail.hidden == {dossier: 1}
    assert len(trail.lines) == 10
    one.journal.close()
    two.journal.close()


def test_a_name_that_a_spreadsheet_would_calculate_is_text(tmp_path: Path) -> None:
    laptop = new_laptop(tmp_path, AZC, "=1+1")
    laptop.journal.create_dossier("Selam", ("ti",), EventContext("=1+1", "ti"))
    rows = list(
        csv.DictReader(io.StringIO(Audit(laptop.journal, laptop.clock, "=1+1").trail().to_csv().decode("utf-8-sig")))
    )
    assert rows[0]["author"] == "'=1+1"
    laptop.journal.close()
