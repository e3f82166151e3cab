"""How paths find their nodes between repeat instances (ODK XForms "A Big Deviation with XForms")."""

import pytest

from desktop.forms import FormError, Session
from protocol.identifiers import InstanceId
from tests.unit.forms.forms_for_tests import hold, xform

NESTED = xform(
    "<instance><data id='t'><total/>"
    "<house jr:template=''><name/><rooms/><mates/><previous/>"
    "<person jr:template=''><age/><own/><older/><running/></person></house></data></instance>"
    "<bind nodeset='/data/total' type='int' calculate='sum(/data/house/person/age)'/>"
    "<bind nodeset='/data/house/rooms' type='int' calculate='count(/data/house/person)'/>"
    "<bind nodeset='/data/house/mates' calculate='count(/data/house)'/>"
    "<bind nodeset='/data/house/previous' "
    "calculate='indexed-repeat(/data/house/name, /data/house, position(..) - 1)'/>"
    "<bind nodeset='/data/house/person/age' type='int'/>"
    "<bind nodeset='/data/house/person/own' calculate='concat(/data/house/name, \"-\", position(..))'/>"
    "<bind nodeset='/data/house/person/older' "
    "calculate='count(../../person[age &gt; current()/../age])'/>"
    "<bind nodeset='/data/house/person/running' type='int' "
    "calculate='coalesce(indexed-repeat(/data/house/person/running, /data/house, position(../..), "
    "/data/house/person, position(..) - 1), 0) + ../age'/>",
    "<group ref='/data/house'><label>h</label><repeat nodeset='/data/house'>"
    "<input ref='/data/house/name'><label>n</label></input>"
    "<group ref='/data/house/person'><label>p</label><repeat nodeset='/data/house/person'>"
    "<input ref='/data/house/person/age'><label>a</label></input></repeat></group></repeat></group>",
)


@pytest.fixture
def session() -> Session:
    made = hold(NESTED)
    for house in ("h1", "h2"):
        ref, _ = made.add_repeat("/data/house", InstanceId(house))
        made.answer(f"{ref}/name", house.upper())
        for number, person in enumerate(("p1", "p2", "p3"), start=1):
            inside, _ = made.add_repeat(f"{ref}/person", InstanceId(person))
            made.answer(f"{inside}/age", str(number * (10 if house == "h1" else 1)))
    return made


def _value(session: Session, ref: str) -> str:
    return session.state(f"/data/house{ref}").value


def test_from_outside_a_path_means_every_instance(session: Session) -> None:
    assert session.state("/data/total").value == "66"


def test_from_inside_a_path_means_the_same_instance(session: Session) -> None:
    assert [_value(session, f"[{house}]/person[p2]/own") for house in ("h1", "h2")] == ["H1-2", "H2-2"]
    assert _value(session, "[h2]/rooms") == "3"


def test_the_path_of_a_repeat_means_all_its_instances(session: Session) -> None:
    assert _value(session, "[h1]/mates") == "2"


def test_predicates_look_at_the_other_instances(session: Session) -> None:
    assert [_value(session, f"[h1]/person[{person}]/older") for person in ("p1", "p2", "p3")] == ["2", "1", "0"]
    session.answer("/data/house[h1]/person[p1]/age", "99")
    assert [_value(session, f"[h1]/person[{person}]/older") for person in ("p1", "p2", "p3")] == ["0", "2", "1"]


def test_indexed_repeat_reaches_the_instance_before(session: Session) -> None:
    assert _value(session, "[h2]/previous") == "H1"
    session.answer("/data/house[h1]/name", "changed")
    assert _value(session, "[h2]/previous") == "changed"


def test_an_index_is_read_in_its_own_instance_where_it_is_also_the_node_asked_for() -> None:
    form = xform(
        "<instance><data id='t'><r jr:template=''><n/><other/></r></data></instance>"
        "<bind nodeset='/data/r/other' calculate='indexed-repeat(/data/r/n, /data/r, /data/r/n)'/>",
        "<group ref='/data/r'><label>r</label><repeat nodeset='/data/r'>"
        "<input ref='/data/r/n'><label>n</label></input></repeat></group>",
    )
    session = hold(form)
    for name, index in (("a", "2"), ("b", "3"), ("c", "1")):
        ref, _ = session.add_repeat("/data/r", InstanceId(name))
        session.answer(f"{ref}/n", index)
    assert [session.state(f"/data/r[{name}]/other").value for name in ("a", "b", "c")] == ["3", "1", "2"]


def test_a_running_total_follows_changes_removals_and_insertions(session: Session) -> None:
    def totals() -> list[str]:
        return [session.state(f"{ref}/running").value for ref in session.instances("/data/house[h1]/person")]

    assert totals() == ["10", "30", "60"]
    session.answer("/data/house[h1]/person[p1]/age", "20")
    assert totals() == ["20", "40", "70"]
    session.remove_repeat("/data/house[h1]/person[p2]")
    assert totals() == ["20", "50"]
    first, _ = session.add_repeat("/data/house[h1]/person", at=0)
    session.answer(f"{first}/age", "1")
    assert totals() == ["1", "21", "51"]


def test_a_change_reaches_only_the_instances_it_concerns(session: Session) -> None:
    outcome = session.answer("/data/house[h2]/person[p1]/age", "5")
    assert all("[h1]" not in ref for ref in outcome.changed)
    assert "/data/total" in outcome.changed


@pytest.mark.parametrize(
    "calculate",
    [
        {"a": "/data/b + 1", "b": "/data/a + 1"},
        {"a": ". + 1"},
        {"a": "/data/b", "b": "/data/c", "c": "/data/a"},
    ],
)
def test_a_cycle_is_found_when_the_form_is_read(calculate: dict[str, str]) -> None:
    binds = "".join(f"<bind nodeset='/data/{name}' calculate='{text}'/>" for name, text in calculate.items())
    with pytest.raises(FormError) as caught:
        xform(f"<instance><data id='t'><a/><b/><c/></data></instance>{binds}")
    assert caught.value.code == "form.cycle"
    assert caught.value.details["path"].startswith("/data/")


def test_relevance_that_depends_on_what_it_hides_is_a_cycle() -> None:
    with pytest.raises(FormError, match=r"form\.cycle"):
        xform("<instance><data id='t'><g><a/></g></data></instance><bind nodeset='/data/g' relevant='/data/g/a = 1'/>")


def test_nested_relevance_is_inherited_and_comes_back() -> None:
    form = xform(
        "<instance><data id='t'><on>1</on><g><in>1</in><h><a>x</a></h></g><out/></data></instance>"
        "<bind nodeset='/data/g' relevant='/data/on = 1'/><bind nodeset='/data/g/h' relevant='/data/g/in = 1'/>"
        "<bind nodeset='/data/out' calculate='/data/g/h/a'/>"
    )
    session = hold(form)
    assert session.state("/data/out").value == "x"
    for off in ("/data/on", "/data/g/in"):
        session._model.write(session._node(off), "0")
        session._model.settle()
        assert session.state("/data/out").value == ""
        session._model.write(session._node(off), "1")
        session._model.settle()
        assert session.state("/data/out").value == "x"
