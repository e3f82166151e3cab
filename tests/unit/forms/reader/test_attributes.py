"""Attributes that a form computes (ODK XForms "Bind Attributes": nodeset is a path to a node "or attribute")."""

import random

from desktop.forms import ODK, SessionSettings, instance_document, resume_record
from protocol.times import SettableClock
from tests.unit.forms.forms_for_tests import AMSTERDAM, NOON, hold, xform

_ROWS = (
    "<instance><data id='t' version=''><a/><r jr:template=''><b/><c n='' fixed='1'/></r></data></instance>"
    "<instance id='l'><root><item><name>x</name><label>X</label></item></root></instance>"
    "<bind nodeset='/data/@version' calculate='/data/a'/>"
    "<bind nodeset='/data/r/c/@n' calculate=\"instance('l')/root/item[name = current()/../../b]/label\"/>"
    "<bind nodeset='/data/r/c' relevant=\"../b != ''\"/>"
)
_BODY = "<input ref='/data/a'/><group><repeat nodeset='/data/r'><input ref='/data/r/b'/></repeat></group>"


def test_an_attribute_follows_what_it_is_calculated_from() -> None:
    session = hold(xform(_ROWS, _BODY))
    assert session.answer("/data/a", "7").changed == ("/data/a", "/data/@version")
    assert session.state("/data/@version").value == "7"
    assert session.evaluate("/data/@version + 1") == 8
    session.undo()
    assert session.state("/data/@version").value == ""


def test_each_instance_has_its_own_and_a_hidden_element_hides_it() -> None:
    form = xform(_ROWS, _BODY)
    session = hold(form)
    first, _ = session.add_repeat("/data/r")
    second, _ = session.add_repeat("/data/r")
    session.answer(f"{second}/b", "x")
    assert session.evaluate("count(/data/r/c[@n = 'X'])") == 1
    assert session.state(f"{second}/c/@n").value == "X"
    assert session.state(f"{first}/c/@n").relevant is False
    document = instance_document(session)
    assert b'<r><b/></r><r><b>x</b><c n="X" fixed="1"/></r>' in document
    settings = SessionSettings(SettableClock(NOON), random.Random(1), zone=AMSTERDAM)  # noqa: S311  # repeats itself
    assert instance_document(resume_record(form, document, settings).session) == document


def test_actions_and_preloads_set_attributes() -> None:
    """Events and actions: `ref` as of a bind; ODK Entities sets `entity/@id` so."""
    form = xform(
        "<instance><data id='t'><a x='' orx:y=''/><r><b id='old'/></r></data></instance>"
        "<bind nodeset='/data/a/@x' jr:preload='uid'/>"
        "<setvalue event='odk-instance-first-load' ref='/data/a/@orx:y' value='1 + 6'/>",
        "<group><repeat nodeset='/data/r'><setvalue event='odk-new-repeat odk-instance-first-load' "
        "ref='/data/r/b/@id' value=\"concat('n', position(..))\"/></repeat></group>",
    )
    session = hold(form, conventions=ODK)
    session.add_repeat("/data/r")
    assert session.state("/data/a/@x").value.startswith("uuid:")
    document = instance_document(session)
    assert b'orx:y="7"' in document
    assert document.count(b"<b id=") == 2
    assert b"old" not in document
