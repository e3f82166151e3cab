from pathlib import Path

from desktop.records import AnswerGiven, LaterMarked, NoteWritten
from desktop.services.interview.review import ReviewItem, ReviewReason
from desktop.vault.trust.organisation import create_organisation
from tests.unit.records.cases import CONTEXT, desk_of, share
from tests.unit.services.table import Table, ref


def item(table: Table, name: str) -> ReviewItem | None:
    view = table.review.view(table.dossier)
    return next((each for section in view.sections for each in section.items if each.ref == ref(name)), None)


def reason(table: Table, name: str) -> ReviewReason | None:
    found = item(table, name)
    return None if found is None else found.reason


def test_required_questions_are_told_apart_from_open_ones(table: Table) -> None:
    assert reason(table, "roepnaam") == "missing"
    assert reason(table, "dialect") == "open"


def test_an_answered_question_leaves_the_list(table: Table) -> None:
    table.interview.answer(table.dossier, ref("roepnaam"), "given", "Selam")
    assert reason(table, "roepnaam") is None


def test_declined_unknown_later_and_flagged_are_named(table: Table) -> None:
    table.interview.answer(table.dossier, ref("dialect"), "declined")
    table.interview.answer(table.dossier, ref("telefoon"), "unknown")
    table.interview.later(table.dossier, ref("email"), later=True)
    table.interview.flag_translation(table.dossier, ref("roepnaam"), "ander woord")
    found = [reason(table, name) for name in ("dialect", "telefoon", "email", "roepnaam")]
    assert found == ["declined", "unknown", "later", "missing"]


def test_declining_a_required_question_is_enough_for_the_plan(table: Table) -> None:
    before = table.review.view(table.dossier).count("missing")
    table.interview.answer(table.dossier, ref("roepnaam"), "declined")
    assert table.review.view(table.dossier).count("missing") == before - 1


def test_notes_stand_beside_their_question(table: Table) -> None:
    table.interview.note(table.dossier, ref("dialect"), "spreekt zacht")
    found = item(table, "dialect")
    assert found is not None
    assert found.note == "spreekt zacht"


def test_what_another_version_of_the_form_asked_is_listed(table: Table) -> None:
    place = "/brede_intake/nieuw/nieuwe_vraag"
    for body in (AnswerGiven(place, "given", "ja"), NoteWritten(place, "later bellen"), LaterMarked(place, later=True)):
        table.desk.journal.append(table.dossier, body, CONTEXT)
    view = table.review.view(table.dossier)
    (item,) = view.sections[-1].items
    assert (view.sections[-1].path, item.reason, item.question) == ("", "not_in_form", "nieuwe_vraag")
    assert (item.answer, item.note) == ("ja", "later bellen")
    assert view.count("not_in_form") == 1


def test_two_answers_to_a_question_that_is_not_asked_now_are_listed(tmp_path: Path) -> None:
    organisation = create_organisation("azc Duinrand", "reception")
    here, there = desk_of(tmp_path / "here", organisation), desk_of(tmp_path / "there", organisation, "T. Bakker")
    dossier = here.journal.create_dossier("Amina", ("ti",), CONTEXT)
    share(here, there)
    for desk, hours in ((here, "10"), (there, "20")):
        desk.journal.append(dossier, AnswerGiven(ref("les_uren"), "given", hours), CONTEXT)
    share(there, here)
    view = Table(here, dossier).review.view(dossier)
    assert view.count("conflict") == 1
    assert not view.complete
