from pathlib import Path

import pytest

from desktop.services.interview.page_parts import QuestionView
from desktop.vault.trust.organisation import create_organisation
from protocol.errors import UserError
from tests.unit.records.cases import CONTEXT, Desk, desk_of, share
from tests.unit.services.table import LANGUAGES, Table, ref


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Table, Table]:
    """Return two laptops of one organisation that answered one question differently while apart."""
    organisation = create_organisation("azc Duinrand", "reception")
    here = desk_of(tmp_path / "here", organisation)
    there = desk_of(tmp_path / "there", organisation, "T. Bakker")
    dossier = here.journal.create_dossier("Amina", LANGUAGES, CONTEXT)
    _meet(here, there)
    first, second = Table(here, dossier), Table(there, dossier)
    first.interview.answer(dossier, ref("beschikbaar_uren"), "given", "16")
    first.interview.note(dossier, ref("beschikbaar_uren"), "Er is nog geen opvang.")
    second.interview.switch(dossier, "en")
    second.interview.answer(dossier, ref("beschikbaar_uren"), "given", "24")
    _meet(here, there)
    return first, second


def _meet(here: Desk, there: Desk) -> None:
    share(here, there)
    share(there, here)


def test_both_answers_are_shown_with_who_and_where(tables: tuple[Table, Table]) -> None:
    first, _ = tables
    (conflict,) = first.conflicts.view(first.dossier).conflicts
    assert {side.text for side in conflict.sides} == {"16", "24"}
    assert {side.author for side in conflict.sides} == {"J. de Vries", "T. Bakker"}
    assert {side.here for side in conflict.sides} == {True, False}
    assert {side.author: side.note for side in conflict.sides} == {
        "J. de Vries": "Er is nog geen opvang.",
        "T. Bakker": "",
    }


def test_the_interview_marks_the_question(tables: tuple[Table, Table]) -> None:
    first, _ = tables
    step = first.interview.go(first.dossier, ref("beschikbaar_uren")).step
    assert isinstance(step, QuestionView)
    assert step.conflict


def test_a_choice_travels_and_what_was_not_chosen_stays(tables: tuple[Table, Table]) -> None:
    first, second = tables
    (conflict,) = first.conflicts.view(first.dossier).conflicts
    at = next(at for at, side in enumerate(conflict.sides) if side.text == "24")
    assert first.conflicts.choose(first.dossier, conflict.ref, at).view.conflicts == ()
    _meet(first.desk, second.desk)
    register = second.desk.journal.view(second.dossier).answers[conflict.ref]
    assert [entry.value for entry in register] == ["24"]
    assert {entry.value for entry in register.past} == {"16", "24"}


def test_combining_keeps_value_and_note_and_the_form_may_refuse(tables: tuple[Table, Table]) -> None:
    first, _ = tables
    refused = first.conflicts.combine(first.dossier, ref("beschikbaar_uren"), "99", "")
    assert refused.problem is not None
    assert len(refused.view.conflicts) == 1
    done = first.conflicts.combine(first.dossier, ref("beschikbaar_uren"), "16", "24 zodra de opvang rond is")
    assert done.view.conflicts == ()
    entry = first.desk.journal.view(first.dossier).answers[ref("beschikbaar_uren")][0]
    assert (entry.value, entry.note) == ("16", "24 zodra de opvang rond is")


def test_asking_again_leaves_both_and_puts_it_on_the_list(tables: tuple[Table, Table]) -> None:
    first, _ = tables
    assert len(first.conflicts.ask_again(first.dossier, ref("beschikbaar_uren")).view.conflicts) == 1
    assert ref("beschikbaar_uren") in first.desk.journal.view(first.dossier).later


def test_a_new_answer_settles_it_too(tables: tuple[Table, Table]) -> None:
    first, _ = tables
    first.interview.answer(first.dossier, ref("beschikbaar_uren"), "given", "20")
    assert first.conflicts.view(first.dossier).conflicts == ()


def test_a_choice_that_is_gone_is_a_coded_error(tables: tuple[Table, Table]) -> None:
    first, _ = tables
    with pytest.raises(UserError, match=r"interview\.conflict_gone"):
        first.conflicts.choose(first.dossier, ref("dialect"), 1)


def test_the_review_counts_it_first(tables: tuple[Table, Table]) -> None:
    first, _ = tables
    assert first.review.view(first.dossier).count("conflict") == 1
    assert not first.review.view(first.dossier).complete
