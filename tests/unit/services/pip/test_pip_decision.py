"""Filling in, issuing and keeping a decision (PIP), by the organisation that may."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.records import EventContext, PipIssued
from desktop.services.caseload.caseload_rows import DueGroup, NextStep
from desktop.services.pip.pip import PipService
from desktop.services.pip.pip_parts import PipView
from desktop.services.plan.documents import PIP_DECISION, PIP_DRAFT, PIP_PLAN, SUPPORT_PLAN
from desktop.services.plan.plan_versions import kept_plans, short_digest
from protocol.canonical import JsonValue
from protocol.errors import EnvironmentProblem, UserError
from tests.unit.documents.pages import pages_of
from tests.unit.plan.pip.pip_case import FILLED
from tests.unit.services.failing_writes import MOST_WRITES, FailingWrites, ProcessDiedError, attempt
from tests.unit.services.handover.test_handover_service import send
from tests.unit.services.plan_world import World, decide


@pytest.fixture
def pip(world: World) -> PipService:
    """Return the decisions of the municipality, which accepted the case and filled one in."""
    send(world)
    world.town.services.received.receive(world.dossier)
    world.town.services.received.accept(world.dossier)
    decide(world.town, world.dossier)
    for field, value in FILLED.items():
        world.town.services.pip.set_field(world.dossier, field, value)
    return world.town.services.pip


def fill(pip: PipService, world: World, **changes: JsonValue) -> PipView:
    """Fill in some fields, by their short names."""
    for name, value in changes.items():
        pip.set_field(world.dossier, f"pip/{name}", value)
    return pip.view(world.dossier)


def _codes(view: PipView) -> list[str]:
    return [item.code for item in view.draft.missing]


def test_a_reception_location_does_not_decide(world: World) -> None:
    azc = world.azc.services.pip
    assert not azc.view(world.dossier).decides
    with pytest.raises(UserError, match=r"pip\.not_yours"):
        azc.issue(world.dossier)
    assert azc.view(world.dossier).issued == ()


def test_what_is_missing_is_named_and_blocks(pip: PipService, world: World) -> None:
    view = fill(pip, world, mandate=None)
    assert _codes(view) == ["pip.lacks_mandate"]
    assert not view.may_be_issued
    with pytest.raises(UserError, match=r"pip\.not_ready"):
        pip.issue(world.dossier)


def test_what_duo_would_refuse_blocks(pip: PipService, world: World) -> None:
    assert _codes(fill(pip, world, level="A2")) == ["duo.first_a2"]
    assert _codes(fill(pip, world, level=None, duty_began="2026-12-01")) == ["duo.before_duty"]


def test_an_issued_decision_never_changes_and_fixes_the_term(pip: PipService, world: World) -> None:
    before = world.town.services.plan.plan(world.dossier)
    done = pip.issue(world.dossier)
    (issued,) = done.view.issued
    assert (issued.number, issued.stamp.author, issued.frozen.language) == (1, world.town.vault.person, "ti")
    assert not done.view.changed
    assert not done.view.may_be_issued
    (plan,) = kept_plans(world.town.journal.view(world.dossier))
    assert (issued.plan, issued.decision.plan_seal) == (plan.digest, short_digest(plan.digest))
    assert plan.plan().goals[0].text.dutch == before.goals[0].text.dutch
    with pytest.raises(UserError, match=r"pip\.nothing_new"):
        pip.issue(world.dossier)
    changed = fill(pip, world, talks="3")
    assert (changed.changed, changed.issued[0].frozen.text) == (True, issued.frozen.text)
    assert [each.day for each in changed.dates if each.key == "term_end"] == [date(2029, 11, 24)]


def test_the_next_decision_keeps_the_term_and_counts_on(pip: PipService, world: World) -> None:
    pip.issue(world.dossier)
    world.town.services.plan.propose(world.dossier, "Z")
    world.town.services.plan.set_deviation(world.dossier, "Na zes maanden les blijkt B1 te hoog.")
    view = fill(pip, world, dated="2027-05-03", sent="2027-05-03")
    assert _codes(view) == []
    done = pip.issue(world.dossier)
    first, second = done.view.issued
    assert (second.number, second.decision.route, second.decision.first) == (2, "Z", first.decision.dated)
    assert [each.day for each in done.view.dates if each.key == "term_end"] == [date(2029, 11, 24)]
    assert _codes(fill(pip, world, dated="2027-04-01")) == ["pip.dated_too_early", "duo.before_plan"]


def test_the_list_asks_to_decide_and_then_to_follow_the_plan(pip: PipService, world: World) -> None:
    caseload = world.town.services.caseload
    world.town.services.plan.sign(world.dossier, "person", "Luwam Voorbeeld", "op het scherm")
    assert (caseload.person(world.dossier).step, caseload.person(world.dossier).when) == (
        NextStep.DECIDE,
        DueGroup.WEEK,
    )
    pip.issue(world.dossier)
    row = caseload.person(world.dossier)
    assert (row.step, row.when) == (NextStep.FOLLOW_PLAN, DueGroup.LATER)
    assert row.term is not None
    assert (row.term.kind, row.term.day) == ("route_change", date(2028, 5, 25))
    world.town.clock.moment += timedelta(days=(date(2028, 5, 20) - date(2026, 11, 21)).days)
    assert caseload.person(world.dossier).when is DueGroup.WEEK


def test_a_signed_plan_goes_along_as_it_was_signed(pip: PipService, world: World) -> None:
    world.town.services.plan.sign(world.dossier, "person", "Luwam Voorbeeld", "op het scherm")
    signed = world.town.services.plan.versions(world.dossier).versions[0]
    assert pip.issue(world.dossier).view.issued[0].plan == signed.digest
    assert len(kept_plans(world.town.journal.view(world.dossier))) == 1


def test_a_decision_that_is_damaged_is_no_date_and_says_so(pip: PipService, world: World) -> None:
    context = EventContext("J. de Vries", "ti", interpreter=False)
    world.town.journal.append(world.dossier, PipIssued("ti", "{", "0" * 64), context)
    assert world.town.services.caseload.person(world.dossier).term is not None
    with pytest.raises(UserError, match=r"pip\.decision_damaged"):
        pip.view(world.dossier)


def test_the_letter_is_a_draft_until_it_was_issued_and_then_stays(
    pip: PipService, world: World, tmp_path: Path
) -> None:
    documents = world.town.services.documents
    with pytest.raises(UserError, match=r"pip\.nothing_issued"):
        documents.preview(PIP_DECISION, world.dossier)
    draft = documents.preview(PIP_DRAFT, world.dossier)
    assert (draft.kinds, draft.language, len(draft.pages) >= 2) == ((PIP_DRAFT,), "ti", True)
    pip.issue(world.dossier)
    kept = documents.preview(PIP_DECISION, world.dossier)
    assert kept.kinds == (PIP_DRAFT, PIP_DECISION, PIP_PLAN)
    fill(pip, world, talks="3")
    assert documents.preview(PIP_DECISION, world.dossier).pdf == kept.pdf
    assert SUPPORT_PLAN not in kept.kinds
    documents.save(kept, tmp_path / kept.file_name)
    assert (tmp_path / kept.file_name).read_bytes() == kept.pdf
    assert kept.file_name.startswith("besluit-pip-OP-")


@pytest.mark.parametrize("failure", [EnvironmentProblem("files.full"), ProcessDiedError()])
def test_a_decision_is_issued_with_its_plan_or_not_at_all(
    pip: PipService, world: World, failure: BaseException
) -> None:
    for at in range(1, MOST_WRITES):
        if not attempt(lambda: pip.issue(world.dossier), FailingWrites(at, failure)):
            break
        record = world.town.journal.view(world.dossier)
        assert (record.decisions, record.frozen_plans) == ((), ())
    view = pip.view(world.dossier)
    assert len(view.issued) == 1
    assert len(kept_plans(world.town.journal.view(world.dossier))) == 1


def test_the_plan_that_went_with_the_decision_is_printed_again_as_it_was(pip: PipService, world: World) -> None:
    documents = world.town.services.documents
    with pytest.raises(UserError, match=r"pip\.nothing_issued"):
        documents.preview(PIP_PLAN, world.dossier)
    pip.issue(world.dossier)
    kept = documents.preview(PIP_PLAN, world.dossier)
    seal = short_digest(kept_plans(world.town.journal.view(world.dossier))[-1].digest)
    assert seal in pages_of(kept.pdf)[0]
    world.town.services.plan.set_reason(world.dossier, "B1", "Toch anders dan besloten.")
    again = documents.preview(PIP_PLAN, world.dossier, "en")
    assert (again.pdf, again.language) == (kept.pdf, kept.language)
    assert "Toch anders" not in "".join(pages_of(again.pdf))
    assert kept.file_name.startswith("plan-bij-besluit-OP-")


def test_a_decision_whose_plan_is_not_here_is_told(pip: PipService, world: World) -> None:
    pip.issue(world.dossier)
    context = EventContext("J. de Vries", "ti", interpreter=False)
    newest = world.town.journal.view(world.dossier).decisions[-1].body
    world.town.journal.append(world.dossier, PipIssued("ti", newest.decision, "0" * 64), context)
    with pytest.raises(UserError, match=r"plan\.version_damaged"):
        world.town.services.documents.preview(PIP_PLAN, world.dossier)
