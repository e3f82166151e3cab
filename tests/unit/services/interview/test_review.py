from pathlib import Path

from desktop.records import AnswerGiven, LaterMarked, NoteWritten
from desktop.services.interview.page_parts import RepeatView
from desktop.services.interview.review import ReviewItem, ReviewReason
from desktop.vault.trust.organisation import create_organisation
from tests.unit.records.cases import CONTEXT, new_laptop, share
from tests.unit.services.interview_fixture import InterviewFixture, ref


def item(fixture: InterviewFixture, name: str) -> ReviewItem | None:
    view = fixture.review.view(fixture.dossier)
    return next((each for section in view.sections for each in section.items if each.ref == ref(name)), None)


def sections_of(fixture: InterviewFixture) -> list[ReviewItem]:
    return [each for section in fixture.review.view(fixture.dossier).sections for each in section.items]


def reason(fixture: InterviewFixture, name: str) -> ReviewReason | None:
    found = item(fixture, name)
    return None if found is None else found.reason


def test_required_questions_are_told_apart_from_open_ones(fixture: InterviewFixture) -> None:
    assert reason(fixture, "roepnaam") == "missing"
    assert reason(fixture, "dialect") == "open"


def test_an_answered_question_asks_for_nothing_more(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("roepnaam"), "given", "Selam")
    found = item(fixture, "roepnaam")
    assert found is not None
    assert (found.reason, found.answer, found.other_answer) == ("given", "Selam", "Selam")


def test_a_choice_is_read_in_both_languages(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("alleen_verteld"), "given", "ja")
    found = item(fixture, "alleen_verteld")
    assert found is not None
    assert (found.answer, found.other_answer) == ("Ja", "እወ")
    assert found.question != found.other


def test_each_section_counts_as_the_list_of_sections_does(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("kinderen_aantal"), "given", "2")
    fixture.interview.add_row(fixture.dossier, ref("kind"))
    step = fixture.interview.go(fixture.dossier, ref("kind")).step
    assert isinstance(step, RepeatView)
    fixture.interview.answer(fixture.dossier, f"{step.rows[0].ref}/kind_naam", "given", "Lina")
    shown = fixture.interview.open(fixture.dossier)
    listed = {each.path: (each.answered, each.total) for part in shown.parts for each in part.sections}
    reviewed = {each.path: (each.answered, each.total) for each in fixture.review.view(fixture.dossier).sections}
    assert reviewed == {path: counts for path, counts in listed.items() if path in reviewed}
    assert len(reviewed) == len(listed)
    (named,) = [each.row for each in sections_of(fixture) if each.answer == "Lina"]
    assert named.startswith("Lina")


def test_declined_unknown_later_and_flagged_are_named(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("dialect"), "declined")
    fixture.interview.answer(fixture.dossier, ref("telefoon"), "unknown")
    fixture.interview.later(fixture.dossier, ref("email"), later=True)
    fixture.interview.flag_translation(fixture.dossier, ref("roepnaam"), "ander woord")
    found = [reason(fixture, name) for name in ("dialect", "telefoon", "email", "roepnaam")]
    assert found == ["declined", "unknown", "later", "missing"]


def test_declining_a_required_question_is_enough_for_the_plan(fixture: InterviewFixture) -> None:
    before = fixture.review.view(fixture.dossier).count("missing")
    fixture.interview.answer(fixture.dossier, ref("roepnaam"), "declined")
    assert fixture.review.view(fixture.dossier).count("missing") == before - 1


def test_notes_stand_beside_their_question(fixture: InterviewFixture) -> None:
    fixture.interview.note(fixture.dossier, ref("dialect"), "spreekt zacht")
    found = item(fixture, "dialect")
    assert found is not None
    assert found.note == "spreekt zacht"


def test_what_another_version_of_the_form_asked_is_listed(fixture: InterviewFixture) -> None:
    place = "/brede_intake/nieuw/nieuwe_vraag"
    for body in (AnswerGiven(place, "given", "ja"), NoteWritten(place, "later bellen"), LaterMarked(place, later=True)):
        fixture.laptop.journal.append(fixture.dossier, body, CONTEXT)
    view = fixture.review.view(fixture.dossier)
    (item,) = view.sections[-1].items
    assert (view.sections[-1].path, item.reason, item.question) == ("", "not_in_form", "nieuwe_vraag")
    assert (item.answer, item.note) == ("ja", "later bellen")
    assert view.count("not_in_form") == 1


def test_two_answers_to_a_question_that_is_not_asked_now_are_listed(tmp_path: Path) -> None:
    organisation = create_organisation("azc Duinrand", "reception")
    here, there = new_laptop(tmp_path / "here", organisation), new_laptop(tmp_path / "there", organisation, "T. Bakker")
    dossier = here.journal.create_dossier("Amina", ("ti",), CONTEXT)
    share(here, there)
    for laptop, hours in ((here, "10"), (there, "20")):
        laptop.journal.append(dossier, AnswerGiven(ref("les_uren"), "given", hours), CONTEXT)
    share(there, here)
    view = InterviewFixture(here, dossier).review.view(dossier)
    assert view.count("conflict") == 1
    assert not view.complete
