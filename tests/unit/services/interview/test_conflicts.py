from pathlib import Path

import pytest

from desktop.records import AnswerGiven, PlanFieldSet
from desktop.services.caseload.summary import summary_of
from desktop.services.interview.conflicts import ConflictView, EntryId
from desktop.services.interview.page_parts import QuestionView
from desktop.vault.trust.organisation import create_organisation
from protocol.errors import UserError
from protocol.identifiers import DeviceId
from tests.unit.records.cases import CONTEXT, Laptop, new_laptop, share
from tests.unit.services.interview_fixture import LANGUAGES, InterviewFixture, ref


@pytest.fixture
def tables(tmp_path: Path) -> tuple[InterviewFixture, InterviewFixture]:
    """Return two laptops of one organisation that answered one question differently while apart."""
    organisation = create_organisation("azc Duinrand", "reception")
    here = new_laptop(tmp_path / "here", organisation)
    there = new_laptop(tmp_path / "there", organisation, "T. Bakker")
    dossier = here.journal.create_dossier("Amina", LANGUAGES, CONTEXT)
    _meet(here, there)
    first, second = InterviewFixture(here, dossier), InterviewFixture(there, dossier)
    first.interview.answer(dossier, ref("beschikbaar_uren"), "given", "16")
    first.interview.note(dossier, ref("beschikbaar_uren"), "Er is nog geen opvang.")
    second.interview.switch(dossier, "en")
    second.interview.answer(dossier, ref("beschikbaar_uren"), "given", "24")
    _meet(here, there)
    return first, second


def ids(conflict: ConflictView) -> tuple[EntryId, ...]:
    return tuple(answer.id for answer in conflict.answers)


def _meet(here: Laptop, there: Laptop) -> None:
    share(here, there)
    share(there, here)


def test_both_answers_are_shown_with_who_and_where(tables: tuple[InterviewFixture, InterviewFixture]) -> None:
    first, _ = tables
    (conflict,) = first.conflicts.view(first.dossier).conflicts
    assert {side.text for side in conflict.answers} == {"16 uur per week", "24 uur per week"}
    assert {side.author for side in conflict.answers} == {"J. de Vries", "T. Bakker"}
    assert {side.here for side in conflict.answers} == {True, False}
    assert {side.author: side.note for side in conflict.answers} == {
        "J. de Vries": "Er is nog geen opvang.",
        "T. Bakker": "",
    }


def test_the_interview_marks_the_question(tables: tuple[InterviewFixture, InterviewFixture]) -> None:
    first, _ = tables
    step = first.interview.go(first.dossier, ref("beschikbaar_uren")).step
    assert isinstance(step, QuestionView)
    assert step.conflict


def test_a_choice_travels_and_what_was_not_chosen_stays(tables: tuple[InterviewFixture, InterviewFixture]) -> None:
    first, second = tables
    (conflict,) = first.conflicts.view(first.dossier).conflicts
    chosen = next(side.id for side in conflict.answers if side.value == "24")
    result = first.conflicts.choose(first.dossier, conflict.ref, chosen, ids(conflict))
    assert result.view.conflicts == ()
    _meet(first.laptop, second.laptop)
    register = second.laptop.journal.view(second.dossier).answers[conflict.ref]
    assert [entry.value for entry in register] == ["24"]
    assert {entry.value for entry in register.past} == {"16", "24"}


def test_combining_keeps_value_and_note_and_the_form_may_refuse(
    tables: tuple[InterviewFixture, InterviewFixture],
) -> None:
    first, _ = tables
    (conflict,) = first.conflicts.view(first.dossier).conflicts
    shown = ids(conflict)
    refused = first.conflicts.combine(first.dossier, ref("beschikbaar_uren"), "99", "", shown)
    assert refused.problem is not None
    assert len(refused.view.conflicts) == 1
    done = first.conflicts.combine(first.dossier, ref("beschikbaar_uren"), "16", "24 zodra de opvang rond is", shown)
    assert done.view.conflicts == ()
    entry = first.laptop.journal.view(first.dossier).answers[ref("beschikbaar_uren")][0]
    assert (entry.value, entry.note) == ("16", "24 zodra de opvang rond is")


def test_asking_again_leaves_both_and_puts_it_on_the_list(tables: tuple[InterviewFixture, InterviewFixture]) -> None:
    first, _ = tables
    assert len(first.conflicts.ask_again(first.dossier, ref("beschikbaar_uren")).view.conflicts) == 1
    assert ref("beschikbaar_uren") in first.laptop.journal.view(first.dossier).later


def test_a_new_answer_settles_it_too(tables: tuple[InterviewFixture, InterviewFixture]) -> None:
    first, _ = tables
    first.interview.answer(first.dossier, ref("beschikbaar_uren"), "given", "20")
    assert first.conflicts.view(first.dossier).conflicts == ()


def test_a_choice_that_is_gone_is_a_coded_error(tables: tuple[InterviewFixture, InterviewFixture]) -> None:
    first, _ = tables
    with pytest.raises(UserError, match=r"interview\.conflict_gone"):
        first.conflicts.choose(first.dossier, ref("dialect"), EntryId(DeviceId("0" * 32), 1), ())


def test_a_choice_that_was_made_elsewhere_meanwhile_is_told(tables: tuple[InterviewFixture, InterviewFixture]) -> None:
    first, second = tables
    (conflict,) = first.conflicts.view(first.dossier).conflicts
    there = second.conflicts.view(second.dossier).conflicts[0]
    second.conflicts.choose(second.dossier, there.ref, there.answers[0].id, ids(there))
    _meet(first.laptop, second.laptop)
    with pytest.raises(UserError, match=r"interview\.conflict_gone"):
        first.conflicts.choose(first.dossier, conflict.ref, conflict.answers[1].id, ids(conflict))


def test_a_third_answer_that_came_in_shifts_no_choice(tables: tuple[InterviewFixture, InterviewFixture]) -> None:
    first, _ = tables
    (conflict,) = first.conflicts.view(first.dossier).conflicts
    register = first.laptop.journal.view(first.dossier).answers[conflict.ref]
    unseen = ids(conflict)[:1]
    chosen = next(iter(unseen))
    with pytest.raises(UserError, match=r"interview\.conflict_changed"):
        first.conflicts.choose(first.dossier, conflict.ref, chosen, unseen)
    assert first.laptop.journal.view(first.dossier).answers[conflict.ref] == register


def _answer_apart(
    tables: tuple[InterviewFixture, InterviewFixture], place: str, here: AnswerGiven, there: AnswerGiven
) -> ConflictView:
    first, second = tables
    first.laptop.journal.append(first.dossier, here, CONTEXT)
    second.laptop.journal.append(second.dossier, there, CONTEXT)
    _meet(first.laptop, second.laptop)
    found = first.conflicts.view(first.dossier).conflicts
    counted = summary_of(first.laptop.journal.view(first.dossier)).conflicts
    assert len(found) == counted
    return next(conflict for conflict in found if conflict.ref == place)


def test_a_repeat_as_a_whole_can_be_settled(tables: tuple[InterviewFixture, InterviewFixture]) -> None:
    first, _ = tables
    place = ref("school")
    conflict = _answer_apart(tables, place, AnswerGiven(place, "given", "0"), AnswerGiven(place, "declined"))
    assert conflict.question is None
    assert conflict.dutch == "Vertel over uw scholen en cursussen"
    first.conflicts.choose(first.dossier, place, conflict.answers[1].id, ids(conflict))
    assert place not in first.laptop.journal.view(first.dossier).conflicts()


def test_a_question_that_is_not_asked_now_can_be_settled(tables: tuple[InterviewFixture, InterviewFixture]) -> None:
    first, _ = tables
    place = ref("les_uren")
    conflict = _answer_apart(tables, place, AnswerGiven(place, "given", "10"), AnswerGiven(place, "given", "20"))
    assert (conflict.asked, conflict.in_form, conflict.question) == (False, True, None)
    first.conflicts.choose(first.dossier, place, conflict.answers[0].id, ids(conflict))
    assert place not in first.laptop.journal.view(first.dossier).conflicts()


def test_a_question_of_another_version_of_the_form_can_be_settled(
    tables: tuple[InterviewFixture, InterviewFixture],
) -> None:
    first, _ = tables
    place = "/brede_intake/nieuw/nieuwe_vraag"
    conflict = _answer_apart(tables, place, AnswerGiven(place, "given", "ja"), AnswerGiven(place, "given", "nee"))
    assert (conflict.in_form, conflict.dutch) == (False, "nieuwe_vraag")
    assert {answer.text for answer in conflict.answers} == {"ja", "nee"}
    first.conflicts.choose(first.dossier, place, conflict.answers[0].id, ids(conflict))
    assert place not in first.laptop.journal.view(first.dossier).conflicts()


def test_a_question_in_a_row_that_was_removed_can_be_settled(tables: tuple[InterviewFixture, InterviewFixture]) -> None:
    first, _ = tables
    place = f"{ref('school')}[12345678]/school_naam"
    conflict = _answer_apart(tables, place, AnswerGiven(place, "given", "Keren"), AnswerGiven(place, "given", "Asmara"))
    assert not conflict.in_form
    first.conflicts.choose(first.dossier, place, conflict.answers[0].id, ids(conflict))
    assert place not in first.laptop.journal.view(first.dossier).conflicts()


def test_fields_of_the_plan_that_differ_are_counted_apart(tables: tuple[InterviewFixture, InterviewFixture]) -> None:
    first, second = tables
    first.laptop.journal.append(first.dossier, PlanFieldSet("route/B1/reason", "een"), CONTEXT)
    second.laptop.journal.append(second.dossier, PlanFieldSet("route/B1/reason", "twee"), CONTEXT)
    _meet(first.laptop, second.laptop)
    view = first.conflicts.view(first.dossier)
    assert (len(view.conflicts), view.plan_fields) == (1, 1)


def test_the_review_counts_it_first(tables: tuple[InterviewFixture, InterviewFixture]) -> None:
    first, _ = tables
    assert first.review.view(first.dossier).count("conflict") == 1
    assert not first.review.view(first.dossier).complete
