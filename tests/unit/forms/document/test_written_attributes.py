"""The attributes of an element as they are read: by name at once, as nodes when they are looked at."""

import pytest

from desktop.forms import FormError
from desktop.forms.document.xml_reader import read_xml
from desktop.forms.xpath.tree import ATTRIBUTE, Node


def _top(text: str) -> Node:
    return next(read_xml(text.encode()).elements())


def test_attributes_become_nodes_of_their_element_in_their_order() -> None:
    top = _top("<a xmlns:p='urn:p' b='1' p:c='2' xml:lang='nl'/>")
    assert len(top.attributes) == 3
    assert [(each.kind, each.qualified, each.space, each.text) for each in top.attributes] == [
        (ATTRIBUTE, "b", "", "1"),
        (ATTRIBUTE, "p:c", "urn:p", "2"),
        (ATTRIBUTE, "xml:lang", "http://www.w3.org/XML/1998/namespace", "nl"),
    ]
    assert all(each.parent is top for each in top.attributes)
    assert top.attributes[0] is next(iter(top.attributes))


def test_a_declaration_of_a_namespace_is_no_attribute() -> None:
    top = _top("<a xmlns='urn:a' xmlns:p='urn:p'><p:b/></a>")
    assert (top.declared, list(top.attributes), top.space) == ({"": "urn:a", "p": "urn:p"}, [], "urn:a")
    assert [each.space for each in top.elements()] == ["urn:p"]


def test_a_value_is_found_by_the_name_as_written() -> None:
    top = _top("<a xmlns:p='urn:p' b='1' p:c='2'/>")
    assert (top.get("b"), top.get("p:c"), top.get("c", "-"), top.has("p:c"), top.has("c")) == (
        "1",
        "2",
        "-",
        True,
        False,
    )
    top.attributes = (Node(ATTRIBUTE, "d", "3"),)
    assert (top.get("d"), top.get("b"), top.has("b")) == ("3", "", False)


@pytest.mark.parametrize("text", ["<a p:b='1'/>", "<a><c xmlns:p='urn:p'/><d p:b='1'/></a>", "<p:a/>"])
def test_a_prefix_that_nobody_declared_is_refused(text: str) -> None:
    with pytest.raises(FormError, match=r"form\.unknown_prefix"):
        read_xml(text.encode())
