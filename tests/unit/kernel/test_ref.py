"""Addresses: what is parsed is what was written, and every part is where it belongs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.kernel.ref import PlanField, Ref, parse_address
from protocol.identifiers import InstanceId

NAMES = st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True)
INSTANCES = st.from_regex(r"[0-9a-f]{8}", fullmatch=True)


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(NAMES, st.one_of(st.just(""), INSTANCES)), min_size=1, max_size=5))
    return "".join(f"/{name}[{instance}]" if instance else f"/{name}" for name, instance in parts)


@given(texts())
def test_an_address_keeps_its_text_and_loses_only_identities_in_its_path(text: str) -> None:
    ref = Ref.parse(text)
    assert str(ref) == text
    assert [step.name for step in ref.steps] == [part.split("[")[0] for part in text.split("/")[1:]]
    assert ref.path == "/" + "/".join(step.name for step in ref.steps)


@given(st.text(max_size=30))
def test_any_text_is_an_address_that_keeps_its_text(text: str) -> None:
    assert str(parse_address(text)) == text
    assert str(Ref.parse(text)) == text


@given(texts(), NAMES, INSTANCES)
def test_what_is_put_below_an_address_lies_in_it_and_leads_back(text: str, name: str, identity: str) -> None:
    ref = Ref.parse(text)
    child = ref.child(name)
    assert (child.name, child.parent, child.is_inside(ref), ref.is_inside(child)) == (name, ref, True, False)
    row = child.instance_of(InstanceId(identity))
    assert (row.instance, row.parent, row.is_row, row.path) == (identity, child, True, child.path)
    assert row.is_inside(child)
    assert row.is_inside(ref)
    assert row.child("x").row == row


def test_a_row_is_its_own_innermost_row() -> None:
    row = Ref.parse("/a/b[00000001]/c[00000002]")
    assert row.row == row
    assert row.parent.row == Ref.parse("/a/b[00000001]")


def test_a_name_that_begins_the_same_is_not_inside() -> None:
    assert not Ref.parse("/a/bc").is_inside(Ref.parse("/a/b"))
    assert not Ref.parse("/a/b").is_inside(Ref.parse("/a/b"))
    assert Ref.parse("/a/b").row is None


@pytest.mark.parametrize("text", ["/a/b[", "/a/b]", "/a/b[]x", "/", ""])
def test_what_is_no_whole_row_is_a_name(text: str) -> None:
    ref = Ref.parse(text)
    assert not ref.is_row
    assert str(ref) == text


def test_what_lies_in_a_group_or_repeat_is_called_by_name_or_identity() -> None:
    row = Ref.parse("/a").child("b").instance_of(InstanceId("0" * 8))
    assert (str(row), str(row.child("c"))) == ("/a/b[00000000]", "/a/b[00000000]/c")
    assert row.child("c").parent == row


def test_refs_sort_and_compare_by_their_text() -> None:
    assert sorted([Ref.parse("/b"), Ref.parse("/a")]) == [Ref.parse("/a"), Ref.parse("/b")]
    assert len({Ref.parse("/a"), Ref.parse("/a")}) == 1


@pytest.mark.parametrize(
    ("text", "area", "item"),
    [("route/B1/reason", "route", "B1"), ("goal/own-1/action/2/done", "goal", "own-1"), ("feedback", "feedback", "")],
)
def test_a_field_of_the_plan_says_what_it_is_about(text: str, area: str, item: str) -> None:
    field = parse_address(text)
    assert isinstance(field, PlanField)
    assert (str(field), field.area, field.item) == (text, area, item)


def test_a_place_in_the_interview_is_no_field_of_the_plan() -> None:
    assert parse_address("/a/b") == Ref.parse("/a/b")
