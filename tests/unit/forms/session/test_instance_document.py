"""Instance documents, written and read (ODK XForms "Instance", "Bind Attributes", "Metadata", "Namespaces")."""

import random
import unicodedata
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.forms import (
    INTERVIEW,
    ODK,
    Conventions,
    Form,
    FormError,
    ResumedRecord,
    Session,
    SessionSettings,
    edit_record,
    instance_document,
    resume_record,
)
from desktop.forms.document.xml_reader import read_xml
from desktop.forms.session.instance_document import xml_text
from desktop.forms.xpath.tree import Node, copy_of
from protocol.times import SettableClock
from tests.examples import examples
from tests.unit.forms.forms_for_tests import AMSTERDAM, NOON, everything, hold, xform
from tests.unit.forms.xpath.test_properties import _forms, _step

_ID = "<meta><instanceID>one</instanceID></meta>"


def _around(conventions: Conventions = INTERVIEW) -> SessionSettings:
    source = random.Random(9)  # noqa: S311  # a test repeats itself
    return SessionSettings(SettableClock(NOON), source, zone=AMSTERDAM, conventions=conventions)


def _written(session: Session, *, draft: bool = False) -> str:
    return instance_document(session, draft=draft).decode()


def _again(form: Form, document: str, conventions: Conventions = INTERVIEW) -> ResumedRecord:
    return resume_record(form, document.encode(), _around(conventions))


def _plain(values: str, *, binds: str = "", body: str = "", meta: str = _ID, root: str = "id='t'") -> Form:
    return xform(f"<instance><data {root}>{values}{meta}</data></instance>{binds}", body)


def test_the_root_keeps_id_version_and_attributes_and_declares_what_they_need() -> None:
    """Instance: "The client application normally retains the attribute when a record is submitted"."""
    form = _plain("<a x='1'>v</a>", root="id='t' orx:version='3'")
    assert _written(hold(form)) == (
        '<data xmlns:orx="http://openrosa.org/xforms" id="t" orx:version="3"><a x="1">v</a>'
        "<meta><instanceID>one</instanceID></meta></data>"
    )


def test_a_form_known_by_its_namespace_keeps_it() -> None:
    """Metadata schema of OpenRosa: one of `id` and `xmlns` is the identity of the form."""
    form = _plain("<a/>", root="xmlns='http://example.org/f' id='t'")
    document = _written(hold(form))
    assert document.startswith('<data xmlns="http://example.org/f" id="t"><a/>')
    assert _written(_again(form, document).session) == document


def test_what_is_not_relevant_is_left_out_with_all_in_it() -> None:
    """Bind Attributes, relevant: "the data node (and its descendants) are removed … on submission"."""
    binds = "<bind nodeset='/data/g' relevant=\"/data/a = '1'\"/><bind nodeset='/data/b' relevant=\"/data/a != '2'\"/>"
    form = _plain("<a/><g><c>x</c></g><b/>", binds=binds, body="<input ref='/data/a'/>")
    session = hold(form)
    assert _written(session) == f'<data id="t"><a/><b/>{_ID}</data>'
    assert _written(session, draft=True) == f'<data id="t"><a/><g><c>x</c></g><b/>{_ID}</data>'
    session.answer("/data/a", "1")
    assert _written(session) == f'<data id="t"><a>1</a><g><c>x</c></g><b/>{_ID}</data>'
    session.answer("/data/a", "2")
    assert _written(session) == f'<data id="t"><a>2</a>{_ID}</data>'


_ROWS = "<r jr:template=''><s>new</s></r>"
_REPEAT = "<group><label>x</label><repeat nodeset='/data/r'{}><input ref='/data/r/s'/></repeat></group>"


def test_instances_come_in_order_and_templates_not_at_all() -> None:
    """Instance, jr:template: "It is not transmitted in the record"."""
    form = _plain(_ROWS, body=_REPEAT.format(""))
    session = hold(form)
    assert _written(session) == f'<data id="t">{_ID}</data>'
    for value in "bca":
        row, _ = session.add_repeat("/data/r", at=0 if value == "a" else None)
        session.answer(f"{row}/s", value)
    assert _written(session) == f'<data id="t"><r><s>a</s></r><r><s>b</s></r><r><s>c</s></r>{_ID}</data>'


def test_text_is_escaped_composed_and_kept_within_xml() -> None:
    """XML 1.0, production 2 (Char), section 2.11 (line ends) and 3.3.3 (attribute values)."""
    form = _plain("<a/>", body="<input ref='/data/a'/>", root="id='t' x='&quot;&#9;&lt;'")
    session = hold(form)
    session.answer("/data/a", "1 < 2 & 3 > 2\r\n\x00\ud800\ufffe e\u0301")
    document = _written(session)
    assert document == (
        '<data id="t" x="&quot;&#9;&lt;"><a>1 &lt; 2 &amp; 3 &gt; 2&#13;\n\ufffd\ufffd\ufffd \u00e9</a>'
        + _ID
        + "</data>"
    )
    assert _again(form, document).session.state("/data/a").value == "1 < 2 & 3 > 2\r\n\ufffd\ufffd\ufffd \u00e9"


@given(st.text())
def test_every_text_survives_as_far_as_xml_can_hold_it(text: str) -> None:
    session = hold(_TEXTUAL)
    session.answer("/data/a", text)
    document = instance_document(session)
    again = resume_record(_TEXTUAL, document, _around()).session
    assert again.state("/data/a").value == xml_text(text)
    assert instance_document(again) == document
    assert unicodedata.is_normalized("NFC", xml_text(text))


_TEXTUAL = _plain("<a/>", body="<input ref='/data/a'/>")


def test_a_record_of_another_form_is_refused() -> None:
    form = _plain("<a/>")
    for document in (
        "<data id='other'><a/></data>",
        "<data><a/></data>",
        "<d id='t'/>",
        "<x:data xmlns:x='y' id='t'/>",
    ):
        with pytest.raises(FormError) as refused:
            _again(form, document)
        assert refused.value.code == "forms.document_other_form"
    for broken, code in (("<data", "form.xml"), ("", "form.xml"), ("<!DOCTYPE data><data id='t'/>", "form.doctype")):
        with pytest.raises(FormError) as refused:
            _again(form, broken)
        assert refused.value.code == code


def test_what_the_form_does_not_know_is_left_aside_and_named() -> None:
    form = _plain("<a/><g><b/></g>", root="id='t' version='2'")
    opened = _again(
        form, f"<data id='t' version='1'><a>1</a><old>x</old><g><b>2</b><older/></g><a>twice</a>{_ID}</data>"
    )
    assert [(problem.code, problem.ref) for problem in opened.warnings] == [
        ("forms.document_other_version", "/data"),
        ("forms.document_unknown_node", "/data/g/older"),
        ("forms.document_unknown_node", "/data/old"),
        ("forms.document_unknown_node", "/data/a"),
    ]
    assert [node.text for node in opened.aside] == ["", "x", "twice"]
    assert opened.session.state("/data/a").value == "1"


def test_prefixes_and_order_of_a_document_are_free() -> None:
    """Namespaces in XML: a prefix is a name for a namespace, nothing more."""
    form = _plain("<a/><b/>", meta="<orx:meta><orx:instanceID/></orx:meta>")
    document = (
        "<?xml version='1.0' encoding='UTF-8'?><!-- by hand --><data xmlns='http://www.w3.org/2002/xforms' "
        "xmlns:o='http://openrosa.org/xforms' id='t'> <o:meta><o:instanceID>one</o:instanceID></o:meta>"
        " <b>2</b> <a>1<!-- first --></a> </data>"
    )
    opened = _again(form, document)
    assert opened.warnings == ()
    assert _written(opened.session) == (
        '<data xmlns:orx="http://openrosa.org/xforms" id="t"><a>1</a><b>2</b>'
        "<orx:meta><orx:instanceID>one</orx:instanceID></orx:meta></data>"
    )


def test_a_node_that_was_left_out_comes_back_with_the_value_of_the_form() -> None:
    form = _plain(
        "<a>1</a><b>start</b>",
        binds="<bind nodeset='/data/b' relevant=\"/data/a = '1'\"/>",
        body="<input ref='/data/a'/>",
    )
    session = _again(form, f"<data id='t'><a>0</a>{_ID}</data>").session
    assert session.state("/data/b").relevant is False
    session.answer("/data/a", "1")
    assert session.state("/data/b").value == "start"


def test_only_a_first_load_runs_what_belongs_to_it() -> None:
    """Events: odk-instance-first-load is of a new record, odk-instance-load of every one."""
    actions = (
        "<setvalue event='odk-instance-first-load' ref='/data/a' value=\"'first'\"/>"
        "<setvalue event='odk-instance-load' ref='/data/b' value=\"concat(/data/b, 'x')\"/>"
    )
    form = _plain("<a/><b/>", binds=actions)
    session = hold(form)
    assert (session.state("/data/a").value, session.state("/data/b").value) == ("first", "x")
    again = _again(form, f"<data id='t'><a/><b>x</b>{_ID}</data>").session
    assert (again.state("/data/a").value, again.state("/data/b").value) == ("", "xx")


def test_calculations_are_made_anew() -> None:
    """Events: a calculation is recalculated when a record is loaded ("Metadata" warns for it)."""
    form = _plain("<a/><b/>", binds="<bind nodeset='/data/b' calculate='/data/a * 2'/>")
    assert _again(form, f"<data id='t'><a>4</a><b>5</b>{_ID}</data>").session.state("/data/b").value == "8"


@pytest.mark.parametrize(
    ("attributes", "document", "values"),
    [
        ("", "<r><s>1</s></r><r><s/></r>", ["1", ""]),
        ("", "", []),
        (" jr:count='2'", "<r><s>1</s></r><r><s>2</s></r><r><s>3</s></r>", ["1", "2"]),
        (" jr:count='3'", "<r><s>1</s></r>", ["1", "new", "new"]),
        (" jr:noAddRemove='true()'", "<r><s>1</s></r>", ["1", "new"]),
    ],
)
def test_a_repeat_has_the_instances_of_the_document_or_of_its_count(
    attributes: str, document: str, values: list[str]
) -> None:
    """Repeats: jr:count and jr:noAddRemove fix the number, else people do."""
    rows = f"{_ROWS}<r><s>p</s></r><r><s>q</s></r>"
    form = _plain(rows, body=_REPEAT.format(attributes))
    session = _again(form, f"<data id='t'>{document}{_ID}</data>", ODK).session
    assert [session.state(f"{row}/s").value for row in session.instances("/data/r")] == values


def test_a_restored_record_keeps_its_id_and_one_without_gets_it_at_the_end() -> None:
    """Metadata, instanceID: the unique id of the record, required."""
    form = _plain("<a/>", meta="")
    document = _written(hold(form))
    assert _written(_again(form, document).session) == document
    session = _again(form, "<data id='t'/>").session
    assert session.state("/data/orx:meta/orx:instanceID").value == ""
    session.finalise()
    assert session.state("/data/orx:meta/orx:instanceID").value.startswith("uuid:")


def test_an_edit_has_a_new_id_and_names_the_one_it_replaces() -> None:
    """Metadata, deprecatedID: "The instanceID of the submission for which this is a revision"."""
    form = _plain("<a/>", meta="<orx:meta><orx:instanceID/></orx:meta>")
    first = hold(form)
    id_path, old_path = "/data/orx:meta/orx:instanceID", "/data/orx:meta/orx:deprecatedID"
    second = edit_record(form, instance_document(first), _around()).session
    assert second.state(old_path).value == first.state(id_path).value
    assert second.state(id_path).value not in {"", first.state(id_path).value}
    third = edit_record(second.form, instance_document(second), _around()).session
    assert third.form is second.form
    assert third.state(old_path).value == second.state(id_path).value


def test_an_edit_of_a_record_without_an_id_has_none_to_replace() -> None:
    """Metadata, deprecatedID: the prior value of instanceID, which this record never had."""
    form = _plain("<a/>", meta="<orx:meta><orx:instanceID/></orx:meta>")
    session = edit_record(form, b"<data id='t'><a>1</a></data>", _around()).session
    assert session.form is form
    assert session.state("/data/orx:meta/orx:instanceID").value.startswith("uuid:")
    session.finalise()
    assert session.state("/data/a").value == "1"


@pytest.mark.parametrize(("conventions", "count"), [(ODK, 2), (INTERVIEW, 0)])
def test_what_is_around_a_repeat_and_was_left_out_has_the_instances_of_the_form(
    conventions: Conventions, count: int
) -> None:
    """Bind Attributes, relevant: what was removed on submission comes back as the form has it."""
    values = "<on>1</on><g><r jr:template=''><s>new</s></r><r><s>p</s></r><r><s>q</s></r></g>"
    body = "<input ref='/data/on'/><group><repeat nodeset='/data/g/r'><input ref='/data/g/r/s'/></repeat></group>"
    form = _plain(values, binds="<bind nodeset='/data/g' relevant=\"/data/on = '1'\"/>", body=body)
    session = _again(form, f"<data id='t'><on>0</on>{_ID}</data>", conventions).session
    session.answer("/data/on", "1")
    rows = session.instances("/data/g/r")
    assert [session.state(f"{row}/s").value for row in rows] == ["p", "q"][:count]


def test_the_end_of_a_record_is_known_when_it_is_finalised() -> None:
    """Preload Attributes: timestamp start and end, date, properties; deviceID is never blank."""
    names = {"s": ("timestamp", "start"), "e": ("timestamp", "end"), "d": ("date", "today"), "u": ("uid", "")}
    names |= {name: ("property", name) for name in ("deviceid", "username", "email", "simserial")}
    names |= {"n": ("property", "phone number"), "c": ("context", "UserID"), "p": ("patient", "name")}
    values = "".join(f"<{name}/>" for name in names)
    binds = "".join(
        f"<bind nodeset='/data/{name}' jr:preload='{kind}' jr:preloadParams='{parameter}'/>"
        for name, (kind, parameter) in names.items()
    )
    clock = SettableClock(NOON)
    known = {"username": "w", "email": "w@example.org", "phonenumber": "06"}
    source = random.Random(1)  # noqa: S311  # a test repeats itself
    session = Session(_plain(values, binds=binds), clock=clock, random=source, properties=known, zone=AMSTERDAM)
    state = {name: session.state(f"/data/{name}").value for name in names}
    assert state.pop("u").startswith("uuid:")
    assert state == {
        "s": "2026-11-22T12:00:00.000+01:00",
        "e": "",
        "d": "2026-11-22",
        "n": "06",
        "c": "",
        "p": "",
        "simserial": "",
        "deviceid": "not supported",
        "username": "w",
        "email": "w@example.org",
    }
    clock.moment = NOON.replace(minute=30)
    session.finalise()
    assert session.state("/data/e").value == "2026-11-22T12:30:00.000+01:00"
    assert session.state("/data/s").value == "2026-11-22T12:00:00.000+01:00"


def _seen(session: Session) -> Mapping[str, object]:
    """Return what is to be seen of a session: instances by their number, nothing of what is hidden but that it is."""
    places: dict[str, str] = {}
    found: dict[str, object] = {}
    for ref, state in everything(session).items():
        if ref.endswith("#"):
            row = ref[:-1]
            for index, identity in enumerate(state):
                places[f"{row}[{identity}]"] = f"{_counted(row, places)}[{index}]"
        elif len(state) == 5:
            found[_counted(ref, places)] = state[1:] if state[2] else False
    return found


def _counted(ref: str, places: Mapping[str, str]) -> str:
    for known in sorted(places, key=len, reverse=True):
        if ref.startswith(known):
            return places[known] + ref[len(known) :]
    return ref


@settings(max_examples=examples(60), deadline=None)
@given(_forms(), st.randoms(use_true_random=False))
def test_a_document_restores_to_the_same_state_and_the_same_document(form: Form, source: random.Random) -> None:
    session = hold(form)
    for _ in range(15):
        _step(source, session)
    for draft in (False, True):
        document = instance_document(session, draft=draft)
        again = resume_record(form, document, _around())
        assert again.warnings == ()
        assert instance_document(again.session, draft=draft) == document
        if draft:
            assert _seen(again.session) == _seen(session)
            assert instance_document(again.session) == instance_document(session)


@settings(max_examples=examples(60), deadline=None)
@given(_forms(), st.randoms(use_true_random=False))
def test_what_a_document_shows_is_what_was_to_be_seen(form: Form, source: random.Random) -> None:
    session = hold(form)
    for _ in range(15):
        _step(source, session)
    again = resume_record(form, instance_document(session), _around()).session
    shown, before = _seen(again), _seen(session)
    assert {ref: state for ref, state in shown.items() if state} == {
        ref: state for ref, state in before.items() if state
    }


@settings(max_examples=examples(60), deadline=None)
@given(_forms(), st.randoms(use_true_random=False))
def test_any_document_of_the_form_settles_after_one_reading(form: Form, source: random.Random) -> None:
    """Elements moved, doubled, dropped, renamed, emptied: what is taken is written, and read the same again."""
    session = hold(form)
    for _ in range(10):
        _step(source, session)
    top = next(read_xml(instance_document(session)).elements())
    for _ in range(6):
        _damage(source, top)
    once = resume_record(form, _xml(top).encode(), _around()).session
    document = instance_document(once)
    twice = resume_record(form, document, _around())
    assert twice.warnings == ()
    assert instance_document(twice.session) == document
    everywhere = instance_document(once, draft=True)
    assert instance_document(resume_record(form, everywhere, _around()).session, draft=True) == everywhere


def _damage(source: random.Random, top: Node) -> None:
    """Do one thing to the children of a random element."""
    around = source.choice([node for node in top.walk() if node.children] or [top])
    if not around.children:
        return
    child = source.choice(around.children)
    kind = source.choice(["move", "double", "drop", "rename", "empty", "strange"])
    if kind == "move":
        source.shuffle(around.children)
    elif kind == "double":
        around.append(copy_of(child))
    elif kind == "drop":
        around.children.remove(child)
    elif kind == "rename":
        child.name = "other"
    elif kind == "empty":
        child.children, child.text = [], ""
    else:
        child.text = source.choice([" ", "x\ty", "9 8", "v1 v2"]) if not child.children else ""


def _xml(node: Node) -> str:
    attributes = "".join(f" {each.name}='{each.text}'" for each in node.attributes)
    inside = "".join(_xml(child) for child in node.children) or node.text
    name = f"{node.prefix}:{node.name}" if node.prefix else node.name
    spaces = " xmlns:orx='http://openrosa.org/xforms'" if node.name == "data" else ""
    return f"<{name}{spaces}{attributes}>{inside}</{name}>"


@settings(max_examples=examples(150), deadline=None)
@given(st.binary(max_size=60) | st.text(alphabet="<>/dat id='t\"&;!-[]x:=", max_size=60).map(str.encode))
def test_no_document_breaks_the_reader(data: bytes) -> None:
    for document in (data, b"<data id='t'>" + data + b"</data>"):
        try:
            assert resume_record(_TEXTUAL, document, _around()).session.problems() is not None
        except FormError as error:
            assert error.code.startswith("form")
