"""Expressions over a tree without a form: axes and node tests (XPath 1.0, sections 2.2 and 2.3), lists by name."""

import math

import pytest

from desktop.forms import FormError
from desktop.forms.document.xml_reader import read_xml
from desktop.forms.xpath.code import Context
from desktop.forms.xpath.compiler import Compiler
from desktop.forms.xpath.scope import PlainScope
from desktop.forms.xpath.tree import Node
from desktop.forms.xpath.values import Value, to_text
from tests.unit.forms.forms_for_tests import hold, xform

_ENVIRONMENT = hold(xform("<instance><data id='t'/></instance>"))._environment
_DOCUMENT = read_xml(
    b"<r xmlns:p='urn:p' xmlns:q='urn:q'><a id='1' p:id='2'>x<b/>y</a><!--note--><?go there?><?stop?>"
    b"<p:c>z<?in it?></p:c><q:c/><c/><d><e><f/></e><g/></d></r>"
)
_LIST = read_xml(b"<instance><root><item>one</item><item>two</item></root></instance>")

NAMES = {
    "//d/descendant::*": "e f g",
    "//d/descendant-or-self::*": "d e f g",
    "//f/ancestor::*": "r d e",
    "//f/ancestor-or-self::*": "r d e f",
    "//f/ancestor::*[1]": "e",
    "//b/following::*": "p:c q:c c d e f g",
    "//a/@id/following::*": "b p:c q:c c d e f g",
    "//f/following::*": "g",
    "//g/preceding::*": "a b p:c q:c c e f",
    "//g/preceding::*[1]": "f",
    "//a/@id/preceding::*": "",
    "//e/@id/preceding::*": "",
    "//p:c/preceding-sibling::*": "a",
    "//p:c/following-sibling::*[2]": "c",
    "//a/@id/following-sibling::node()": "",
    "/preceding-sibling::node()": "",
    "//b/..": "a",
    "/..": "",
    "//@*": "id p:id",
    "//@p:*": "p:id",
    "//a/@id | //a": "a id",
    "//b | //a/@p:id | //a/@id": "id p:id b",
    "//processing-instruction()": "go stop in",
    "//processing-instruction('stop')": "stop",
    "/r/c": "c",
    "/r/p:c": "p:c",
    "/r/q:*": "q:c",
    "/r/*[self::c or self::p:c]": "p:c c",
    "/r/*[. != ''][2]": "p:c",
    "(//c | //d)[2]": "d",
    "id('1')": "a",
}
TEXTS = {
    "join(' ', //text())": "x y z",
    "join(' ', //comment())": "note",
    "string(//processing-instruction('go'))": "there",
    "//a/text()[2]": "y",
    "join(' ', instance('list')/root/item)": "one two",
    "instance('list')/root/item[2]": "two",
    "if(true(), 'safe', nonsense())": "safe",
    "lang('nl')": "false",
    "position()": "1",
    "indexed-repeat(/r/d/g, /r/d, 1)": "",
    "pulldata('list', 'a', 'b', 'c')": "",
    "jr:choice-name('x', '/r/c')": "",
    "jr:itext('x')": "",
}
BROKEN = {
    "nonsense()": "form.unknown_function",
    "concat(nonsense(), 'a')": "form.unknown_function",
    "//a[uuid()][nonsense()]": "form.unknown_function",
    "instance('nowhere')/root": "form.unknown_instance",
    "//nobody:c": "form.unknown_prefix",
}


def _evaluate(expression: str) -> Value:
    scope = PlainScope({"p": "urn:p", "q": "urn:q"}, {"list": next(_LIST.elements())})
    value: Value = Compiler(scope).compile(expression).run(Context(_DOCUMENT, _ENVIRONMENT))
    return value


def _names(found: Value) -> str:
    assert isinstance(found, list)
    return " ".join(node.qualified for node in found)


@pytest.mark.parametrize("expression", NAMES)
def test_nodes(expression: str) -> None:
    assert _names(_evaluate(expression)) == NAMES[expression]


@pytest.mark.parametrize("expression", TEXTS)
def test_texts(expression: str) -> None:
    assert to_text(_evaluate(expression)) == TEXTS[expression]


@pytest.mark.parametrize("expression", BROKEN)
def test_a_wrong_call_is_an_error_only_when_it_runs(expression: str) -> None:
    with pytest.raises(FormError) as caught:
        _evaluate(expression)
    assert caught.value.code == BROKEN[expression]


def test_a_node_alone_is_its_own_first_and_only_one() -> None:
    alone = Context(Node(0, "alone"), _ENVIRONMENT)
    assert Compiler(PlainScope()).compile("position(.)").run(alone) == 1.0
    assert math.isnan(Compiler(PlainScope()).compile("position(x)").run(alone))
