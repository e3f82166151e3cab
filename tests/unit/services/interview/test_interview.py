import pytest

from desktop.records import AnswerGiven, ConflictSettled, ConversationStarted, HandoverStep, InterpreterMode
from desktop.services.interview.page_parts import QuestionView, RepeatView
from tests.unit.records.cases import CONTEXT
from tests.unit.services.table import Table, ref


def question(table: Table, name: str) -> QuestionView:
    step = table.interview.go(table.dossier, ref(name)).step
    assert isinstance(step, QuestionView)
    return step


def repeat(table: Table, name: str) -> RepeatView:
    step = table.interview.go(table.dossier, ref(name)).step
    assert isinstance(step, RepeatView)
    return step


def test_a_new_dossier_starts_at_the_first_question(table: Table) -> None:
    view = table.interview.open(table.dossier)
    assert view.ref == ref("alleen_verteld")
    assert (view.number, view.has_previous, view.has_next) == (1, False, True)
    assert view.languages == ("ti", "en", "ar")
    assert [part.title for part in view.parts] == ["Wie bent u?", "Wat kunt u?", "Wat hebt u nodig?"]


def test_an_answer_is_in_the_journal_and_comes_back_from_disk(table: Table) -> None:
    given = table.interview.answer(table.dossier, ref("roepnaam"), "given", "Selam")
    assert given.problem is None
    assert given.changes
    table.restart()
    assert question(table, "roepnaam").value == "Selam"


def test_a_restart_goes_on_at_the_same_card_in_the_same_language(table: Table) -> None:
    table.interview.go(table.dossier, ref("geboren"))
    table.interview.switch(table.dossier, "en")
    table.restart()
    view = table.interview.open(table.dossier)
    assert (view.ref, view.language) == (ref("geboren"), "en")


def test_a_refused_answer_writes_nothing_and_says_why_in_both_languages(table: Table) -> None:
    table.interview.open(table.dossier)
    before = len(table.desk.journal.events(table.dossier))
    given = table.interview.answer(table.dossier, ref("v_nummer"), "given", "12")
    assert given.problem is not None
    assert given.problem.code == "forms.constraint"
    assert given.problem.dutch == "Een V-nummer heeft precies 10 cijfers."
    assert given.problem.other not in {"", given.problem.dutch}
    assert not given.changes
    assert len(table.desk.journal.events(table.dossier)) == before


@pytest.mark.parametrize("status", ["declined", "unknown"])
def test_not_answering_is_an_answer(table: Table, status: str) -> None:
    table.interview.answer(table.dossier, ref("voornamen"), "given", "Selam Tesfay")
    table.interview.answer(table.dossier, ref("voornamen"), status, "")  # type: ignore[arg-type]  # parametrized literal
    shown = question(table, "voornamen")
    assert (shown.status, shown.value) == (status, "")


def test_undo_sets_the_former_answer_by_a_new_event(table: Table) -> None:
    table.interview.answer(table.dossier, ref("dialect"), "given", "een")
    table.interview.answer(table.dossier, ref("dialect"), "given", "twee")
    events = len(table.desk.journal.events(table.dossier))
    table.interview.undo(table.dossier)
    assert question(table, "dialect").value == "een"
    assert len(table.desk.journal.events(table.dossier)) > events
    table.interview.undo(table.dossier)
    assert question(table, "dialect").status == "open"


def test_the_same_answer_twice_is_one_event(table: Table) -> None:
    table.interview.answer(table.dossier, ref("dialect"), "given", "een")
    events = len(table.desk.journal.events(table.dossier))
    assert not table.interview.answer(table.dossier, ref("dialect"), "given", "een").changes
    assert len(table.desk.journal.events(table.dossier)) == events


def test_answering_takes_a_question_off_the_later_list(table: Table) -> None:
    table.interview.later(table.dossier, ref("dialect"), later=True)
    assert question(table, "dialect").later
    table.interview.answer(table.dossier, ref("dialect"), "given", "een")
    assert not question(table, "dialect").later


def test_a_note_and_a_wrong_translation_stay_with_their_question(table: Table) -> None:
    table.interview.note(table.dossier, ref("dialect"), "spreekt zacht")
    table.interview.flag_translation(table.dossier, ref("dialect"), "verkeerd woord")
    table.restart()
    shown = question(table, "dialect")
    assert (shown.note, shown.flagged) == ("spreekt zacht", True)


def test_a_row_comes_and_goes_and_comes_back_with_its_answers(table: Table) -> None:
    table.interview.answer(table.dossier, ref("schooljaren"), "given", "11")
    table.interview.go(table.dossier, ref("school"))
    table.interview.add_row(table.dossier, ref("school"))
    row = repeat(table, "school").rows[0].ref
    table.interview.answer(table.dossier, f"{row}/school_van", "given", "1999")
    table.interview.remove_row(table.dossier, row)
    assert repeat(table, "school").rows == ()
    table.interview.undo(table.dossier)
    table.restart()
    values = {item.ref.rpartition("/")[2]: item.value for item in repeat(table, "school").rows[0].questions}
    assert values["school_van"] == "1999"


def test_a_repeat_can_be_answered_as_a_whole(table: Table) -> None:
    table.interview.answer(table.dossier, ref("schooljaren"), "given", "11")
    table.interview.answer(table.dossier, ref("school"), "declined")
    table.restart()
    assert repeat(table, "school").status == "declined"


def test_both_languages_and_missing_translations_are_told_apart(table: Table) -> None:
    shown = question(table, "schooljaren")
    assert shown.dutch.label.startswith("Hoeveel jaar")
    assert shown.other.language == "ti"
    assert not shown.other.missing
    assert shown.other.draft
    assert shown.other.label != shown.dutch.label


def test_choices_speak_both_languages(table: Table) -> None:
    shown = question(table, "leert_best")
    assert shown.kind == "many"
    assert all(choice.picture for choice in shown.choices)
    assert all(choice.dutch and choice.other for choice in shown.choices)
    countries = question(table, "geboorteland")
    assert next(choice.dutch for choice in countries.choices if choice.value == "ER") == "Eritrea"


def test_moving_walks_over_the_borders_of_sections(table: Table) -> None:
    view = table.interview.open(table.dossier)
    sections = [view.section.path]
    while view.has_next:
        view = table.interview.move(table.dossier, 1)
        if view.section.path != sections[-1]:
            sections.append(view.section.path)
    assert sections == [section.path for part in view.parts for section in part.sections]
    assert table.interview.move(table.dossier, 1).ref == view.ref


def test_progress_counts_answers_of_every_kind(table: Table) -> None:
    first = table.interview.open(table.dossier).section
    table.interview.answer(table.dossier, ref("alleen_verteld"), "given", "ja")
    view = table.interview.answer(table.dossier, ref("gesprek_plaats"), "declined").view
    assert (view.section.answered, view.section.state) == (first.answered + 2, "busy")


def test_without_the_health_key_the_section_is_locked_and_the_rest_goes_on(table: Table) -> None:
    table.interview.answer(table.dossier, ref("gezondheid_gesprek"), "given", "nu")
    health = ref("gez_algemeen").rpartition("/")[0]
    assert table.interview.go(table.dossier, health).step is not None
    table.desk.journal.erase(table.dossier, "health_key", CONTEXT, "health")
    view = table.interview.view(table.dossier)
    assert view.step is None
    assert view.section.state == "locked"
    assert table.interview.move(table.dossier, -1).step is not None
    assert table.interview.move(table.dossier, 1).section.state == "locked"
    assert table.interview.go(table.dossier, health).step is None


def test_health_answers_are_sealed_under_their_own_key(table: Table) -> None:
    table.interview.answer(table.dossier, ref("gezondheid_gesprek"), "given", "nu")
    value = question(table, "gez_algemeen").choices[0].value
    table.interview.answer(table.dossier, ref("gez_algemeen"), "given", value)
    sealed = [event for event in table.desk.journal.events(table.dossier) if event.compartment == "health"]
    assert [event.body for event in sealed if isinstance(event.body, AnswerGiven)] == [
        AnswerGiven(ref("gez_algemeen"), "given", value)
    ]


def test_a_card_that_is_no_longer_asked_gives_way(table: Table) -> None:
    table.interview.answer(table.dossier, ref("schooljaren"), "given", "11")
    table.interview.go(table.dossier, ref("school"))
    table.interview.answer(table.dossier, ref("schooljaren"), "given", "0")
    view = table.interview.view(table.dossier)
    assert view.step is not None
    assert view.section.title == "Opleiding"


def test_a_conversation_is_counted_and_its_interpreter_known(table: Table) -> None:
    table.interview.start_talk(table.dossier, InterpreterMode.PHONE)
    view = table.interview.answer(table.dossier, ref("dialect"), "given", "een").view
    assert view.talk is not None
    assert (view.talk.number, view.talk.mode) == (1, InterpreterMode.PHONE)
    answers = [event for event in table.desk.journal.events(table.dossier) if isinstance(event.body, AnswerGiven)]
    assert answers[-1].interpreter


def test_what_is_closed_is_counted_and_its_reader_named(table: Table) -> None:
    table.interview.answer(table.dossier, ref("gezondheid_gesprek"), "given", "nu")
    value = question(table, "gez_algemeen").choices[0].value
    table.interview.answer(table.dossier, ref("gez_algemeen"), "given", value)
    assert table.interview.view(table.dossier).closed is None
    sealed = [event for event in table.desk.journal.events(table.dossier) if event.compartment == "health"]
    table.desk.journal.erase(table.dossier, "health_key", CONTEXT, "health")
    closed = table.interview.view(table.dossier).closed
    assert closed is not None
    assert (closed.entries, closed.reader) == (len(sealed), "")
    table.desk.journal.append(table.dossier, HandoverStep("received", "Gemeente Haarlem"), CONTEXT)
    closed = table.interview.view(table.dossier).closed
    assert closed is not None
    assert closed.reader == "Gemeente Haarlem"


@pytest.mark.parametrize(
    ("word", "mode"),
    [
        ("none", InterpreterMode.NONE),
        ("telephone", InterpreterMode.PHONE),
        ("present", InterpreterMode.ROOM),
        ("x", None),
    ],
)
def test_words_of_earlier_and_later_versions_are_read(table: Table, word: str, mode: InterpreterMode | None) -> None:
    table.desk.journal.append(table.dossier, ConversationStarted(1, word, ""), CONTEXT)
    talk = table.interview.view(table.dossier).talk
    assert talk is not None
    assert talk.mode is mode
    table.interview.note(table.dossier, ref("dialect"), "y")
    assert table.desk.journal.events(table.dossier)[-1].interpreter is (word != "none")


def test_undo_of_an_answer_brings_ask_later_back_and_says_what_it_was(table: Table) -> None:
    place = ref("roepnaam")
    table.interview.later(table.dossier, place, later=True)
    table.interview.answer(table.dossier, place, "given", "Selam")
    table.interview.go(table.dossier, ref("dialect"))
    result = table.interview.undo(table.dossier)
    assert result.undone is not None
    assert (result.undone.kind, result.undone.place, result.view.ref) == ("answer", place, place)
    shown = question(table, "roepnaam")
    assert (shown.status, shown.later) == ("open", True)
    table.interview.undo(table.dossier)
    assert not question(table, "roepnaam").later


def test_undo_of_a_note_sets_the_former_note(table: Table) -> None:
    place = ref("dialect")
    table.interview.note(table.dossier, place, "een")
    table.interview.note(table.dossier, place, "twee")
    table.interview.undo(table.dossier)
    assert question(table, "dialect").note == "een"
    result = table.interview.undo(table.dossier)
    assert question(table, "dialect").note == ""
    assert (result.undone is not None, result.view.can_undo) == (True, False)
    assert table.interview.undo(table.dossier).undone is None


def test_undo_of_an_answer_after_a_choice_between_two_leaves_a_readable_record(table: Table) -> None:
    place = ref("dialect")
    table.desk.journal.append(table.dossier, ConflictSettled(place, "given", "een"), CONTEXT)
    table.interview.answer(table.dossier, place, "given", "twee")
    table.interview.undo(table.dossier)
    table.restart()
    assert question(table, "dialect").value == "een"
    assert table.desk.journal.quarantined(table.dossier) == ()
