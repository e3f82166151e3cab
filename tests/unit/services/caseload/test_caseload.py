from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.kernel.changes import Aspect
from desktop.records import (
    AnswerGiven,
    Body,
    ConversationStarted,
    DossierView,
    EventContext,
    HandoverStep,
    PlanFieldSet,
)
from desktop.services.caseload.caseload import CaseloadService
from desktop.services.caseload.caseload_rows import DueGroup, NextStep, PersonRow, Stage
from desktop.services.sync.known_directory import KnownDirectory
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import RECEPTION
from protocol.errors import UserError
from protocol.identifiers import DossierId
from tests.unit.records.cases import Laptop, new_laptop

ME = "J. de Vries"
CONTEXT = EventContext(ME, "ti", interpreter=False)


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    made = new_laptop(tmp_path, create_organisation("AZC Harderwijk", RECEPTION), ME)
    yield made
    made.journal.close()
    made.vault.lock()


@pytest.fixture
def caseload(laptop: Laptop) -> CaseloadService:
    return CaseloadService(laptop.journal, KnownDirectory(laptop.vault), laptop.clock, ME)


def _begin(laptop: Laptop, caseload: CaseloadService, *bodies: Body, name: str = "Selam T.") -> DossierId:
    dossier, _changes = caseload.begin(name, ("ti", "nl"))
    if bodies:
        laptop.journal.append_all(dossier, bodies, CONTEXT)
    return dossier


def _answer(name: str, value: str) -> AnswerGiven:
    return AnswerGiven(f"/brede_intake/wie/gegevens/{name}", "given", value)


def _row(laptop: Laptop, caseload: CaseloadService, *bodies: Body) -> PersonRow:
    return caseload.person(_begin(laptop, caseload, *bodies))


def test_a_new_dossier_is_there_at_once_and_says_what_changed(laptop: Laptop, caseload: CaseloadService) -> None:
    dossier, changes = caseload.begin("  Selam T. ", ("ti", "nl"))
    assert Aspect.CASELOAD in changes.aspects
    assert changes.dossiers == {dossier}
    (row,) = caseload.people().people
    assert (row.name, row.languages, row.stage, row.step) == ("Selam T.", ("ti", "nl"), Stage.NEW, NextStep.START)
    assert row.number.startswith("OP-")
    assert row.mine
    assert laptop.journal.view(dossier).name == "Selam T."


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_dossier_needs_a_name_of_sensible_length(caseload: CaseloadService, name: str) -> None:
    with pytest.raises(UserError) as error:
        caseload.begin(name, ("ti",))
    assert error.value.code == "caseload.name_missing"
    assert caseload.people().people == ()


@pytest.mark.parametrize(
    ("bodies", "stage", "step", "when"),
    [
        ([_answer("roepnaam", "Selam")], Stage.TALKING, NextStep.GO_ON, DueGroup.TODAY),
        ([PlanFieldSet("route/proposed", "B1")], Stage.DRAFT, NextStep.READ_PLAN, DueGroup.WEEK),
        ([PlanFieldSet("signature/person", "x")], Stage.SIGNED, NextStep.HAND_OVER, DueGroup.WEEK),
        ([HandoverStep("offered", "Zeewolde")], Stage.SENT, NextStep.WAIT, DueGroup.WAITING),
        ([HandoverStep("received", "Zeewolde")], Stage.RECEIVED, NextStep.PLAN_TALK, DueGroup.WEEK),
        ([HandoverStep("talk_held", "Zeewolde")], Stage.TALK, NextStep.WAIT, DueGroup.WAITING),
        ([HandoverStep("accepted", "Zeewolde")], Stage.ACCEPTED, NextStep.NOTHING, DueGroup.LATER),
    ],
)
def test_where_a_dossier_stands_follows_from_what_happened(  # one row of the table
    laptop: Laptop, caseload: CaseloadService, bodies: list[Body], stage: Stage, step: NextStep, when: DueGroup
) -> None:
    row = _row(laptop, caseload, *bodies)
    assert (row.stage, row.step, row.when) == (stage, step, when)


def test_a_returned_dossier_shows_the_question_of_the_municipality(laptop: Laptop, caseload: CaseloadService) -> None:
    row = _row(laptop, caseload, HandoverStep("returned", "Ermelo", "Is de diplomawaardering aangevraagd?"))
    assert (row.stage, row.step, row.organisation) == (Stage.RETURNED, NextStep.ANSWER, "Ermelo")
    assert row.remark == "Is de diplomawaardering aangevraagd?"


def test_a_planned_talk_is_for_today_on_its_day(laptop: Laptop, caseload: CaseloadService) -> None:
    later = (laptop.clock.now() + timedelta(days=2)).isoformat()
    dossier = _begin(laptop, caseload, HandoverStep("talk_planned", "Zeewolde", "", later))
    assert caseload.person(dossier).when is DueGroup.WEEK
    assert caseload.person(dossier).moment == datetime.fromisoformat(later)
    laptop.clock.moment += timedelta(days=2)
    assert caseload.person(dossier).when is DueGroup.TODAY


def test_the_term_of_the_plan_runs_from_registration_and_asks_in_time(
    laptop: Laptop, caseload: CaseloadService
) -> None:
    today = laptop.clock.now().astimezone().date()
    registered = today - timedelta(days=60)
    notified = _answer("kennisgeving", (registered - timedelta(days=9)).isoformat())
    row = _row(laptop, caseload, notified, _answer("brp_datum", registered.isoformat()))
    assert row.term is not None
    assert (row.term.kind, row.term.days_left, row.term.soon) == ("plan", 10, True)
    assert caseload.people().filtered("soon") == (row,)


def test_before_registration_only_the_move_is_a_term(laptop: Laptop, caseload: CaseloadService) -> None:
    today = laptop.clock.now().astimezone().date()
    moving = _answer("verhuizen", (today + timedelta(days=9)).isoformat())
    row = _row(laptop, caseload, _answer("kennisgeving", today.isoformat()), moving, _answer("gemeente", "Zeewolde"))
    assert row.term is not None
    assert (row.term.kind, row.term.soon) == ("move", False)
    assert row.municipality == "Zeewolde"


def test_a_quiet_dossier_is_for_later(laptop: Laptop, caseload: CaseloadService) -> None:
    dossier = _begin(laptop, caseload, _answer("roepnaam", "Selam"))
    laptop.clock.moment += timedelta(days=31)
    assert caseload.person(dossier).when is DueGroup.LATER


def test_filters_divide_the_people(laptop: Laptop, caseload: CaseloadService) -> None:
    mine = _begin(laptop, caseload, name="Een")
    others = laptop.journal.create_dossier("Twee", ("ar",), EventContext("Thomas", "ar", interpreter=False))
    away = _begin(laptop, caseload, HandoverStep("offered", "Zeewolde"), name="Drie")
    people = caseload.people()
    assert {row.dossier for row in people.filtered("mine")} == {mine, away}
    assert {row.dossier for row in people.filtered("all")} == {mine, others, away}
    assert {row.dossier for row in people.filtered("handover")} == {away}
    assert people.filtered("choice") == ()


def test_who_took_over_a_talk_counts_as_mine(laptop: Laptop, caseload: CaseloadService) -> None:
    dossier = laptop.journal.create_dossier("Twee", ("ar",), EventContext("Thomas", "ar", interpreter=False))
    assert not caseload.person(dossier).mine
    laptop.journal.append(dossier, ConversationStarted(2, "none", ""), CONTEXT)
    assert caseload.person(dossier).mine


def test_the_most_urgent_comes_first(laptop: Laptop, caseload: CaseloadService) -> None:
    _begin(laptop, caseload, HandoverStep("accepted", "Ermelo"), name="Klaar")
    _begin(laptop, caseload, HandoverStep("offered", "Ermelo"), name="Wacht")
    _begin(laptop, caseload, PlanFieldSet("route/proposed", "B1"), name="Week")
    _begin(laptop, caseload, _answer("leeftijd", "30"), name="Vandaag")
    assert [row.name for row in caseload.people().people] == ["Vandaag", "Week", "Wacht", "Klaar"]


def test_renewing_reads_only_what_changed(
    laptop: Laptop, caseload: CaseloadService, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (_begin(laptop, caseload, name=name) for name in ("Selam T.", "Amina"))
    before = caseload.people()
    laptop.journal.append_all(first, [_answer("roepnaam", "Selam")], CONTEXT)
    new = _begin(laptop, caseload, name="Nieuw")
    seen: list[DossierId] = []
    view = laptop.journal.view

    def watch(dossier: DossierId) -> DossierView:
        seen.append(dossier)
        return view(dossier)

    monkeypatch.setattr(laptop.journal, "view", watch)
    monkeypatch.setattr(laptop.journal, "summaries", lambda _summarise: pytest.fail("everything was read"))
    after = caseload.renew(before, {first, new})
    assert set(seen) == {first, new}
    monkeypatch.undo()
    assert after == caseload.people()
    assert {row.dossier for row in after.people} == {first, second, new}
    assert caseload.renew(after, set()) is after


def test_renewing_on_another_day_reads_everything(laptop: Laptop, caseload: CaseloadService) -> None:
    _begin(laptop, caseload)
    before = caseload.people()
    laptop.clock.moment += timedelta(days=40)
    assert caseload.renew(before, set()) == caseload.people() != before


def test_a_case_that_is_gone_leaves_the_list(laptop: Laptop, caseload: CaseloadService) -> None:
    dossier = _begin(laptop, caseload)
    before = caseload.people()
    laptop.journal.erase(dossier, "term", CONTEXT)
    assert caseload.renew(before, {dossier}).people == ()


def test_one_v_number_in_two_dossiers_is_told_in_both(laptop: Laptop, caseload: CaseloadService) -> None:
    first = _begin(laptop, caseload, _answer("v_nummer", "1234567890"))
    second = _begin(laptop, caseload, _answer("v_nummer", "۱۲۳۴۵۶۷۸۹۰"), name="Luwam")
    third = _begin(laptop, caseload, _answer("v_nummer", "1234567891"), name="Rahel")
    fourth = _begin(laptop, caseload, name="Hanna")
    told = {each: [row.name for row in caseload.with_same_number(each)] for each in (first, second, third, fourth)}
    assert told == {first: ["Luwam"], second: ["Selam T."], third: [], fourth: []}


def test_a_v_number_that_was_taken_back_is_nobodys(laptop: Laptop, caseload: CaseloadService) -> None:
    first = _begin(laptop, caseload, _answer("v_nummer", "1234567890"))
    second = _begin(laptop, caseload, _answer("v_nummer", "1234567890"), name="Luwam")
    laptop.journal.append(first, AnswerGiven("/brede_intake/wie/gegevens/v_nummer", "declined"), CONTEXT)
    assert caseload.v_number(first) == ""
    assert caseload.with_same_number(second) == ()
