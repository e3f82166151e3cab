import json
from types import MappingProxyType
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields, replace

from desktop.records.events.bodies import (
    AnswerGiven,
    Body,
    ConflictSettled,
    FromNewerVersion,
    HandoverStep,
    NoteWritten,
    PlanFieldSet,
)
from desktop.records.events.envelope import Claim, EventContext, decode_all, decode_at, plaintext, to_milliseconds
from desktop.records.events.kinds import BODIES
from desktop.records.events.upcasting import lift
from protocol.canonical import JsonValue, canonical_bytes
from protocol.encoding import to_base64
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId
from tests.unit.records.cases import CONTEXT
from tests.unit.vault.people import MOMENT

ADDRESS = (DossierId("1" * 32), "core", 1, DeviceId("2" * 32))


_claims = st.builds(Claim, st.integers(1, 2**53), st.binary(min_size=16, max_size=16).map(to_base64))


def _json(depth: int = 2) -> st.SearchStrategy[Any]:
    leaves = st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.text(max_size=5))
    return st.recursive(
        leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner), max_leaves=depth
    )


def _body(kind: str) -> st.SearchStrategy[Body]:
    of_field = {each.name: _json() if each.type is Any else st.from_type(each.type) for each in fields(BODIES[kind])}
    return st.builds(BODIES[kind], **of_field)


@given(st.sampled_from(sorted(BODIES)).flatmap(_body))
def test_every_body_comes_back_as_it_went(body: Body) -> None:
    data = plaintext(body, CONTEXT, time=MOMENT, clock=None, claims={})
    event = decode_at(ADDRESS, 1, data)
    assert event.body == body
    assert (event.time, event.author, event.language, event.interpreter) == (MOMENT, "J. de Vries", "nl", True)


@given(st.sampled_from(sorted(BODIES)).flatmap(_body), st.text(max_size=8), st.dictionaries(st.text(), _claims))
def test_the_bytes_of_an_event_are_the_canonical_ones(body: Body, author: str, claims: dict[DeviceId, Claim]) -> None:
    data = plaintext(body, EventContext(author, "nl"), time=MOMENT, clock=MOMENT, claims=claims)
    value: dict[str, Any] = {
        "a": author,
        "b": body.to_json(),
        "c": to_milliseconds(MOMENT),
        "i": False,
        "k": body.KIND,
        "l": "nl",
    }
    value.update(
        s={name: [each.sequence, each.digest] for name, each in claims.items()},
        t=to_milliseconds(MOMENT),
        v=body.VERSION,
    )
    assert data == canonical_bytes(value)
    assert data == canonical_bytes(json.loads(data))


@pytest.mark.parametrize("odd", [chr(code) for code in (*range(0x21), 0x22, 0x2F, 0x5C, 0x7F, 0x2028, 0x1F600, 0xFFFF)])
def test_an_odd_sign_has_its_canonical_bytes(odd: str) -> None:
    data = plaintext(NoteWritten(odd, f"ሰላም{odd}{odd}"), CONTEXT, time=MOMENT, clock=None, claims={})
    assert data == canonical_bytes(json.loads(data))
    assert decode_at(ADDRESS, 1, data).body == NoteWritten(odd, f"ሰላም{odd}{odd}")


def test_a_body_without_canonical_bytes_is_not_written() -> None:
    body = PlanFieldSet("week", cast("JsonValue", 1.5))
    with pytest.raises(TypeError):
        plaintext(body, CONTEXT, time=MOMENT, clock=None, claims={})


@pytest.mark.parametrize(
    ("twice", "kind"),
    [
        (b'"k":"answer_given","k":"note_written"', None),
        (b'"k":"note_written","k":"answer_given"', None),
        (b'"k":"dance_danced","k":"answer_given"', None),
        (b'"k":"answer_given","k":"dance_danced"', "dance_danced"),
    ],
)
def test_an_event_that_names_its_kind_twice_is_never_read_as_another(twice: bytes, kind: str | None) -> None:
    data = plaintext(AnswerGiven("/a", "given"), CONTEXT, time=MOMENT, clock=None, claims={})
    data = data.replace(b'"k":"answer_given"', twice)
    if kind is None:
        with pytest.raises(UserError, match=r"records\.event_damaged"):
            decode_at(ADDRESS, 1, data)
    else:
        assert decode_at(ADDRESS, 1, data).body == FromNewerVersion(kind, 1)


def test_where_an_event_happened_is_told_by_its_row_and_not_by_its_text() -> None:
    data = plaintext(AnswerGiven("/a", "given"), CONTEXT, time=MOMENT, clock=None, claims={})
    for name in (b"address", b"sequence", b"seen"):
        for value in (b"7", b"{}", b"null"):
            with pytest.raises(UserError, match=r"records\.event_damaged"):
                decode_at(ADDRESS, 1, data.replace(b'"v":1', b'"v":1,"' + name + b'":' + value))
    event = decode_at(ADDRESS, 1, data)
    assert (event.dossier, event.epoch, event.sequence) == (ADDRESS[0], 1, 1)


@given(_json())
def test_a_plan_field_holds_any_json(value: Any) -> None:  # noqa: ANN401  # any JSON is the point
    body = PlanFieldSet("week", value)
    assert decode_at(ADDRESS, 1, plaintext(body, CONTEXT, time=MOMENT, clock=MOMENT, claims={})).body == body


@given(st.binary(max_size=80))
def test_bytes_that_are_no_event_have_a_code(data: bytes) -> None:
    with pytest.raises(UserError, match=r"records\.event_damaged"):
        decode_at(ADDRESS, 1, data)


@pytest.mark.parametrize(
    "change",
    [
        {"t": -1},
        {"t": 10**18},
        {"t": "2026"},
        {"a": 1},
        {"l": None},
        {"i": 1},
        {"s": {"x": 1}},
        {"s": {"x": [1]}},
        {"s": {"x": [0, "A" * 22]}},
        {"s": {"x": [2**63, "A" * 22]}},
        {"s": {"x": [True, "A" * 22]}},
        {"s": {"x": [1, "A" * 21]}},
        {"s": {"x": [1, "A" * 21 + "="]}},
        {"s": {"x": [1, "A" * 22, 1]}},
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
    assert decode_at(ADDRESS, 1, canonical_bytes(whole)).author == "J"
    with pytest.raises(UserError, match=r"records\.event_damaged"):
        decode_at(ADDRESS, 1, canonical_bytes({**whole, **change}))


@pytest.mark.parametrize("around", [(b" ", b""), (b"", b" "), (b"\n", b""), (b"", b"\n"), (b"\t", b"\r")])
@pytest.mark.parametrize("kind", [b"answer_given", b"dance_danced"])
def test_white_space_around_an_event_is_refused(kind: bytes, around: tuple[bytes, bytes]) -> None:
    written = plaintext(AnswerGiven("/a", "given"), CONTEXT, time=MOMENT, clock=None, claims={})
    data = written.replace(b"answer_given", kind)
    assert decode_at(ADDRESS, 1, data).author == CONTEXT.author
    with pytest.raises(UserError, match=r"records\.event_damaged"):
        decode_at(ADDRESS, 1, data.join(around))


@pytest.mark.parametrize(
    ("body", "absent"),
    [
        (AnswerGiven("/a", "unknown"), ("value", "source")),
        (ConflictSettled("/a", "given", "yes"), ("note",)),
        (HandoverStep("chosen", "COA"), ("text", "moment")),
    ],
)
def test_an_absent_field_is_read_as_its_default(body: Body, absent: tuple[str, ...]) -> None:
    event = json.loads(plaintext(body, CONTEXT, time=MOMENT, clock=None, claims={}))
    for name in absent:
        del event["b"][name]
    assert decode_at(ADDRESS, 1, canonical_bytes(event)).body == body


@pytest.mark.parametrize(
    ("body", "absent"),
    [
        (AnswerGiven("/a", "given"), "ref"),
        (ConflictSettled("/a", "given", "yes"), "value"),
        (PlanFieldSet("w", 1), "value"),
    ],
)
def test_an_absent_field_without_a_default_is_damage(body: Body, absent: str) -> None:
    event = json.loads(plaintext(body, CONTEXT, time=MOMENT, clock=None, claims={}))
    event["b"].pop(absent)
    with pytest.raises(UserError, match=r"records\.event_damaged"):
        decode_at(ADDRESS, 1, canonical_bytes(event))


def test_a_later_kind_or_version_is_kept_and_not_understood() -> None:
    data = plaintext(AnswerGiven("/a", "given"), CONTEXT, time=MOMENT, clock=None, claims={})
    newer = data.replace(b'"v":1', b'"v":2')
    other = data.replace(b'"k":"answer_given"', b'"k":"dance_danced"')
    assert decode_at(ADDRESS, 1, newer).body == FromNewerVersion("answer_given", 2)
    assert decode_at(ADDRESS, 1, other).body == FromNewerVersion("dance_danced", 1)
    together = decode_all([ADDRESS] * 3, 1, [data, newer, other])
    assert together == [decode_at(ADDRESS, number, text) for number, text in enumerate((data, newer, other), start=1)]


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
    event = decode_at(ADDRESS, 1, plaintext(PlanFieldSet("week", 3), CONTEXT, time=MOMENT, clock=None, claims={}))
    assert replace(event, clock_milliseconds=0).warnings == ("records.clock_jumped",)
