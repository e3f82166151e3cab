"""What a question offers: filters of one and of several columns, kept lists, and how much work a read is."""

from collections import Counter
from dataclasses import replace

import pytest

from desktop.forms import Choice, Form, FormError, Session
from desktop.forms.model.choices import Item, Select
from desktop.forms.xpath.tree import Node, string_value
from tests.unit.forms.forms_for_tests import hold, same, xform

PLACES = 1_000


def _list(predicate: str, items: str, *, label: str = "label", itext: str = "") -> Form:
    return xform(
        f"{itext}<instance><data id='t'><land/><soort/><plaats/></data></instance>"
        f"<instance id='plaats'><root>{items}</root></instance>"
        "<bind nodeset='/data/land'/><bind nodeset='/data/soort'/><bind nodeset='/data/plaats'/>",
        "<input ref='/data/land'><label>Land</label></input><input ref='/data/soort'><label>Soort</label></input>"
        "<select1 ref='/data/plaats'><label>Plaats</label>"
        f"<itemset nodeset=\"instance('plaats')/root/item[{predicate}]\">"
        f"<value ref='name'/><label ref='{label}'/></itemset></select1>",
    )


def _item(name: str, *columns: str) -> str:
    return f"<item><name>{name}</name><label>Plaats {name}</label>{''.join(columns)}</item>"


def _offered(session: Session) -> list[str]:
    return [choice.value for choice in session.choices("/data/plaats", same, "nl")]


MANY = "".join(
    _item(f"p{each}", f"<land>l{each % 10}</land><soort>s{each % 3}</soort><aantal>{each}</aantal>")
    for each in range(PLACES)
)


@pytest.mark.parametrize(
    "predicate",
    [
        "land = /data/land and soort = /data/soort",
        "soort = /data/soort and /data/land = land",
        "land = /data/land and soort = /data/soort and aantal &gt;= 0",
        "land = /data/land and (soort = /data/soort or false())",
        "land = /data/land][soort = /data/soort",
    ],
)
def test_a_filter_of_two_columns_offers_what_has_both(predicate: str) -> None:
    session = hold(_list(predicate, MANY))
    session.answer("/data/land", "l4")
    session.answer("/data/soort", "s2")
    assert _offered(session) == [f"p{each}" for each in range(PLACES) if each % 10 == 4 and each % 3 == 2]
    session.answer("/data/soort", "")
    assert _offered(session) == []


def test_an_item_with_a_column_twice_is_offered_once_under_either_value() -> None:
    twice = _item("grens", "<land>a</land><land>b</land><soort>x</soort><soort>x</soort>")
    session = hold(_list("land = /data/land and soort = /data/soort", twice + _item("kaal", "<soort>x</soort>")))
    session.answer("/data/soort", "x")
    for land, expected in (("a", ["grens"]), ("b", ["grens"]), ("c", []), ("", [])):
        session.answer("/data/land", land)
        assert _offered(session) == expected


def test_an_unchanged_list_is_put_in_words_once() -> None:
    session = hold(_list("land = /data/land", MANY))
    session.answer("/data/land", "l1")
    first = session.choices("/data/plaats", same, "nl")
    session.answer("/data/land", "l2")
    assert session.choices("/data/plaats", same, "nl") != first
    session.answer("/data/land", "l1")
    assert session.choices("/data/plaats", same, "nl") is first


def test_each_language_gets_its_own_words() -> None:
    session = hold(_list("land = /data/land", MANY))
    session.answer("/data/land", "l1")
    dutch = session.choices("/data/plaats", same, "nl")
    other = session.choices("/data/plaats", str.upper, "en")
    assert (dutch[0].text, other[0].text) == ("Plaats p1", "PLAATS P1")
    for number in range(20):
        [first, *_] = session.choices("/data/plaats", f"{number} {{}}".format, "en")
        assert first.text == f"{number} Plaats p1"
    assert session.choices("/data/plaats", same, "nl") == dutch


def test_words_with_a_value_of_the_moment_are_put_anew() -> None:
    itext = (
        "<itext><translation lang='nl'>"
        "<text id='een'><value>Het land <output value='/data/land'/></value></text>"
        "<text id='twee'><value>Elders</value></text></translation></itext>"
    )
    items = "".join(f"<item><name>{name}</name><itextId>{name}</itextId></item>" for name in ("een", "twee"))
    session = hold(_list("name != ''", items, label="jr:itext(itextId)", itext=itext))
    for land in ("Eritrea", "Syrië"):
        session.answer("/data/land", land)
        assert [choice.text for choice in session.choices("/data/plaats", same, "nl")] == [f"Het land {land}", "Elders"]


_PICTURE = "<item><name>n</name><label>One</label><image>map.png</image></item>"
_DEEP = "<item><code><short>s</short></code><label>Deep</label><image>map.png</image></item>"
_FLAT = "<item><name>n</name><label>One</label><label>Two</label><name>last</name></item>"


@pytest.mark.parametrize(
    ("item", "value", "label", "expected"),
    [
        (_DEEP, "code/short", "label", Choice("s", "Deep", translated=True, image="map.png")),
        (_DEEP, "./code/short", "code/gone", Choice("s", "", translated=True, image="map.png")),
        (_DEEP, "label", "label", Choice("Deep", "Deep", translated=True, image="map.png")),
        (_FLAT, "name", "label", Choice("n", "One", translated=True)),
        (_PICTURE, "name", "label", Choice("n", "One", translated=True, image="map.png")),
        (_FLAT, "gone", "label", Choice("", "One", translated=True)),
        ("<item>x</item>", ".", ".", Choice("x", "x", translated=True)),
    ],
)
def test_value_and_label_are_paths_from_the_item(item: str, value: str, label: str, expected: Choice) -> None:
    """ODK XForms "Body", itemset: `value` and `label` have a `ref` relative to the item."""
    form = xform(
        f"<instance><data id='t'><q/></data></instance><instance id='l'><root>{item}</root></instance>",
        "<select1 ref='/data/q'><itemset nodeset=\"instance('l')/root/item\">"
        f"<value ref='{value}'/><label ref='{label}'/></itemset></select1>",
    )
    assert hold(form).choices("/data/q", same, "nl") == (expected,)


def test_a_list_without_labels_shows_its_values_and_only_nodes_are_a_list() -> None:
    body = "<select1 ref='/data/q'><itemset nodeset='{}'>{}</itemset></select1>"
    model = "<instance><data id='t'><q/><o>a</o><o>b</o></data></instance>"
    session = hold(xform(model, body.format("/data/o", "<value ref='.'/>")))
    assert [choice.text for choice in session.choices("/data/q", same, "nl")] == ["a", "b"]
    with pytest.raises(FormError, match=r"form\.nodeset_expected"):
        xform(model, body.format("1 + 1", "<value ref='.'/>"))


def test_a_choice_that_is_worked_out_shows_while_its_filter_offers_it() -> None:
    form = xform(
        "<instance><data id='t'><a>x</a><b/><q/></data></instance>"
        "<instance id='l'><root><item><name>x</name></item></root></instance>"
        "<bind nodeset='/data/q' calculate='/data/a'/>",
        "<input ref='/data/b'/><select1 ref='/data/q'>"
        "<itemset nodeset=\"instance('l')/root/item[name = /data/b]\"><value ref='name'/></itemset></select1>",
    )
    session = hold(form)
    assert session.evaluate("/data/q") == ""
    session.answer("/data/b", "x")
    assert session.evaluate("/data/q") == "x"


def test_choices_without_a_text_of_their_own_stand_between_those_that_have_one() -> None:
    form = xform(
        "<itext><translation lang='nl'><text id='j'><value>Ja</value></text></translation></itext>"
        "<instance><data id='t'><q/></data></instance>",
        "<select1 ref='/data/q'><item><label ref=\"jr:itext('j')\"/><value>j</value></item>"
        "<item><label>Nee</label><value>n</value></item>"
        "<item><label ref=\"jr:itext('gone')\"/><value>g</value></item></select1>",
    )
    assert [(choice.text, choice.translated) for choice in hold(form).choices("/data/q", lambda _: None, "nl")] == [
        ("Ja", False),
        ("Nee", False),
        ("g", False),
    ]


def test_a_choice_the_filter_hides_cannot_be_given_and_comes_back() -> None:
    session = hold(_list("land = /data/land", MANY))
    session.answer("/data/land", "l1")
    assert session.answer("/data/plaats", "p2").problem is not None
    assert session.answer("/data/plaats", "p11").accepted
    session.answer("/data/land", "l2")
    assert session.evaluate("/data/plaats") == ""
    session.answer("/data/land", "l1")
    assert session.evaluate("/data/plaats") == "p11"


def _counted(form: Form) -> Counter[str]:
    """Count from now on how often each item of the list is read."""
    place = form.places["/data/plaats"]
    select, seen = place.select, Counter[str]()
    assert isinstance(select, Select)
    read = select.read

    def counting(node: Node) -> Item:
        name = node.child("name")
        assert name is not None
        seen[string_value(name)] += 1
        return read(node)

    place.choices = replace(select, read=counting)
    return seen


def test_a_filtered_read_touches_only_the_matching_items_and_those_once() -> None:
    form = _list("land = /data/land and soort = /data/soort", MANY)
    seen = _counted(form)
    session = hold(form)
    session.answer("/data/land", "l4")
    session.answer("/data/soort", "s2")
    for _ in range(3):
        expected = _offered(session)
    session.answer("/data/plaats", expected[0])
    assert seen == Counter(expected)
