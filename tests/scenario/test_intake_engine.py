"""The built-in interview on the engine: it loads, every question can be reached and answered, and nothing gets lost."""

import random
from datetime import UTC, datetime

import pytest

from desktop.forms import Form, FormNode, Session, check_workbook
from desktop.services.dossier.form_locale import FORM_LOCALE
from protocol.times import SettableClock
from tests import places
from tests.content import intake

INTAKE = places.ROOT / "desktop" / "forms" / "library" / "brede_intake.md"
MOST_ROUNDS = 400


@pytest.fixture(scope="module")
def form() -> Form:
    return intake()


def _session(form: Form) -> Session:
    clock = SettableClock(datetime(2026, 11, 22, 12, tzinfo=UTC))
    return Session(form, clock=clock, random=random.Random(5))  # noqa: S311  # a test repeats itself


def _source(text: str) -> str | None:
    return text


def _candidates(session: Session, ref: str, node: FormNode, source: random.Random) -> list[str]:
    if node.type in {"select1", "select", "rank"}:
        values = [choice.value for choice in session.choices(ref, _source, "nl")]
        return source.sample(values, len(values)) if node.type != "rank" else [" ".join(values)]
    return {
        "int": ["1", "3", "20", "1990", "2020", "123456789"],
        "decimal": ["1.5", "20"],
        "range": [node.parameters.get("start", "0")],
        "date": ["1990-05-01", "2024-03-01", "2026-11-20", "2027-01-15"],
        "trigger": ["OK"],
        "time": ["10:00"],
    }.get(node.type, ["Een antwoord", "111222333", "2800000001", "1234AB", "0612345678", "a@b.nl"])


def _walk(session: Session, source: random.Random) -> tuple[set[str], set[str]]:
    """Answer every question that can be answered, adding a row to every repeat; return what was and what was not."""
    done: set[str] = set()
    stuck: set[str] = set()
    for node in session.form.outline().walk():
        if node.kind == "repeat" and "/" in node.path and session.state(node.path).relevant:
            session.add_repeat(node.path)
    for _ in range(MOST_ROUNDS):
        waiting = [ref for ref in session.questions() if ref not in done | stuck]
        waiting = [ref for ref in waiting if session.state(ref).node.kind == "question"]
        if not waiting:
            return done, stuck
        ref = waiting[0]
        state = session.state(ref)
        options = _candidates(session, ref, state.node, source)
        accepted = state.readonly or any(session.answer(ref, value).accepted for value in options)
        (done if accepted else stuck).add(ref)
    raise AssertionError(waiting)


def test_the_interview_has_no_problems() -> None:
    assert check_workbook(INTAKE, "md", locale=FORM_LOCALE) == ()


@pytest.mark.parametrize("seed", range(4))
def test_every_question_that_is_asked_can_be_answered(form: Form, seed: int) -> None:
    session = _session(form)
    done, stuck = _walk(session, random.Random(seed))  # noqa: S311  # a test repeats itself
    assert stuck == set()
    assert len(done) > 70
    assert [problem for problem in session.problems() if problem.code == "forms.required"] == []


def test_every_text_of_a_full_interview_can_be_said(form: Form) -> None:
    session = _session(form)
    _walk(session, random.Random(1))  # noqa: S311  # a test repeats itself
    for ref in session.questions():
        label = session.text(ref, "label", _source, "nl")
        assert label.translated
        assert "${" not in label.text


def test_a_walk_can_be_restored_from_its_answers(form: Form) -> None:
    session = _session(form)
    _walk(session, random.Random(2))  # noqa: S311  # a test repeats itself
    repeats = [node.path for node in form.outline().walk() if node.kind == "repeat"]
    instances = {path: [ref.rpartition("[")[2][:-1] for ref in session.instances(path)] for path in repeats}
    answers = {ref: session.state(ref).value for ref in session.questions()}
    other = _session(form)
    other.restore(answers, instances)  # type: ignore[arg-type]  # the identities are texts
    assert other.questions() == session.questions()
    assert {ref: other.state(ref).value for ref in other.questions()} == answers


def test_the_parts_and_sections_are_groups_with_legal_tags(form: Form) -> None:
    parts = [node for node in form.outline().children if node.kind == "group"]
    assert len(parts) == 3
    sections = [section for part in parts for section in part.children if section.kind == "group"]
    assert sections
    assert {section.tags.get("compartment") for section in sections} == {"core", "health"}
