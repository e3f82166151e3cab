"""What ODK XForms says, section by section; each test names the section it is written from."""

import math
import random

import pytest

from desktop.forms import ODK, FormError, Session
from desktop.forms.document.xml_reader import read_xml
from desktop.forms.model.build import read_form
from desktop.forms.model.references import FormScope
from protocol.times import SettableClock
from tests.unit.forms.forms_for_tests import AMSTERDAM, NOON, hold, same, xform
from tests.unit.forms.xpath import test_expressions

_MODEL = (
    "<itext><translation lang='Nederlands (nl)'><text id='hello'><value>Dag</value></text>"
    "<text id='ams'><value>Amsterdam</value></text><text id='hlm'><value>Haarlem</value></text></translation>"
    "<translation lang='English (en)'><text id='hello'><value>Hello</value></text>"
    "<text id='ams'><value>City of Amsterdam</value></text><text id='hlm'><value>Haarlem</value></text></translation>"
    "</itext>"
    "<instance><data id='t' xml:lang='nl-NL'><town>ams</town><towns>ams hlm</towns><plain/><shown/>"
    "<r><n>1</n></r><r><n>2</n></r></data></instance>"
    "<instance id='list'><root><item id='x'><name>ams</name><text>ams</text></item>"
    "<item id='y'><name>hlm</name><text>hlm</text></item></root></instance>"
    "<bind nodeset='/data/shown' calculate=\"jr:choice-name(/data/town, '/data/town')\"/>"
)
_SELECT = (
    "<select1 ref='/data/town'><label>x</label><itemset nodeset=\"instance('list')/root/item\">"
    "<value ref='name'/><label ref='jr:itext(text)'/></itemset></select1>"
    "<select ref='/data/towns'><label>x</label><itemset nodeset=\"instance('list')/root/item\">"
    "<value ref='name'/><label ref='jr:itext(text)'/></itemset></select>"
    "<repeat nodeset='/data/r'><input ref='/data/r/n'><label>x</label></input></repeat>"
)


@pytest.fixture(scope="module")
def session() -> Session:
    return hold(xform(_MODEL, _SELECT), conventions=ODK)


FUNCTIONS = {
    "acos(1)": 0.0,
    "asin(0)": 0.0,
    "atan(1) * 4": math.pi,
    "atan2(1, 1) * 4": math.pi,
    "cos(0)": 1.0,
    "sin(pi() div 2)": 1.0,
    "tan(0)": 0.0,
    "log(exp(2))": 2.0,
    "exp10(3)": 1000.0,
    "pi()": math.pi,
    "area('0 0;0 1;1 1;1 0')": pytest.approx(12_391_399_902.0, rel=1e-3),
    "round(-1.475, 2)": -1.47,
    "random() < 1": True,
    "upper-case('ij')": "IJ",
    "lower-case('IJ')": "ij",
    "substring('12345', 2, 3)": "234",
    "thousands-sep(1234567.5)": "1,234,567.5",
    "now()": "2026-11-22T12:00:00.000+01:00",
    "date-time('2026-11-22T11:00:00.000Z')": "2026-11-22T12:00:00.000+01:00",
    "local-name(/data/town)": "town",
    "namespace-uri(/data/town)": "http://www.w3.org/2002/xforms",
    "lang('nl')": True,
    "property('deviceid')": "",
    "jr:itext('hello')": "Dag",
    "jr:itext(concat('hel', 'lo'))": "Dag",
    "jr:itext('nothing')": "",
    "jr:choice-name('hlm', '/data/town')": "Haarlem",
    "jr:choice-name('nowhere', '/data/town')": "",
    "jr:choice-name(/data/towns, '/data/towns')": "Amsterdam, Haarlem",
    "indexed-repeat(/data/r/n, /data/r, 2)": "2",
    "indexed-repeat(/data/r/n, /data/r, 9)": "",
    "count(/data/r[n = current()/../town])": 0.0,
    "checklist(-1, 1, 'foo', 'bar')": True,
    "number('1e3')": math.nan,
    "format-date('2026-11-22T10:20:30.000+01:00', '%Y %H %Q')": "2026 10 %Q",
}


@pytest.mark.parametrize("expression", FUNCTIONS)
def test_xpath_functions(session: Session, expression: str) -> None:
    """ODK XForms "XPath Functions", those that `test_expressions` does not hold."""
    found, expected = session.evaluate(expression, "/data/plain"), FUNCTIONS[expression]
    is_no_number = isinstance(expected, float) and math.isnan(expected)
    assert found != found if is_no_number else found == expected  # noqa: PLR0124  # not-a-number differs from itself


def test_every_function_has_a_case_written_from_the_specification() -> None:
    written = " ".join(
        [
            *(FUNCTIONS | test_expressions.NUMBERS | test_expressions.TEXTS | test_expressions.TRUTHS),
            "once( uuid( randomize( id(",  # each has a test of its own
        ]
    )
    assert [name for name in FormScope.functions if f"{name}(" not in written] == []


def test_a_required_argument_is_required(session: Session) -> None:
    """ODK XForms, `string-length`: deviates from XPath 1.0 in that the argument is required."""
    with pytest.raises(FormError, match=r"form\.arguments"):
        session.evaluate("string-length()")


def test_id_finds_nodes_by_their_attribute() -> None:
    """XPath 1.0, section 4.1."""
    held = hold(xform("<instance><data id='t'><a id='k'>1</a><b id='m'>2</b></data></instance>"))
    assert held.evaluate("count(id('k m nobody'))") == 2.0


def test_labels_in_calculations_follow_the_language(session: Session) -> None:
    """ODK XForms, `jr:choice-name`: the label in the active language."""
    assert session.state("/data/shown").value == "Amsterdam"
    session.set_language("English (en)")
    assert session.state("/data/shown").value == "City of Amsterdam"
    session.undo()
    assert session.state("/data/shown").value == "Amsterdam"


def test_a_name_of_a_choice_needs_choices() -> None:
    """ODK XForms, `jr:choice-name`: of a select or select1 question."""
    with pytest.raises(FormError, match=r"form\.no_choices"):
        xform(
            "<instance><data id='t'><a/><b/></data></instance>"
            "<bind nodeset='/data/b' calculate=\"jr:choice-name('x', '/data/a')\"/>",
            "<input ref='/data/a'><label>x</label></input>",
        )


def test_a_message_may_be_a_computed_text() -> None:
    """ODK XForms "Bind Attributes", `jr:constraintMsg`: a translation function call; its outputs are relative."""
    held = hold(
        xform(
            "<itext><translation lang='nl'><text id='m:low'><value>Te laag, <output value='../name'/></value></text>"
            "</translation></itext><instance><data id='t'><name>Amina</name><age/></data></instance>"
            "<bind nodeset='/data/age' type='int' constraint='. > 5'"
            " jr:constraintMsg=\"jr:itext(concat('m:', 'low'))\"/>",
            "<input ref='/data/age'><label>x</label></input>",
        )
    )
    assert held.text("/data/age", "constraint", same, "nl").text == "Te laag, Amina"


def test_a_label_falls_back_to_the_text_inside_it() -> None:
    """ODK XForms "Languages": if the itext is missing it refers to the regular value."""
    held = hold(
        xform(
            "<instance><data id='t'><a/></data></instance>",
            "<input ref='/data/a'><label ref=\"jr:itext('lost')\">How old?</label></input>",
        )
    )
    assert held.text("/data/a", "label", same, "nl").text == "How old?"


def test_a_translation_says_its_language() -> None:
    """ODK XForms "Languages": the lang attribute names it."""
    with pytest.raises(FormError, match=r"form\.language_name"):
        xform(
            "<itext><translation default=''><text id='x'><value>X</value></text></translation></itext>"
            "<instance><data id='t'><a/></data></instance>"
        )


def test_print_is_guidance() -> None:
    """ODK XForms "Languages": the print-only version of a hint."""
    held = hold(
        xform(
            "<itext><translation lang='nl'><text id='h'><value>Kort</value><value form='print'>Lang</value></text>"
            "</translation></itext><instance><data id='t'><a/></data></instance>",
            "<input ref='/data/a'><label>x</label><hint ref=\"jr:itext('h')\"/></input>",
        )
    )
    assert held.text("/data/a", "guidance", same, "nl").text == "Lang"


@pytest.mark.parametrize("given", ["integer", "xsd:int", "int"])
def test_integers_have_several_names(given: str) -> None:
    """ODK XForms "Data Types": optionally in the XML Schema namespace; ODK clients take `integer` as well."""
    form = xform(f"<instance><data id='t'><a/></data></instance><bind nodeset='/data/a' type='{given}'/>")
    assert form.places["/data/a"].type == "int"


@pytest.mark.parametrize(
    ("kind", "given", "stored"),
    [
        ("geopoint", "52.1 4.3 0 0", "52.1 4.3 0.0 0.0"),
        ("geopoint", "52 4", "52.0 4.0"),
        ("geotrace", "52.1 4.3 0 0; 52.2 4.4 0 0;", "52.1 4.3 0.0 0.0;52.2 4.4 0.0 0.0"),
        ("date", "2026-11-22T10:00:00.000+01:00", "2026-11-22"),
    ],
)
def test_values_are_stored_as_their_type_has_them(kind: str, given: str, stored: str) -> None:
    """ODK XForms "Data Types", as ODK clients write them."""
    model = f"<instance><data id='t'><a>{given}</a></data></instance><bind nodeset='/data/a' type='{kind}'/>"
    held = hold(xform(model, "<input ref='/data/a'><label>x</label></input>"))
    assert held.state("/data/a").value == stored


_FIXED = (
    "<instance><data id='t'><r jr:template=''><n>new</n></r>{}</data></instance>",
    "<repeat nodeset='/data/r' jr:noAddRemove='true()'><input ref='/data/r/n'><label>x</label></input></repeat>",
)


@pytest.mark.parametrize(("written", "count"), [("<r><n>a</n></r><r><n>b</n></r>", 2), ("", 1)])
def test_a_repeat_may_be_fixed(written: str, count: int) -> None:
    """ODK XForms "Creation, Removal of Repeats": jr:noAddRemove."""
    held = hold(xform(_FIXED[0].format(written), _FIXED[1]))
    rows = held.instances("/data/r")
    assert len(rows) == count
    with pytest.raises(FormError, match=r"forms\.fixed_repeat"):
        held.add_repeat("/data/r")
    with pytest.raises(FormError, match=r"forms\.fixed_repeat"):
        held.remove_repeat(rows[0])


def test_either_of_two_questions_is_asked() -> None:
    """A question may be asked depending on another that is asked depending on it, as form writers use it."""
    held = hold(
        xform(
            "<instance><data id='t'><phone/><mail/></data></instance>"
            "<bind nodeset='/data/phone' relevant=\"/data/mail = ''\"/>"
            "<bind nodeset='/data/mail' relevant=\"/data/phone = ''\"/>",
            "<input ref='/data/phone'><label>x</label></input><input ref='/data/mail'><label>x</label></input>",
        )
    )
    assert held.questions() == ("/data/phone", "/data/mail")
    held.answer("/data/phone", "06")
    assert held.questions() == ("/data/phone",)
    held.undo()
    held.answer("/data/mail", "a@b")
    assert held.questions() == ("/data/mail",)


def test_a_question_that_hides_itself_is_a_cycle() -> None:
    with pytest.raises(FormError, match=r"form\.cycle"):
        xform("<instance><data id='t'><a/></data></instance><bind nodeset='/data/a' relevant=\". = ''\"/>")


def test_a_calculation_has_the_last_word_over_a_preload() -> None:
    """ODK XForms "Metadata": using both is allowed, one will overwrite the other."""
    held = hold(
        xform(
            "<instance><data id='t'><a/></data></instance>"
            "<bind nodeset='/data/a' jr:preload='uid' calculate=\"'mine'\"/>"
        )
    )
    assert held.state("/data/a").value == "mine"


def test_an_answer_that_is_not_allowed_is_kept_by_the_letter_of_odk() -> None:
    """ODK XForms "Bind Attributes", `constraint`: evaluated on the value; ODK clients keep it and say so."""
    form = xform(
        "<instance><data id='t'><a/></data></instance><bind nodeset='/data/a' type='int' constraint='. &lt; 5'/>",
        "<input ref='/data/a'><label>x</label></input>",
    )
    strict, letter = hold(form), hold(form, conventions=ODK)
    assert not strict.answer("/data/a", "9").accepted
    assert letter.answer("/data/a", "9").accepted
    assert strict.problems() == ()
    assert [problem.code for problem in letter.problems()] == ["forms.constraint"]


@pytest.mark.parametrize(
    ("model", "body", "code"),
    [
        ("", "<range ref='/data/a' start='-2.0.1' end='5'><label>x</label></range>", "form.range_bounds"),
        ("", "<upload ref='/data/a' mediatype='.jpg'><label>x</label></upload>", "form.media_type"),
        ("<submission action='x' method='poast'/>", "", "form.submission_method"),
        ("<setvalue event='odk-new-repeat' ref='/data/a' value='1'/>", "", "form.unknown_event"),
    ],
)
def test_what_others_let_pass_is_refused(model: str, body: str, code: str) -> None:
    """ODK XForms "Body Attributes", "Submission", "Events"."""
    with pytest.raises(FormError) as caught:
        xform(f"<instance><data id='t'><a/></data></instance>{model}", body)
    assert caught.value.code == code


@pytest.mark.parametrize("declared", [True, False])
def test_metadata_stands_in_the_namespace_that_the_form_declares(declared: bool) -> None:  # noqa: FBT001  # a case
    """ODK XForms "Metadata": the default XForms namespace or that of OpenRosa."""
    space = ' xmlns:o="http://openrosa.org/xforms"' if declared else ""
    form = read_form(
        read_xml(
            f'<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"{space}><h:head>'
            '<model><instance><data id="t"><a/></data></instance></model></h:head><h:body/></h:html>'.encode()
        )
    )
    assert ("/data/o:meta/o:instanceID" if declared else "/data/meta/instanceID") in form.places


def test_absolute_paths_inside_a_repeat_mean_the_same_instance() -> None:
    """ODK XForms "A Big Deviation with XForms", for a sum over a repeat inside it too."""
    held = hold(
        xform(
            "<instance><data id='t'><h><total/><c><n>1</n></c></h>"
            "<h><total/><c><n>2</n></c><c><n>3</n></c></h></data></instance>"
            "<bind nodeset='/data/h/total' calculate='sum(/data/h/c/n)'/>",
            "<repeat nodeset='/data/h'><repeat nodeset='/data/h/c'><input ref='/data/h/c/n'><label>x</label></input>"
            "</repeat></repeat>",
        ),
        conventions=ODK,
    )
    assert [held.state(f"{row}/total").value for row in held.instances("/data/h")] == ["1", "5"]


def test_location_actions_leave_a_blank_where_there_is_no_location() -> None:
    """ODK XForms "Actions", `odk:setgeopoint`: failure to retrieve the location results in an empty string value."""
    held = hold(
        xform(
            "<instance><data id='t'><a>52 4</a></data></instance><bind nodeset='/data/a' type='geopoint'/>"
            "<setgeopoint xmlns='http://www.opendatakit.org/xforms' event='odk-instance-first-load' ref='/data/a'/>"
        )
    )
    assert held.state("/data/a").value == ""


def test_a_session_repeats_itself_with_the_same_clock_and_random_source() -> None:
    form = xform("<instance><data id='t'><a/></data></instance><bind nodeset='/data/a' calculate='random()'/>")
    values = []
    for _ in range(2):
        source = random.Random(5)  # noqa: S311  # a test repeats itself
        held = Session(form, clock=SettableClock(NOON), random=source, zone=AMSTERDAM)
        values.append(held.state("/data/a").value)
    assert values[0] == values[1] != ""
