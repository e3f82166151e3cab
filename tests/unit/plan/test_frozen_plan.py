"""A plan as it was signed keeps its words; what is otherwise since is told part by part."""

import copy
import json
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.bilingual import Bilingual
from desktop.documents.meta import DocumentMeta
from desktop.documents.plan_data import plan_data
from desktop.i18n import load_catalogue
from desktop.plan.model.frozen_plan import FrozenPlan, PlanColumns, content_of, freeze
from desktop.plan.model.plan_changes import ChangeKind, changes_between, sentence_of
from desktop.plan.model.plan_text import NO_TEXT, PlanText, free
from desktop.plan.model.support_plan import NOT_READ_ALOUD, SupportPlan
from protocol.errors import UserError
from tests.unit.plan.case import plan

TIGRINYA = load_catalogue("ti", "plan")
COLUMNS = PlanColumns(load_catalogue("nl", "plan").find, TIGRINYA.find, "ti", rtl=False)


def kinds(before: SupportPlan, after: SupportPlan) -> list[ChangeKind]:
    return [change.kind for change in changes_between(before, after)]


def test_every_word_is_kept_in_both_languages() -> None:
    today, kept = plan(), freeze(plan(), COLUMNS, "").plan()
    assert [goal.text.dutch for goal in kept.goals] == [goal.text.dutch for goal in today.goals]
    for goal, before in zip(kept.goals, today.goals, strict=True):
        assert goal.text.free
        rendered = before.text.in_other(TIGRINYA.find, rtl=False)
        assert goal.text.other == (rendered.text if rendered.translated else before.text.other)
    assert (kept.week, kept.start, kept.proposed_route) == (
        tuple(replace(each, label=free(each.label.dutch, each.label.other)) for each in kept.week),
        today.start,
        today.proposed_route,
    )
    assert (kept.signatures[0].date, kept.missing) == (None, ())


def test_nothing_that_comes_later_reaches_it() -> None:
    frozen = freeze(plan(), COLUMNS, "")
    lost = freeze(plan(), replace(COLUMNS, dutch=lambda _text: "anders", other=lambda _text: None), "")
    assert frozen.plan().goals[0].text.other
    assert frozen.digest != lost.digest
    assert frozen.digest == FrozenPlan(frozen.language, frozen.text, "").digest
    assert frozen.plan() == frozen.plan()


def test_a_plan_is_the_same_whoever_reads_it_and_whenever() -> None:
    one = plan()
    read = replace(one, made=date(2030, 1, 1), missing=(), agrees="", feedback=NO_TEXT, read_aloud=NOT_READ_ALOUD)
    goal = one.goals[0]
    ticked = replace(goal, actions=tuple(replace(step, done=not step.done) for step in goal.actions))
    assert content_of(read) == content_of(one)
    assert content_of(replace(one, goals=(ticked, *one.goals[1:]))) == content_of(one)
    assert kinds(one, read) == ["wording"]


def test_words_typed_in_another_language_are_part_of_it() -> None:
    one = plan()
    other = replace(one, own_words=free(one.own_words.dutch, "ካልእ"))
    assert content_of(other) != content_of(one)
    assert kinds(one, other) == ["wording"]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"name": 3, "made": "2026-01-01"}', '{"name":"A","made":"gisteren"}']
)
def test_a_version_that_cannot_be_read_says_so(text: str) -> None:
    with pytest.raises(UserError, match=r"plan\.version_damaged"):
        FrozenPlan("ti", text, "").plan()


def test_a_version_of_before_a_field_was_added_is_read() -> None:
    assert FrozenPlan("ti", '{"name":"Luwam","made":"2026-11-28","later":1}', "").plan() == SupportPlan(
        "Luwam", date(2026, 11, 28)
    )


def test_what_is_otherwise_is_told_part_by_part() -> None:
    one = plan()
    first, second, *rest = one.goals
    reworded = replace(second, text=free("Ik word piloot."))
    new = replace(first, id="own-1", text=free("Ik leer zwemmen."))
    other = replace(
        one,
        goals=(reworded, *rest, new),
        proposed_route="Z",
        start=date(2027, 3, 1),
        own_words=free("Anders."),
        helpers=one.helpers[:1],
        week=(),
        year=None,
        agreements=(),
        story=(),
        deviation="Omdat.",
    )
    found = changes_between(one, other)
    assert [change.kind for change in found] == [
        "person", "goal_changed", "goal_added", "goal_removed", "weighing", "route", "start", "week", "year",
        "people", "agreements", "own_words",
    ]  # fmt: skip
    assert [sentence_of(change).dutch for change in found[1:7]] == [
        "Dit doel is anders: Ik word piloot.",
        "Nieuw doel: Ik leer zwemmen.",
        f"Dit doel staat er niet meer in: {first.text.dutch}",
        "De redenen bij de routes zijn anders.",
        "Mijn route was B1-route en is nu Zelfredzaamheidsroute (Z).",
        f"Ik begin niet op {one.start:%d-%m-%Y} maar op 01-03-2027.",
    ]
    assert (found[1].before, found[1].after) == (second.text.dutch, "Ik word piloot.")


def test_another_route_of_the_region_is_told_by_its_name() -> None:
    one = plan()
    assert one.region_route is not None
    other = replace(one, region_route=replace(one.region_route, label=PlanText("Avondroute")))
    (change,) = changes_between(one, other)
    assert (change.kind, change.after) == ("route", "Avondroute")
    (gone,) = changes_between(one, replace(one, region_route=None))
    assert (gone.kind, gone.after) == ("route", "")
    longer = replace(one, region_route=replace(one.region_route, provider="Avondschool", weeks=30))
    (same_name,) = changes_between(one, longer)
    assert same_name.before.endswith(" weken)")
    assert same_name.after == f"{one.region_route.label.dutch} (Avondschool, 30 weken)"


def test_a_plan_without_route_or_start_has_no_words_for_them() -> None:
    one = plan()
    (route,) = changes_between(replace(one, proposed_route=None), one)
    (start,) = changes_between(replace(one, start=None), one)
    assert (route.before, start.before) == ("", "")


def test_a_goal_with_other_steps_is_changed_and_keeps_its_name() -> None:
    one = plan()
    (change,) = changes_between(one, replace(one, goals=(replace(one.goals[0], actions=()), *one.goals[1:])))
    assert (change.kind, change.what, change.before) == ("goal_changed", one.goals[0].text, "")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=8) | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def _places(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:  # noqa: ANN401  # JSON
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, item in inside for place in _places(item, (*at, key)))]


_WHOLE: dict[str, Any] = json.loads(freeze(plan(), COLUMNS, "").text)
_PLACES = _places(_WHOLE)[1:]


@given(st.lists(st.tuples(st.sampled_from(_PLACES), _JSON), min_size=1, max_size=3))
def test_a_version_of_another_laptop_is_refused_or_can_be_printed(
    damage: list[tuple[tuple[str | int, ...], Any]],
) -> None:
    changed: Any = copy.deepcopy(_WHOLE)
    for place, value in damage:
        inside = changed
        with suppress(KeyError, IndexError, TypeError):
            for step in place[:-1]:
                inside = inside[step]
            inside[place[-1]] = value
    try:
        found = FrozenPlan("ti", json.dumps(changed), "").plan()
    except UserError as error:
        assert error.code == "plan.version_damaged"
        return
    plan_data(found, Bilingual(load_catalogue("nl", "plan"), TIGRINYA), DocumentMeta("OP-1", "azc"))
    changes_between(found, plan())
