"""Who signs, signs a version: it holds every word, and nothing that happens later changes it or its signatures."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.records import AnswerGiven, EventContext, PlaceKept, PlanFieldSet, PlanFrozen
from desktop.services.plan.documents import INTAKE_REPORT, SIGNED_PLAN, SUPPORT_PLAN
from desktop.services.plan.plan_versions import PlanVersion, VersionHistory, frozen_in, short_digest
from protocol.errors import EnvironmentProblem, UserError
from tests.unit.documents.pages import pages_of
from tests.unit.services.plan_world import World, carry, decide

LUWAM, SANNE, HOW = "Luwam Voorbeeld", "Sanne de Wit", "op het scherm"
CONTEXT = EventContext(SANNE, "ti", interpreter=False)


@pytest.fixture
def signed(world: World) -> World:
    """The plan, signed by the person."""
    decide(world.azc, world.dossier)
    world.azc.services.plan.sign(world.dossier, "person", LUWAM, HOW)
    return world


def history(world: World) -> VersionHistory:
    return world.azc.services.plan.versions(world.dossier)


def newest(world: World) -> PlanVersion:
    found = history(world).newest
    assert found is not None
    return found


def names(version: PlanVersion) -> dict[str, str]:
    return {each.role: each.name for each in version.signatures}


def printed(data: bytes) -> str:
    return " ".join(" ".join(pages_of(data)).split())


def answer(world: World, name: str, value: str) -> None:
    ref = next(ref for ref in world.azc.journal.view(world.dossier).answers if ref.endswith(f"/{name}"))
    world.azc.journal.append(world.dossier, AnswerGiven(ref, "given", value), CONTEXT)


def test_signing_keeps_the_whole_plan(signed: World) -> None:
    version, today = newest(signed), signed.azc.services.plan.plan(signed.dossier)
    kept = version.plan()
    assert (version.number, names(version), version.day) == (1, {"person": LUWAM}, date(2026, 11, 21))
    assert [goal.text.dutch for goal in kept.goals] == [goal.text.dutch for goal in today.goals]
    assert [place.date for place in kept.signatures] == [place.date for place in today.signatures]
    assert (history(signed).changes, history(signed).standing) == ((), version)


def test_an_answer_that_changes_leaves_the_signed_version_and_makes_a_draft(signed: World) -> None:
    version, before = newest(signed), newest(signed).plan()
    answer(signed, "alfabetisering", "C")
    now = history(signed)
    assert now.changes
    assert (now.standing, now.next_number) == (None, 2)
    assert (newest(signed).digest, newest(signed).plan()) == (version.digest, before)
    assert all(place.date is None for place in signed.azc.services.plan.plan(signed.dossier).signatures)


def test_a_clock_that_goes_on_changes_nothing_of_it(signed: World) -> None:
    before = newest(signed).plan()
    assert before.start is not None
    signed.azc.clock.moment += timedelta(days=800)
    assert newest(signed).plan() == before
    assert "start" in {change.kind for change in history(signed).changes}


def test_a_change_that_is_taken_back_is_signed_still(signed: World) -> None:
    plan, dossier = signed.azc.services.plan, signed.dossier
    changed = plan.set_reason(dossier, "B1", "Toch anders.").view
    assert [change.kind for change in changed.history.changes] == ["weighing"]
    assert changed.plan.signatures[0].date is None
    back = plan.undo(dossier).view
    assert (back.history.changes, back.plan.signatures[0].name) == ((), LUWAM)


def test_progress_and_reading_aloud_make_no_other_version(signed: World) -> None:
    plan, dossier = signed.azc.services.plan, signed.dossier
    goal = plan.view(dossier).plan.goals[0]
    plan.tick_action(dossier, goal.id, goal.actions[0].id, done=True)
    plan.set_read_aloud(dossier, "ti", "88")
    plan.sign(dossier, "caseworker", SANNE, HOW)
    assert names(newest(signed)) == {"person": LUWAM, "caseworker": SANNE}
    assert history(signed).count == 1


def test_who_signs_a_changed_plan_signs_the_next_version(signed: World) -> None:
    plan, dossier = signed.azc.services.plan, signed.dossier
    plan.set_reason(dossier, "B1", "Toch anders.")
    plan.sign(dossier, "caseworker", SANNE, HOW)
    first, second = history(signed).versions
    assert (first.number, names(first)) == (1, {"person": LUWAM})
    assert (second.number, names(second)) == (2, {"caseworker": SANNE})
    plan.sign(dossier, "person", LUWAM, HOW)
    assert [names(each) for each in history(signed).versions] == [
        {"person": LUWAM},
        {"person": LUWAM, "caseworker": SANNE},
    ]


def test_a_signature_that_is_taken_back_leaves_the_others(signed: World) -> None:
    plan, dossier = signed.azc.services.plan, signed.dossier
    plan.sign(dossier, "caseworker", SANNE, HOW)
    plan.unsign(dossier, "person")
    assert names(newest(signed)) == {"caseworker": SANNE}
    plan.unsign(dossier, "caseworker")
    assert (history(signed).versions, history(signed).count) == ((), 1)
    assert signed.azc.services.caseload.person(dossier).stage == "draft"
    assert history(signed).next_number == 2


def test_undo_of_signing_leaves_a_version_that_nobody_signed(signed: World) -> None:
    plan = signed.azc.services.plan
    assert plan.undo(signed.dossier).view.history.versions == ()
    again = plan.sign(signed.dossier, "person", LUWAM, HOW).view.history
    assert (again.count, [each.number for each in again.versions]) == (1, [1])


def test_a_signature_and_what_it_is_under_are_written_as_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    decide(world.azc, world.dossier)
    store = world.azc.journal._store
    add, count = store.add_rows, 0

    def fail(*args: object) -> None:
        nonlocal count
        count += 1
        add(*args)  # type: ignore[arg-type]
        raise EnvironmentProblem("files.disk_full")

    monkeypatch.setattr(store, "add_rows", fail)
    with pytest.raises(EnvironmentProblem):
        world.azc.services.plan.sign(world.dossier, "person", LUWAM, HOW)
    monkeypatch.undo()
    assert count == 1
    record = world.azc.journal.view(world.dossier)
    assert (record.frozen_plans, record.plan.get("signature/person")) == ((), None)


def test_the_municipality_sees_the_version_as_it_was_signed(signed: World) -> None:
    handover, town = signed.azc.services.handover, signed.town.vault.organisation_id
    assert town is not None
    handover.choose(signed.dossier, town)
    handover.tick(signed.dossier, "told", done=True)
    handover.prepare(signed.dossier)
    handover.send(signed.dossier)
    carry(signed)
    there = signed.town.services.plan.versions(signed.dossier).newest
    assert there is not None
    assert (there.digest, there.plan(), names(there)) == (
        newest(signed).digest,
        newest(signed).plan(),
        {"person": LUWAM},
    )
    assert signed.town.services.plan.versions(signed.dossier).changes == ()
    helpers = {each.id: each.name for each in signed.town.services.plan.plan(signed.dossier).helpers}
    assert helpers["caseworker"] == SANNE


def test_a_signature_under_nothing_counts_for_nothing(world: World) -> None:
    decide(world.azc, world.dossier)
    bodies = [
        PlanFieldSet("signature/person", {"name": LUWAM, "date": "2026-11-21", "how": HOW}),
        PlanFieldSet("signature/caseworker", {"name": SANNE, "date": "2026-11-21", "version": "f" * 64}),
        PlanFieldSet("signature/municipality", {"name": 7, "date": "nooit", "version": ["x"]}),
    ]
    world.azc.journal.append_all(world.dossier, bodies, CONTEXT)
    assert history(world).versions == ()
    assert all(place.date is None for place in world.azc.services.plan.plan(world.dossier).signatures)


def test_a_version_that_cannot_be_read_is_told_and_stops_nothing(world: World) -> None:
    decide(world.azc, world.dossier)
    broken = PlanFrozen("ti", "{}", "0" * 64)
    signature = {"name": LUWAM, "date": "gisteren", "how": HOW, "version": frozen_in(broken).digest}
    world.azc.journal.append_all(world.dossier, [broken, PlanFieldSet("signature/person", signature)], CONTEXT)
    found = history(world)
    assert [change.kind for change in found.changes] == ["wording"]
    assert newest(world).day is None
    with pytest.raises(UserError, match=r"plan\.version_damaged"):
        world.azc.services.documents.preview(SIGNED_PLAN, world.dossier)
    assert world.azc.services.documents.preview(SUPPORT_PLAN, world.dossier).kinds == (
        SUPPORT_PLAN,
        SIGNED_PLAN,
        INTAKE_REPORT,
    )


def test_the_signed_plan_is_printed_as_it_was_signed(signed: World, tmp_path: Path) -> None:
    documents, dossier = signed.azc.services.documents, signed.dossier
    first = documents.preview(SUPPORT_PLAN, dossier)
    assert first.kinds == (SUPPORT_PLAN, INTAKE_REPORT)
    assert short_digest(newest(signed).digest) in printed(first.pdf)
    signed.azc.services.plan.set_reason(dossier, "B1", "Toch anders.")
    draft, kept = documents.preview(SUPPORT_PLAN, dossier), documents.preview(SIGNED_PLAN, dossier)
    assert kept.pdf == first.pdf
    assert (kept.languages, draft.kinds) == (("ti",), (SUPPORT_PLAN, SIGNED_PLAN, INTAKE_REPORT))
    words = printed(draft.pdf)
    assert "De redenen bij de routes zijn anders." in words
    assert "versie 2" in words
    made = documents.export(SIGNED_PLAN, dossier, "en", tmp_path / "plan.pdf")
    assert made.path.read_bytes() == first.pdf


@pytest.mark.parametrize("tag", ["en", "ar", "nl"])
def test_a_signed_plan_is_signed_in_whatever_language_it_is_looked_at(signed: World, tag: str) -> None:
    view = signed.azc.services.plan.view(signed.dossier, tag)
    assert (view.history.changes, view.plan.signatures[0].name) == ((), LUWAM)


def test_another_language_at_the_table_makes_no_draft_of_a_signed_plan(signed: World) -> None:
    english = EventContext(SANNE, "en", interpreter=False)
    signed.azc.journal.append(signed.dossier, PlaceKept("/brede_intake/contact/telefoon", "en"), english)
    assert history(signed).changes == ()
    signed.azc.services.plan.sign(signed.dossier, "caseworker", SANNE, HOW)
    assert names(newest(signed)) == {"person": LUWAM, "caseworker": SANNE}


def test_the_report_tells_the_reaction_of_today_also_of_a_signed_plan(signed: World) -> None:
    answer(signed, "samenvatting_klopt", "nee")
    assert history(signed).changes == ()
    report = printed(signed.azc.services.documents.preview(INTAKE_REPORT, signed.dossier).pdf)
    assert "Dit verslag klopt volgens mij niet." in report


def test_a_plan_nobody_signed_has_no_signed_version(world: World) -> None:
    with pytest.raises(UserError, match=r"plan\.nothing_signed"):
        world.azc.services.documents.preview(SIGNED_PLAN, world.dossier)


def test_beside_another_language_the_words_are_of_today(signed: World) -> None:
    documents = signed.azc.services.documents
    assert short_digest(newest(signed).digest) not in printed(documents.preview(SUPPORT_PLAN, signed.dossier, "en").pdf)


def test_no_word_of_a_version_lies_in_clear(signed: World) -> None:
    words = newest(signed).plan().own_words.dutch.encode()
    assert len(words) > 20
    files = [path for path in signed.azc.vault.directory.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) > len(newest(signed).frozen.text)
    assert not any(words in path.read_bytes() for path in files)
