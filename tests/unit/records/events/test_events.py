from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records.events.bodies import BODIES, AnswerGiven, Body, FromNewerVersion, PlanFieldSet
from desktop.records.events.envelope import decode, plaintext
from desktop.records.events.upcasting import lift
from desktop.vault.crypto.sealing import FIRST, RowHeader
from protocol.canonical import JsonValue, canonical_bytes
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId
from tests.unit.records.cases import CONTEXT
from tests.unit.vault.people import MOMENT

HEADER = RowHeader(DossierId("1" * 32), "core", 1, DeviceId("2" * 32), 1, FIRST)


def _json(depth: int = 2) -> st.SearchStrategy[Any]:
    leaves = st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.text(max_size=5))
    return st.recursive(
        leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner), max_leaves=depth
    )


def _body(kind: str) -> st.SearchStrategy[Body]:
    free = {"value": _json()} if kind in {"plan_field_set", "conflict_settled"} else {}
    return st.builds(BODIES[kind], **free)


@given(st.sampled_from(sorted(BODIES)).flatmap(_body))
def test_every_body_comes_back_as_it_went(body: Body) -> None:
    data = plaintext(body, CONTEXT, time=MOMENT, clock=None, seen={})
    event = decode(HEADER, data)
    assert event.body == body
    assert (event.time, event.author, event.language, event.interpreter) == (MOMENT, "J. de Vries", "nl", True)


@given(_json())
def test_a_plan_field_holds_any_json(value: Any) -> None:  # noqa: ANN401  # any JSON is the point
    body = PlanFieldSet("week", value)
    assert decode(HEADER, plaintext(body, CONTEXT, time=MOMENT, clock=MOMENT, seen={})).body == body


@given(st.binary(max_size=80))
def test_bytes_that_are_no_event_have_a_code(data: bytes) -> None:
    with pytest.raises(UserError, match=r"records\.event_damaged"):
        decode(HEADER, data)


@pytest.mark.parametrize(
    "change",
    [
        {"t": -1},
        {"t": 10**18},
        {"t": "2026"},
        {"a": 1},
        {"l": None},
        {"i": 1},
        {"s": {"x": 0}},
        {"s": {"x": True}},
        {"s": []},
        {"k": 7},
        {"v": "1"},
        {"v": 0},
        {"v": -3},
        {"b": []},
        {"b": {}},
        {"b": {"ref": 1, "status": "given", "value": "", "source": "conversation"}},
        {"b": {"ref": "/a", "status": "perhaps", "value": "", "source": "conversation"}},
        {"b": {"ref": "/a", "status": "given", "value": "", "source": "conversation", "more": 1}},
        {"c": "x"},
        {"extra": 1},
    ],
)
def test_an_event_with_a_wrong_field_is_damaged(change: dict[str, Any]) -> None:
    whole: dict[str, JsonValue] = {
        "a": "J",
        "b": AnswerGiven("/a", "given", "x").to_json(),
        "i": False,
        "k": "answer_given",
        "l": "nl",
        "s": {},
        "t": 0,
        "v": 1,
    }
    assert decode(HEADER, canonical_bytes(whole)).author == "J"
    with pytest.raises(UserError, match=r"records\.event_damaged"):
        decode(HEADER, canonical_bytes({**whole, **change}))


def test_a_later_kind_or_version_is_kept_and_not_understood() -> None:
    data = plaintext(AnswerGiven("/a", "given"), CONTEXT, time=MOMENT, clock=None, seen={})
    newer = data.replace(b'"v":1', b'"v":2')
    other = data.replace(b'"k":"answer_given"', b'"k":"dance_danced"')
    assert decode(HEADER, newer).body == FromNewerVersion("answer_given", 2)
    assert decode(HEADER, other).body == FromNewerVersion("dance_danced", 1)


def test_an_old_version_is_lifted_step_by_step() -> None:
    upcasters = MappingProxyType(
        {
            ("k", 1): lambda value: {**value, "b": "two"},
            ("k", 2): lambda value: {**value, "c": "three"},
        }
    )
    assert lift("k", 1, 3, {"a": "one"}, upcasters) == {"a": "one", "b": "two", "c": "three"}
    assert lift("k", 3, 3, {"a": "one"}, upcasters) == {"a": "one"}
    with pytest.raises(UserError, match=r"records\.event_damaged"):
        lift("k", 1, 3, {}, MappingProxyType({}))


def test_a_text_of_an_entry_is_text() -> None:
    event = decode(HEADER, plaintext(PlanFieldSet("week", 3), CONTEXT, time=MOMENT, clock=None, seen={}))
    assert event._replace(clock=MOMENT).warnings == ("records.clock_jumped",)
