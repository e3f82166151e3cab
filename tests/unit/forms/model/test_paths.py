"""Where paths lead: every axis follows a change, look-ups in lists, the primary instance by its id, addresses."""

import pytest

from desktop.forms import ODK, FormError, Session
from tests.unit.forms.forms_for_tests import hold, xform

_AXES = {
    "sum(/data/g/descendant::n)": ("3", "12"),
    "sum(/data/descendant-or-self::*[self::n])": ("3", "12"),
    "sum(/data/g/h/n/ancestor::g/n)": ("1", "10"),
    "count(/data/g/n/ancestor-or-self::*[n = 10])": ("0", "1"),
    "sum(/data/g/m/preceding-sibling::n)": ("1", "10"),
    "sum(/data/g/m/following-sibling::h/n)": ("2", "2"),
    "sum(/data/first/following::n)": ("3", "12"),
    "sum(/data/result/preceding::n)": ("3", "12"),
    "sum(/data/g/m/../n)": ("1", "10"),
    "sum(/data/g/n/self::n)": ("1", "10"),
    "sum(/data/g/n/parent::*/n)": ("1", "10"),
    "count(/data/parent::* | /data/g[n = 10])": ("0", "1"),
    "count(/data/g/@*[../n = 10])": ("0", "1"),
    "count(/data/g/m/preceding-sibling::n/text()[../../n = 10])": ("0", "1"),
    "count(/data/g[@*[../n = 10]])": ("0", "1"),
    "sum(//n)": ("3", "12"),
    "sum(/data/g//n)": ("3", "12"),
    "sum(/data/*/n)": ("1", "10"),
    "sum(/data/g[m]/n)": ("1", "10"),
    "sum(/data/g/*[../n = 10][self::n])": ("0", "10"),
    "count(/*[g/n = 10])": ("0", "1"),
    "sum(/data/g/m/ancestor::*/*[self::n])": ("1", "10"),
    "count(/data/node()[n = 10])": ("0", "1"),
    "sum(id('x')/n)": ("1", "10"),
    "count(instance('list')/root/item[. = current()/../g/n])": ("0", "1"),
    "sum(instance('t')/data/g/n)": ("1", "10"),
}
"""What each is before and after an answer of 10 to /data/g/n, which was 1."""


@pytest.mark.parametrize("expression", _AXES)
def test_a_calculation_follows_a_change_however_it_reaches_it(expression: str) -> None:
    form = xform(
        "<instance id='t'><data id='t'><first/><g id='x'><n>1</n><m/><h><n>2</n></h></g><result/></data></instance>"
        "<instance id='list'><root><item>10</item><item>20</item></root></instance>"
        f"<bind nodeset='/data/result' calculate=\"{expression}\"/>",
        "<input ref='/data/g/n'/>",
    )
    session = hold(form)
    before, after = _AXES[expression]
    assert session.state("/data/result").value == before
    assert session.answer("/data/g/n", "10").accepted
    assert session.state("/data/result").value == after


_LIST = xform(
    "<instance><data id='t'><name>b</name><size>-2</size></data></instance>"
    "<instance id='list'><root><item code='x'><name>a</name><size>1</size></item>"
    "<item code='y'><name>b</name><size>2</size></item><item code='z'><name>c</name><size>3</size></item></root>"
    "</instance>"
)
_FOUND = {
    "instance('list')/root/item[name = /data/name]/size": "2",
    "instance('list')/root/item['b' = ./name]/size": "2",
    "instance('list')/root/item[size = -/data/size]/name": "b",
    "instance('list')/root/item[size = -(-3)]/name": "c",
    "instance('list')/root/item[name = (/data/name)[1]]/size": "2",
    "instance('list')/root/item[name = (/data/name | /data/name)]/size": "2",
    "instance('list')/root/item[position() = 2]/name": "b",
    "instance('list')/root/item[last()]/name": "c",
    "instance('list')/root/item[size = last()]/name": "c",
    "instance('list')/root/item[name = string()]": "",
    "instance('list')/root/item[name = 'b' and size = 2]/name": "b",
    "instance('list')/root/item[name = name and size = 2]/name": "b",
    "instance('list')/root/item[../item[2]/name = name]/size": "2",
    "instance('list')/root/item[@code = 'z']/name": "c",
    "instance('list')/root/item[2]/@code": "y",
    "instance('list')//item[2]/name": "b",
    "instance('list')/root/node()[3]/name": "c",
    "instance('list')/root/item[1]/following-sibling::item[1]/name": "b",
    "instance('list')/root/item[size > 1][2]/name": "c",
    "concat(pulldata('list', 'size', 'name', 'a'), pulldata('list', 'size', 'name', 'c'))": "13",
}


@pytest.mark.parametrize("expression", _FOUND)
def test_a_look_up_finds_what_a_walk_over_the_list_finds(expression: str) -> None:
    assert hold(_LIST).evaluate(f"string({expression})") == _FOUND[expression]


def test_a_position_is_that_of_the_instance_around_the_question() -> None:
    """ODK XForms "XPath Functions", `position()`: without an argument it is that of the repeat instance around it."""
    form = xform(
        "<instance><data id='t'><at/><r jr:template=''><at/><s jr:template=''><at/></s></r></data></instance>"
        + "".join(f"<bind nodeset='/data/{path}at' calculate='position()'/>" for path in ("", "r/", "r/s/")),
        "<group><repeat nodeset='/data/r'><group><repeat nodeset='/data/r/s'/></group></repeat></group>",
    )
    session = hold(form)
    rows = [session.add_repeat("/data/r")[0] for _ in range(2)]
    inner = [session.add_repeat(f"{rows[1]}/s")[0] for _ in range(2)]
    assert session.state("/data/at").value == "1"
    assert [session.state(f"{ref}/at").value for ref in (*rows, *inner)] == ["1", "2", "1", "2"]
    session.remove_repeat(rows[0])
    assert session.state(f"{rows[1]}/at").value == "1"


def test_a_path_into_another_repeat_means_all_its_instances() -> None:
    form = xform(
        "<instance><data id='t'><a jr:template=''><n/></a><b jr:template=''><all/></b></data></instance>"
        "<bind nodeset='/data/b/all' calculate='sum(/data/a/n)'/>",
        "<group><repeat nodeset='/data/a'><input ref='/data/a/n'/></repeat></group>"
        "<group><repeat nodeset='/data/b'/></group>",
    )
    session = hold(form)
    for number in ("1", "2"):
        row, _ = session.add_repeat("/data/a")
        session.answer(f"{row}/n", number)
    row, _ = session.add_repeat("/data/b")
    assert session.state(f"{row}/all").value == "3"


def test_a_path_leads_out_of_several_repeats_at_once() -> None:
    form = xform(
        "<instance><data id='t'><n>7</n><r jr:template=''><s jr:template=''><v/></s></r></data></instance>"
        "<bind nodeset='/data/r/s/v' calculate='/data/n + 1'/>",
        "<input ref='/data/n'/><group><repeat nodeset='/data/r'><group><repeat nodeset='/data/r/s'/></group></repeat>"
        "</group>",
    )
    session = hold(form)
    inside, _ = session.add_repeat(f"{session.add_repeat('/data/r')[0]}/s")
    assert session.state(f"{inside}/v").value == "8"
    session.answer("/data/n", "8")
    assert session.state(f"{inside}/v").value == "9"


def test_a_count_may_look_into_its_own_repeat() -> None:
    form = xform(
        "<instance><data id='t'><r jr:template=''><more/></r></data></instance>",
        "<group><repeat nodeset='/data/r' jr:count=\"count(/data/r[more = 'yes']) + 1\"><input ref='/data/r/more'/>"
        "</repeat></group>",
    )
    session = hold(form)
    (first,) = session.instances("/data/r")
    session.answer(f"{first}/more", "yes")
    assert len(session.instances("/data/r")) == 2
    session.answer(f"{first}/more", "no")
    assert session.instances("/data/r") == (first,)


def test_one_count_serves_a_repeat_inside_every_instance_around_it() -> None:
    form = xform(
        "<instance><data id='t'><n>1</n><r jr:template=''><s jr:template=''><x/></s></r></data></instance>",
        "<input ref='/data/n'/><group><repeat nodeset='/data/r'><group>"
        "<repeat nodeset='/data/r/s' jr:count='/data/n'><input ref='/data/r/s/x'/></repeat></group></repeat></group>",
    )
    session = hold(form)
    rows = [session.add_repeat("/data/r")[0] for _ in range(2)]
    assert [len(session.instances(f"{row}/s")) for row in rows] == [1, 1]
    session.answer("/data/n", "3")
    assert [len(session.instances(f"{row}/s")) for row in rows] == [3, 3]


@pytest.mark.parametrize(
    ("written", "added"),
    [
        ("<r jr:template=''><x>new</x></r><r/>", "new"),
        ("<r><x>first</x></r><r jr:template=''><x>new</x></r>", "new"),
        ("<r><x>first</x></r>", ""),
    ],
)
def test_an_added_instance_begins_as_the_template_says(written: str, added: str) -> None:
    """ODK XForms "Default Values in Repeats": jr:template, wherever it stands among the instances."""
    form = xform(
        f"<instance><data id='t'>{written}</data></instance>",
        "<group><repeat nodeset='/data/r'><input ref='/data/r/x'/></repeat></group>",
    )
    session = hold(form, conventions=ODK)
    (first,) = session.instances("/data/r")
    row, _ = session.add_repeat("/data/r")
    assert session.state(f"{row}/x").value == added
    assert session.state(f"{first}/x").value == ("new" if "<r/>" in written else "first")


@pytest.mark.parametrize(
    ("model", "body", "node"),
    [
        ("", "<select1 ref='/data/gone'><item><value>a</value></item></select1>", "/data/gone"),
        ("", "<group><repeat nodeset='/data/gone' jr:count='3'/></group>", "/data/gone"),
        ("<setvalue event='odk-instance-load' ref='/data/gone' value='1'/>", "", "/data/gone"),
        ("<bind nodeset='/data/a' calculate='/data/g/gone/deeper'/>", "", "/data/g/gone"),
        ("<bind nodeset='/data/a' calculate='/other/a'/>", "", "/other"),
        ("<bind nodeset='/data/a' calculate='count(/other/*)'/>", "", "/other"),
        ("<bind nodeset='/data/gone/@x' calculate='1'/>", "", "/data/gone/@x"),
    ],
)
def test_what_works_on_a_node_that_is_not_there_is_refused(model: str, body: str, node: str) -> None:
    with pytest.raises(FormError) as caught:
        xform(f"<instance><data id='t'><a/><g><b/></g></data></instance>{model}", body)
    assert (caught.value.code, caught.value.details["node"]) == ("form.unknown_node", node)


def test_a_repeat_of_nothing_is_left_aside_and_a_path_may_start_at_the_root_element() -> None:
    form = xform(
        "<instance><data id='t'><a/></data></instance><bind nodeset='./a' readonly='true()'/>"
        "<submission method='post'/><submission method='form-data-post'/>",
        "<group><repeat nodeset='/data/gone'/></group><input ref='/data/a'/>",
    )
    assert [node.path for node in form.outline().walk() if node.kind != "calculate"] == ["/data", "/data/a"]
    assert hold(form).state("/data/a").readonly


@pytest.mark.parametrize(
    ("binds", "path"),
    [
        ({"a": "/data/b", "b": "/data/c", "c": "/data/b"}, "/data/b"),
        ({"a": "/data/b + /data/c", "b": "/data/c", "c": "/data/b"}, "/data/b"),
    ],
)
def test_a_cycle_is_told_of_a_node_that_is_on_it(binds: dict[str, str], path: str) -> None:
    written = "".join(f"<bind nodeset='/data/{name}' calculate='{text}'/>" for name, text in binds.items())
    with pytest.raises(FormError, match=r"form\.cycle") as caught:
        xform(f"<instance><data id='t'><a/><b/><c/></data></instance>{written}")
    assert caught.value.details["path"] == path


def _compiled(expression: str, at: str | None = None) -> Session:
    session = hold(_LIST)
    session.form.compile(expression, at)
    return session


@pytest.mark.parametrize(
    ("expression", "position"),
    [("1 + ) ${name}", 4), ("${name} + )", 10), ("${name} + ${size} +", 19), ("${size} + nonsense(${name})", 10)],
)
def test_a_mistake_is_told_where_it_stands_in_what_was_written(expression: str, position: int) -> None:
    with pytest.raises(FormError) as caught:
        _compiled(expression)
    assert caught.value.details["expression"] == expression
    assert int(caught.value.details["position"]) == position


def test_an_expression_of_a_node_that_is_not_there_is_refused() -> None:
    with pytest.raises(FormError, match=r"form\.unknown_node"):
        _compiled("1", "/data/gone")
    assert _compiled("1", "/data/name").evaluate("../size", "/data/name") == "-2"
