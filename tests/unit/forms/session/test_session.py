import pytest

from desktop.forms import ODK, FormError, Session
from protocol.identifiers import InstanceId
from tests.unit.forms.forms_for_tests import everything, form_of, hold, same, xform

FAMILY = """
| survey |
| | type | name | label | relevant | required | required_message | constraint | constraint_message | calculation |
| | begin_group | gezin | Gezin |
| | text | naam | Hoe heet u? | | yes | Nodig. |
| | integer | leeftijd | Hoe oud bent u? | ${naam} != '' | | | . >= 16 and . < 120 | Vul uw leeftijd in. |
| | decimal | lengte | Lengte |
| | date | komst | Sinds wanneer? | | | | . <= today() | Niet later dan vandaag. |
| | begin_repeat | kind | Kinderen |
| | text | kindnaam | Naam | | yes |
| | integer | jaren | Leeftijd |
| | calculate | nummer | | | | | | | position(..) |
| | note | groet | ${kindnaam} is nummer ${nummer}, ouder is ${naam} | ${jaren} > 3 |
| | end_repeat |
| | calculate | aantal | | | | | | | count(${kind}) |
| | calculate | samen | | | | | | | sum(${jaren}) |
| | integer | kamers | Hoeveel kamers? |
| | begin_repeat | kamer | Kamer | | | | | | | ${kamers} |
| | text | soort | Soort |
| | end_repeat |
| | end_group |
| settings |
| | form_id | form_title | version | name |
| | gezin | Gezin | 1 | intake |
""".replace("calculation |\n", "calculation | repeat_count |\n", 1)

TOP = "/intake/gezin"


@pytest.fixture
def session() -> Session:
    return hold(form_of(FAMILY))


def test_an_answer_is_accepted_and_tells_what_changed(session: Session) -> None:
    outcome = session.answer(f"{TOP}/naam", "Amina")
    assert outcome.accepted
    assert outcome.changed == (f"{TOP}/naam", f"{TOP}/leeftijd")
    assert session.state(f"{TOP}/leeftijd").relevant


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("leeftijd", "veel", "forms.type"),
        ("leeftijd", "15", "forms.constraint"),
        ("leeftijd", "1.5", "forms.type"),
        ("lengte", "1,5", "forms.type"),
        ("komst", "2026-13-01", "forms.type"),
        ("komst", "2026-11-23", "forms.constraint"),
        ("aantal", "4", "forms.readonly"),
    ],
)
def test_a_refused_answer_changes_nothing(session: Session, name: str, value: str, code: str) -> None:
    session.answer(f"{TOP}/naam", "Amina")
    before = everything(session)
    outcome = session.answer(f"{TOP}/{name}", value)
    assert not outcome.accepted
    assert outcome.problem is not None
    assert outcome.problem.code == code
    assert outcome.changed == ()
    assert everything(session) == before


def test_a_problem_carries_the_message_of_the_workbook(session: Session) -> None:
    problem = session.check(f"{TOP}/leeftijd", "15")
    assert problem is not None
    assert problem.message_source == "Vul uw leeftijd in."
    required = session.check(f"{TOP}/naam", "")
    assert required is not None
    assert (required.code, required.message_source) == ("forms.required", "Nodig.")


def test_a_required_question_may_be_left_blank_but_stays_a_problem(session: Session) -> None:
    assert session.answer(f"{TOP}/naam", "").accepted
    assert [problem.ref for problem in session.problems()] == [f"{TOP}/naam"]


def test_a_constraint_sees_the_value_of_a_question_that_is_not_relevant(session: Session) -> None:
    assert not session.state(f"{TOP}/leeftijd").relevant
    assert session.answer(f"{TOP}/leeftijd", "40").accepted
    assert not session.answer(f"{TOP}/leeftijd", "4").accepted


def test_an_answer_that_was_hidden_comes_back(session: Session) -> None:
    session.answer(f"{TOP}/naam", "Amina")
    session.answer(f"{TOP}/leeftijd", "40")
    session.answer(f"{TOP}/naam", "")
    assert session.evaluate("string(${leeftijd})") == ""
    session.answer(f"{TOP}/naam", "Amina")
    assert session.evaluate("string(${leeftijd})") == "40"


def test_rows_have_stable_addresses(session: Session) -> None:
    first, _ = session.add_repeat(f"{TOP}/kind", InstanceId("aaaaaaaa"))
    second, _ = session.add_repeat(f"{TOP}/kind", InstanceId("bbbbbbbb"))
    assert first == f"{TOP}/kind[aaaaaaaa]"
    session.answer(f"{second}/kindnaam", "Noor")
    session.remove_repeat(first)
    assert session.instances(f"{TOP}/kind") == (second,)
    assert session.state(f"{second}/kindnaam").value == "Noor"
    assert session.state(f"{second}/nummer").value == "1"


def test_rows_are_counted_summed_and_numbered(session: Session) -> None:
    refs = [session.add_repeat(f"{TOP}/kind")[0] for _ in range(3)]
    for ref, years in zip(refs, ("2", "5", "9"), strict=True):
        session.answer(f"{ref}/jaren", years)
    assert session.state(f"{TOP}/aantal").value == "3"
    assert session.state(f"{TOP}/samen").value == "16"
    assert [session.state(f"{ref}/nummer").value for ref in refs] == ["1", "2", "3"]
    assert [session.state(f"{ref}/groet").relevant for ref in refs] == [False, True, True]


def test_a_row_can_be_put_in_front(session: Session) -> None:
    last, _ = session.add_repeat(f"{TOP}/kind")
    first, _ = session.add_repeat(f"{TOP}/kind", at=0)
    assert session.instances(f"{TOP}/kind") == (first, last)
    assert session.state(f"{last}/nummer").value == "2"


def test_texts_inside_a_row_speak_about_that_row(session: Session) -> None:
    session.answer(f"{TOP}/naam", "Amina")
    ref, _ = session.add_repeat(f"{TOP}/kind")
    session.answer(f"{ref}/kindnaam", "Noor")
    text = session.text(f"{ref}/groet", "label", same, "nl")
    assert (text.text, text.translated) == ("Noor is nummer 1, ouder is Amina", True)


def test_a_count_makes_rows_and_keeps_what_a_smaller_count_hides(session: Session) -> None:
    session.answer(f"{TOP}/kamers", "2")
    first, second = session.instances(f"{TOP}/kamer")
    session.answer(f"{second}/soort", "keuken")
    session.answer(f"{TOP}/kamers", "1")
    assert session.instances(f"{TOP}/kamer") == (first,)
    session.answer(f"{TOP}/kamers", "2")
    assert session.instances(f"{TOP}/kamer") == (first, second)
    assert session.state(f"{second}/soort").value == "keuken"
    with pytest.raises(FormError, match=r"forms\.fixed_repeat"):
        session.add_repeat(f"{TOP}/kamer")
    with pytest.raises(FormError, match=r"forms\.fixed_repeat"):
        session.remove_repeat(first)


def test_rows_made_by_a_count_have_the_same_address_on_every_device() -> None:
    one, other = hold(form_of(FAMILY), seed=1), hold(form_of(FAMILY), seed=2)
    for session in (one, other):
        session.answer(f"{TOP}/kamers", "3")
    assert one.instances(f"{TOP}/kamer") == other.instances(f"{TOP}/kamer")


def test_undo_takes_back_answers_and_rows_in_turn(session: Session) -> None:
    states = [everything(session)]
    session.answer(f"{TOP}/naam", "Amina")
    states.append(everything(session))
    ref, _ = session.add_repeat(f"{TOP}/kind")
    states.append(everything(session))
    session.answer(f"{ref}/jaren", "7")
    states.append(everything(session))
    session.remove_repeat(ref)
    for state in reversed(states):
        assert session.undo().accepted
        assert everything(session) == state
    assert not session.undo().accepted


def test_restore_gives_the_same_state_and_leaves_strangers_aside(session: Session) -> None:
    instance = InstanceId("aaaaaaaa")
    ref, _ = session.add_repeat(f"{TOP}/kind", instance)
    answers = {f"{TOP}/naam": "Amina", f"{ref}/kindnaam": "Noor", f"{ref}/jaren": "7"}
    for each, value in answers.items():
        session.answer(each, value)
    other = hold(form_of(FAMILY))
    strangers = {f"{TOP}/kind[gone0000]/jaren": "1", "/intake/oud/vraag": "x", f"{TOP}/aantal": "99"}
    other.restore({**answers, **strangers}, {f"{TOP}/kind": [instance], "/intake/oud": [instance]})
    assert everything(other) == everything(session)
    assert not other.undo().accepted


def test_restore_fills_rows_that_a_restored_answer_makes() -> None:
    session = hold(form_of(FAMILY))
    session.answer(f"{TOP}/kamers", "2")
    row = session.instances(f"{TOP}/kamer")[1]
    other = hold(form_of(FAMILY))
    other.restore({f"{row}/soort": "keuken", f"{TOP}/kamers": "2"}, {})
    assert other.state(f"{row}/soort").value == "keuken"


def test_progress_counts_what_is_asked_now(session: Session) -> None:
    assert (session.progress(TOP).answered, session.progress(TOP).total) == (0, 4)
    session.answer(f"{TOP}/naam", "Amina")
    assert (session.progress(TOP).answered, session.progress(TOP).total) == (1, 5)
    ref, _ = session.add_repeat(f"{TOP}/kind")
    assert session.progress(ref).total == 2
    assert session.progress(f"{TOP}/kind").total == 2


def test_questions_come_in_document_order_with_their_rows(session: Session) -> None:
    ref, _ = session.add_repeat(f"{TOP}/kind")
    session.answer(f"{ref}/jaren", "5")
    assert session.questions() == (
        *(f"{TOP}/naam", f"{TOP}/lengte", f"{TOP}/komst", f"{ref}/kindnaam", f"{ref}/jaren", f"{ref}/groet"),
        f"{TOP}/kamers",
    )


@pytest.mark.parametrize(
    "ref",
    ["", "/intake/niets", f"{TOP}/kind[x]", f"{TOP}/kind/jaren", f"{TOP}/naam[x]", "[", f"{TOP}/kind[a][b]", "]["],
)
def test_an_unknown_address_is_refused_by_code(session: Session, ref: str) -> None:
    with pytest.raises(FormError, match=r"forms\.unknown_ref"):
        session.state(ref)
    with pytest.raises(FormError, match=r"forms\.unknown_ref"):
        session.answer(ref, "x")


def test_a_row_cannot_be_added_twice(session: Session) -> None:
    session.add_repeat(f"{TOP}/kind", InstanceId("aaaaaaaa"))
    with pytest.raises(FormError, match=r"forms\.instance_exists"):
        session.add_repeat(f"{TOP}/kind", InstanceId("aaaaaaaa"))


def test_odk_conventions_start_with_the_instances_of_the_form() -> None:
    assert len(hold(form_of(FAMILY), conventions=ODK).instances(f"{TOP}/kind")) == 1
    assert hold(form_of(FAMILY)).instances(f"{TOP}/kind") == ()


def test_actions_run_at_load_for_new_rows_and_when_a_value_changes() -> None:
    form = xform(
        "<instance><data id='t'><start/><age>30</age><r jr:template=''><y/></r><seen/></data></instance>"
        "<bind nodeset='/data/start' type='date'/><bind nodeset='/data/age' type='int'/>"
        "<setvalue event='odk-instance-first-load' ref='/data/start' value='today()'/>",
        "<input ref='/data/age'><label>a</label>"
        "<setvalue event='xforms-value-changed' ref='/data/seen' value='concat(../age, \"!\")'/></input>"
        "<group ref='/data/r'><label>r</label><repeat nodeset='/data/r'>"
        "<setvalue event='odk-new-repeat' ref='/data/r/y' value='../../age + 2'/>"
        "<input ref='/data/r/y'><label>y</label></input></repeat></group>",
    )
    session = hold(form)
    assert session.state("/data/start").value == "2026-11-22"
    ref, _ = session.add_repeat("/data/r")
    assert session.state(f"{ref}/y").value == "32"
    session.answer("/data/age", "50")
    assert session.state("/data/seen").value == "50!"
    assert session.state(f"{ref}/y").value == "32"
    session.undo()
    assert session.state("/data/seen").value == ""


def test_rules_that_never_rest_are_stopped_and_change_nothing() -> None:
    form = xform(
        "<instance><data id='t'><a/><b/></data></instance>",
        "<input ref='/data/a'><label>a</label>"
        "<setvalue event='xforms-value-changed' ref='/data/b' value='concat(/data/a, \"x\")'/></input>"
        "<input ref='/data/b'><label>b</label>"
        "<setvalue event='xforms-value-changed' ref='/data/a' value='concat(/data/b, \"y\")'/></input>",
    )
    session = hold(form)
    before = everything(session)
    with pytest.raises(FormError, match=r"form\.no_end"):
        session.answer("/data/a", "1")
    assert everything(session) == before


def test_what_is_worked_out_cannot_be_answered_and_does_not_count() -> None:
    form = xform(
        "<instance><data id='t'><a/><b/></data></instance><bind nodeset='/data/b' calculate='/data/a'/>",
        "<input ref='/data/a'><label>a</label></input><input ref='/data/b'><label>b</label></input>",
    )
    session = hold(form)
    assert session.state("/data/b").readonly
    assert session.progress("/data").total == 1
    assert hold(form, conventions=ODK).answer("/data/b", "mine").accepted


def test_what_is_asked_of_an_unknown_address_is_refused_by_code(session: Session) -> None:
    for asked in (session.progress, session.text, session.choices, session.instances, session.evaluate):
        with pytest.raises(FormError, match=r"form(s\.unknown_ref|\.syntax|\.unknown_node)"):
            asked("/intake/niets")


def test_what_is_required_and_what_is_fixed_follow_the_answers() -> None:
    form = xform(
        "<instance><data id='t'><a/><b/></data></instance>"
        "<bind nodeset='/data/b' required='/data/a = 1' readonly='/data/a = 2'/>",
        "<input ref='/data/a'/><input ref='/data/b'/>",
    )
    session = hold(form)
    found = []
    for answer in ("", "1", "2"):
        session.answer("/data/a", answer)
        state = session.state("/data/b")
        found.append((state.required, state.readonly))
    assert found == [(False, False), (True, False), (False, True)]
    session.undo()
    assert session.state("/data/b").required


def test_a_repeat_speaks_as_its_first_row_does(session: Session) -> None:
    assert session.text(f"{TOP}/kind").text == "Kinderen"
    session.add_repeat(f"{TOP}/kind")
    assert session.text(f"{TOP}/kind").text == "Kinderen"


def test_restore_keeps_the_rows_it_names_and_takes_the_others_out() -> None:
    session = hold(form_of(FAMILY), conventions=ODK)
    (first,) = session.instances(f"{TOP}/kind")
    identity = InstanceId(first[-9:-1])
    session.restore({f"{first}/kindnaam": "Noor"}, {f"{TOP}/kind": [identity, InstanceId("aaaaaaaa")]})
    assert session.instances(f"{TOP}/kind") == (first, f"{TOP}/kind[aaaaaaaa]")
    assert session.state(f"{first}/kindnaam").value == "Noor"
    session.restore({}, {f"{TOP}/kind": [InstanceId("bbbbbbbb")]})
    assert session.instances(f"{TOP}/kind") == (f"{TOP}/kind[bbbbbbbb]",)
