import pytest

from desktop.records import AnswerGiven, ConflictSettled, ConversationStarted, HandoverStep, InterpreterMode
from desktop.services.interview.card_texts import answer_text
from desktop.services.interview.page_parts import REMOVES_ROWS, QuestionView, RepeatView
from tests.unit.records.cases import CONTEXT
from tests.unit.services.interview_fixture import InterviewFixture, ref


def question(fixture: InterviewFixture, name: str) -> QuestionView:
    step = fixture.interview.go(fixture.dossier, ref(name)).step
    assert isinstance(step, QuestionView)
    return step


def repeat(fixture: InterviewFixture, name: str) -> RepeatView:
    step = fixture.interview.go(fixture.dossier, ref(name)).step
    assert isinstance(step, RepeatView)
    return step


def test_a_new_dossier_starts_at_the_first_question(fixture: InterviewFixture) -> None:
    view = fixture.interview.open(fixture.dossier)
    assert view.ref == ref("tolk_wijze")
    assert (view.number, view.has_previous, view.has_next) == (1, False, True)
    assert view.languages == ("ti", "en", "ar")
    assert [part.title for part in view.parts] == ["Wie bent u?", "Wat kunt u?", "Wat hebt u nodig?"]


def test_an_answer_is_in_the_journal_and_comes_back_from_disk(fixture: InterviewFixture) -> None:
    given = fixture.interview.answer(fixture.dossier, ref("roepnaam"), "given", "Selam")
    assert given.problem is None
    assert given.changes
    fixture.restart()
    assert question(fixture, "roepnaam").value == "Selam"


def test_a_restart_goes_on_at_the_same_card_in_the_same_language(fixture: InterviewFixture) -> None:
    fixture.interview.go(fixture.dossier, ref("geboren"))
    fixture.interview.switch(fixture.dossier, "en")
    fixture.restart()
    view = fixture.interview.open(fixture.dossier)
    assert (view.ref, view.language) == (ref("geboren"), "en")


def test_a_refused_answer_writes_nothing_and_says_why_in_both_languages(fixture: InterviewFixture) -> None:
    fixture.interview.open(fixture.dossier)
    before = len(fixture.laptop.journal.events(fixture.dossier))
    given = fixture.interview.answer(fixture.dossier, ref("v_nummer"), "given", "12")
    assert given.problem is not None
    assert given.problem.code == "forms.constraint"
    assert given.problem.dutch == "Een V-nummer heeft precies 10 cijfers."
    assert given.problem.other not in {"", given.problem.dutch}
    assert not given.changes
    assert len(fixture.laptop.journal.events(fixture.dossier)) == before


@pytest.mark.parametrize("typed", ["٢٨١٢٣٤٥٦٧٨", "۲۸۱۲۳۴۵۶۷۸", "２８１２３４５６７８"])
def test_a_number_counts_from_whichever_keyboard_it_comes(fixture: InterviewFixture, typed: str) -> None:
    assert fixture.interview.answer(fixture.dossier, ref("v_nummer"), "given", typed).problem is None
    fixture.restart()
    assert question(fixture, "v_nummer").value == "2812345678"
    refused = fixture.interview.answer(fixture.dossier, ref("v_nummer"), "given", typed[:2]).problem
    assert refused is not None
    assert refused.code == "forms.constraint"


def test_figures_in_what_a_person_tells_stay_as_they_were_written(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("roepnaam"), "given", "سلام ٢")
    assert question(fixture, "roepnaam").value == "سلام ٢"


@pytest.mark.parametrize("status", ["declined", "unknown"])
def test_not_answering_is_an_answer(fixture: InterviewFixture, status: str) -> None:
    fixture.interview.answer(fixture.dossier, ref("voornamen"), "given", "Selam Tesfay")
    fixture.interview.answer(fixture.dossier, ref("voornamen"), status, "")  # type: ignore[arg-type]  # parametrized literal
    shown = question(fixture, "voornamen")
    assert (shown.status, shown.value) == (status, "")


def test_undo_sets_the_former_answer_by_a_new_event(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("dialect"), "given", "een")
    fixture.interview.answer(fixture.dossier, ref("dialect"), "given", "twee")
    events = len(fixture.laptop.journal.events(fixture.dossier))
    fixture.interview.undo(fixture.dossier)
    assert question(fixture, "dialect").value == "een"
    assert len(fixture.laptop.journal.events(fixture.dossier)) > events
    fixture.interview.undo(fixture.dossier)
    assert question(fixture, "dialect").status == "open"


def test_the_same_answer_twice_is_one_event(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("dialect"), "given", "een")
    events = len(fixture.laptop.journal.events(fixture.dossier))
    assert not fixture.interview.answer(fixture.dossier, ref("dialect"), "given", "een").changes
    assert len(fixture.laptop.journal.events(fixture.dossier)) == events


def test_answering_takes_a_question_off_the_later_list(fixture: InterviewFixture) -> None:
    fixture.interview.later(fixture.dossier, ref("dialect"), later=True)
    assert question(fixture, "dialect").later
    fixture.interview.answer(fixture.dossier, ref("dialect"), "given", "een")
    assert not question(fixture, "dialect").later


def test_a_note_and_a_wrong_translation_stay_with_their_question(fixture: InterviewFixture) -> None:
    fixture.interview.note(fixture.dossier, ref("dialect"), "spreekt zacht")
    fixture.interview.flag_translation(fixture.dossier, ref("dialect"), "verkeerd woord")
    fixture.restart()
    shown = question(fixture, "dialect")
    assert (shown.note, shown.flagged) == ("spreekt zacht", True)


def test_a_row_comes_and_goes_and_comes_back_with_its_answers(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("schooljaren"), "given", "11")
    fixture.interview.go(fixture.dossier, ref("school"))
    fixture.interview.add_row(fixture.dossier, ref("school"))
    row = repeat(fixture, "school").rows[0].ref
    fixture.interview.answer(fixture.dossier, f"{row}/school_van", "given", "1999")
    fixture.interview.remove_row(fixture.dossier, row)
    assert repeat(fixture, "school").rows == ()
    fixture.interview.undo(fixture.dossier)
    fixture.restart()
    values = {item.ref.rpartition("/")[2]: item.value for item in repeat(fixture, "school").rows[0].questions}
    assert values["school_van"] == "1999"


def test_a_repeat_knows_how_many_rows_were_named_elsewhere(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("kinderen_aantal"), "given", "2")
    fixture.interview.add_row(fixture.dossier, ref("kind"))
    shown = repeat(fixture, "kind")
    assert (shown.expected, len(shown.rows)) == (2, 1)
    assert shown.expected_by.startswith("Hoeveel kinderen")
    fixture.interview.answer(fixture.dossier, ref("schooljaren"), "given", "11")
    fixture.interview.go(fixture.dossier, ref("school"))
    assert (repeat(fixture, "school").expected, repeat(fixture, "school").expected_by) == (None, "")


def test_a_repeat_can_be_answered_as_a_whole(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("schooljaren"), "given", "11")
    fixture.interview.answer(fixture.dossier, ref("school"), "declined")
    fixture.restart()
    assert repeat(fixture, "school").status == "declined"


def test_both_languages_and_missing_translations_are_told_apart(fixture: InterviewFixture) -> None:
    shown = question(fixture, "schooljaren")
    assert shown.dutch.label.startswith("Hoeveel jaar")
    assert shown.other.language == "ti"
    assert not shown.other.missing
    assert shown.other.draft
    assert shown.other.label != shown.dutch.label


def test_choices_speak_both_languages(fixture: InterviewFixture) -> None:
    shown = question(fixture, "leert_best")
    assert shown.kind == "many"
    assert all(choice.picture for choice in shown.choices)
    assert all(choice.dutch and choice.other for choice in shown.choices)
    countries = question(fixture, "geboorteland")
    assert next(choice.dutch for choice in countries.choices if choice.value == "ER") == "Eritrea"


def test_moving_walks_over_the_borders_of_sections(fixture: InterviewFixture) -> None:
    view = fixture.interview.open(fixture.dossier)
    sections = [view.section.path]
    while view.has_next:
        view = fixture.interview.move(fixture.dossier, 1)
        if view.section.path != sections[-1]:
            sections.append(view.section.path)
    assert sections == [section.path for part in view.parts for section in part.sections]
    assert fixture.interview.move(fixture.dossier, 1).ref == view.ref


def test_progress_counts_answers_of_every_kind(fixture: InterviewFixture) -> None:
    first = fixture.interview.open(fixture.dossier).section
    fixture.interview.answer(fixture.dossier, ref("alleen_verteld"), "given", "ja")
    view = fixture.interview.answer(fixture.dossier, ref("gesprek_plaats"), "declined").view
    assert (view.section.answered, view.section.state) == (first.answered + 2, "busy")


def test_without_the_health_key_the_section_is_locked_and_the_rest_goes_on(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("gezondheid_gesprek"), "given", "nu")
    health = ref("gez_algemeen").rpartition("/")[0]
    assert fixture.interview.go(fixture.dossier, health).step is not None
    fixture.laptop.journal.erase(fixture.dossier, "health_key", CONTEXT, "health")
    view = fixture.interview.view(fixture.dossier)
    assert view.step is None
    assert view.section.state == "locked"
    assert fixture.interview.move(fixture.dossier, -1).step is not None
    assert fixture.interview.move(fixture.dossier, 1).section.state == "locked"
    assert fixture.interview.go(fixture.dossier, health).step is None


def test_health_answers_are_sealed_under_their_own_key(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("gezondheid_gesprek"), "given", "nu")
    value = question(fixture, "gez_algemeen").choices[0].value
    fixture.interview.answer(fixture.dossier, ref("gez_algemeen"), "given", value)
    sealed = [event for event in fixture.laptop.journal.events(fixture.dossier) if event.compartment == "health"]
    assert [event.body for event in sealed if isinstance(event.body, AnswerGiven)] == [
        AnswerGiven(ref("gez_algemeen"), "given", value)
    ]


def test_a_card_that_is_no_longer_asked_gives_way(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("schooljaren"), "given", "11")
    fixture.interview.go(fixture.dossier, ref("school"))
    fixture.interview.answer(fixture.dossier, ref("schooljaren"), "given", "0")
    view = fixture.interview.view(fixture.dossier)
    assert view.step is not None
    assert view.section.title == "Opleiding"


def test_a_conversation_is_counted_and_its_interpreter_known(fixture: InterviewFixture) -> None:
    fixture.interview.start_talk(fixture.dossier, InterpreterMode.PHONE, "12345")
    view = fixture.interview.answer(fixture.dossier, ref("dialect"), "given", "een").view
    assert view.talk is not None
    assert (view.talk.number, view.talk.mode, view.talk.interpreter) == (1, InterpreterMode.PHONE, "12345")
    answers = [event for event in fixture.laptop.journal.events(fixture.dossier) if isinstance(event.body, AnswerGiven)]
    assert answers[-1].interpreter


def test_what_is_closed_is_counted_and_its_reader_named(fixture: InterviewFixture) -> None:
    fixture.interview.answer(fixture.dossier, ref("gezondheid_gesprek"), "given", "nu")
    value = question(fixture, "gez_algemeen").choices[0].value
    fixture.interview.answer(fixture.dossier, ref("gez_algemeen"), "given", value)
    assert fixture.interview.view(fixture.dossier).closed is None
    sealed = [event for event in fixture.laptop.journal.events(fixture.dossier) if event.compartment == "health"]
    fixture.laptop.journal.erase(fixture.dossier, "health_key", CONTEXT, "health")
    closed = fixture.interview.view(fixture.dossier).closed
    assert closed is not None
    assert (closed.entries, closed.reader) == (len(sealed), "")
    fixture.laptop.journal.append(fixture.dossier, HandoverStep("received", "Gemeente Haarlem"), CONTEXT)
    closed = fixture.interview.view(fixture.dossier).closed
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
def test_words_of_earlier_and_later_versions_are_read(
    fixture: InterviewFixture, word: str, mode: InterpreterMode | None
) -> None:
    fixture.laptop.journal.append(fixture.dossier, ConversationStarted(1, word, ""), CONTEXT)
    talk = fixture.interview.view(fixture.dossier).talk
    assert talk is not None
    assert talk.mode is mode
    fixture.interview.note(fixture.dossier, ref("dialect"), "y")
    assert fixture.laptop.journal.events(fixture.dossier)[-1].interpreter is (word != "none")


def test_undo_of_an_answer_brings_ask_later_back_and_says_what_it_was(fixture: InterviewFixture) -> None:
    place = ref("roepnaam")
    fixture.interview.later(fixture.dossier, place, later=True)
    fixture.interview.answer(fixture.dossier, place, "given", "Selam")
    fixture.interview.go(fixture.dossier, ref("dialect"))
    result = fixture.interview.undo(fixture.dossier)
    assert result.undone is not None
    assert (result.undone.kind, result.undone.place, result.view.ref) == ("answer", place, place)
    shown = question(fixture, "roepnaam")
    assert (shown.status, shown.later) == ("open", True)
    fixture.interview.undo(fixture.dossier)
    assert not question(fixture, "roepnaam").later


def test_undo_of_a_note_sets_the_former_note(fixture: InterviewFixture) -> None:
    place = ref("dialect")
    fixture.interview.note(fixture.dossier, place, "een")
    fixture.interview.note(fixture.dossier, place, "twee")
    fixture.interview.undo(fixture.dossier)
    assert question(fixture, "dialect").note == "een"
    result = fixture.interview.undo(fixture.dossier)
    assert question(fixture, "dialect").note == ""
    assert (result.undone is not None, result.view.can_undo) == (True, False)
    assert fixture.interview.undo(fixture.dossier).undone is None


def test_undo_of_an_answer_after_a_choice_between_two_leaves_a_readable_record(fixture: InterviewFixture) -> None:
    place = ref("dialect")
    fixture.laptop.journal.append(fixture.dossier, ConflictSettled(place, "given", "een"), CONTEXT)
    fixture.interview.answer(fixture.dossier, place, "given", "twee")
    fixture.interview.undo(fixture.dossier)
    fixture.restart()
    assert question(fixture, "dialect").value == "een"
    assert fixture.laptop.journal.quarantined(fixture.dossier) == ()


def test_a_date_that_is_known_in_part_is_kept_shown_and_read_again_as_it_is_known(fixture: InterviewFixture) -> None:
    given = fixture.interview.answer(fixture.dossier, ref("geboren"), "given", "1990-03-XX")
    assert given.problem is None
    fixture.restart()
    card = question(fixture, "geboren")
    assert (card.value, answer_text(card)) == ("1990-03-XX", "03-1990")
    refused = fixture.interview.answer(fixture.dossier, ref("kennisgeving"), "given", "2026-XX-XX")
    assert refused.problem is not None


def test_what_an_answer_takes_away_is_told_until_it_is_confirmed(fixture: InterviewFixture) -> None:
    service, dossier = fixture.interview, fixture.dossier
    service.answer(dossier, ref("kinderen_aantal"), "given", "1")
    assert service.answer(dossier, ref("kinderen_aantal"), "given", "0", confirmed=False).problem is None
    service.answer(dossier, ref("kinderen_aantal"), "given", "1")
    service.add_row(dossier, ref("kind"))
    row = repeat(fixture, "kind").rows[0].ref
    service.answer(dossier, f"{row}/kind_naam", "given", "Lina")
    told = service.answer(dossier, ref("kinderen_aantal"), "given", "0", confirmed=False)
    assert told.problem is not None
    assert told.problem.code == REMOVES_ROWS
    assert told.problem.dutch.startswith("Vertel over uw kinderen (Lina")
    assert question(fixture, "kinderen_aantal").value == "1"
    assert service.answer(dossier, ref("kinderen_aantal"), "given", "2", confirmed=False).problem is None
    assert service.answer(dossier, ref("kinderen_aantal"), "given", "0").problem is None
    assert service.undo(dossier).undone is not None
    assert [each.ref for each in repeat(fixture, "kind").rows] == [row]


def test_several_things_are_taken_back_at_once_and_no_more_than_there_are(fixture: InterviewFixture) -> None:
    service, dossier = fixture.interview, fixture.dossier
    for name, value in (("roepnaam", "Selam"), ("achternaam", "Tesfay")):
        service.answer(dossier, ref(name), "given", value)
    listed = service.view(dossier).undoable
    assert [(line.kind, line.label) for line in listed] == [
        ("answer", "Wat is uw achternaam?"),
        ("answer", "Hoe wilt u genoemd worden?"),
    ]
    undone = service.undo(dossier, 5).undone
    assert undone is not None
    assert undone.place == ref("roepnaam")
    assert question(fixture, "achternaam").value == ""


def test_a_row_that_is_gone_is_listed_by_what_was_done(fixture: InterviewFixture) -> None:
    service, dossier = fixture.interview, fixture.dossier
    service.answer(dossier, ref("kinderen_aantal"), "given", "1")
    service.add_row(dossier, ref("kind"))
    row = repeat(fixture, "kind").rows[0].ref
    service.answer(dossier, f"{row}/kind_naam", "given", "Lina")
    service.remove_row(dossier, row)
    listed = service.view(dossier).undoable
    assert [(line.kind, line.label) for line in listed][:2] == [
        ("row_removed", "Vertel over uw kinderen"),
        ("answer", ""),
    ]


def test_the_own_words_stand_at_the_card_that_asks_for_their_dutch(fixture: InterviewFixture) -> None:
    assert question(fixture, "droom_nl").translates is None
    fixture.interview.answer(fixture.dossier, ref("droom"), "given", "ሓኪም ክኸውን")
    said = question(fixture, "droom_nl").translates
    assert said is not None
    assert (said.words, said.dutch) == ("ሓኪም ክኸውን", "Wat wilt u graag bereiken?")


def test_a_row_of_which_the_age_is_unknown_has_only_its_name(fixture: InterviewFixture) -> None:
    service, dossier = fixture.interview, fixture.dossier
    service.answer(dossier, ref("kinderen_aantal"), "given", "1")
    service.add_row(dossier, ref("kind"))
    row = repeat(fixture, "kind").rows[0].ref
    service.answer(dossier, f"{row}/kind_naam", "given", "Lina")
    assert repeat(fixture, "kind").rows[0].title == "Lina"
    service.answer(dossier, f"{row}/kind_geboren", "given", "2020-05-XX")
    assert repeat(fixture, "kind").rows[0].title == "Lina, 6 jaar"
