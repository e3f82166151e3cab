"""What a question offers: filters of one and of several columns, kept lists, and how much work a read is."""

from collections import Counter
from dataclasses import replace

import pytest

from desktop.forms import Form, Session
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

    place.select = replace(select, read=counting)
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
