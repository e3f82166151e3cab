"""Entities: lists that are read, records made and changed (ODK Entities 2025.1.0; XLSForm sheet `entities`)."""

import random
from pathlib import Path

import pytest

from desktop.forms import (
    ODK,
    Form,
    FormError,
    Session,
    SessionSettings,
    check_workbook,
    entity_changes,
    entity_problems,
    instance_document,
    read_workbook,
    resume_record,
)
from desktop.forms.document.xml_reader import read_xml
from desktop.forms.model.build import read_form
from desktop.forms.workbook.conversion import sheets_of, xform_of
from protocol.times import SettableClock
from tests.unit.forms.forms_for_tests import AMSTERDAM, NOON, form_of, hold, xform

_SETTINGS = "\n| settings |\n| | form_title | form_id | version |\n| | T | t | 1 |\n"
_PEOPLE = (
    b"name,label,full_name,age,__version,__trunkVersion,__branchId\n"
    b"4c1f9b5e-6e2b-4e0a-9d6b-0d8a52b1b3a1,Anna,Anna Z.,30,3,2,5ac3b2c6-8d7a-4a4e-9a35-04ae4f1c2a11\n"
)
_ANNA = "4c1f9b5e-6e2b-4e0a-9d6b-0d8a52b1b3a1"


def _with_people(markdown: str) -> Form:
    document = read_xml(xform_of(sheets_of(markdown.encode(), "md"), {}))
    return read_form(document, media={"people.csv": _PEOPLE})


_REGISTER = (
    """
| survey |
| | type | name | label | save_to | relevant |
| | text | naam | Name | full_name | |
| | select_one yn | old | Older? | | |
| | integer | age | Age | age | ${old} = 'y' |
| choices |
| | list_name | name | label |
| | yn | y | Yes |
| | yn | n | No |
| entities |
| | list_name | create_if | label |
| | people | ${naam} != 'nobody' | concat(${naam}, '!') |
"""
    + _SETTINGS
)


def test_a_form_makes_an_entity_when_its_condition_holds() -> None:
    """Declaring that a form creates entities: `create` is "1" or "true", `id` a UUID, `label` a direct child."""
    session = hold(form_of(_REGISTER))
    session.answer("/data/naam", "Anna")
    (change,) = entity_changes(session)
    assert (change.action, change.dataset, change.label) == ("create", "people", "Anna!")
    assert change.properties == {"full_name": "Anna"}
    assert change.problem() is None
    session.answer("/data/old", "y")
    session.answer("/data/age", "44")
    assert entity_changes(session)[0].properties == {"full_name": "Anna", "age": "44"}
    session.answer("/data/naam", "nobody")
    assert entity_changes(session) == ()


def test_the_document_carries_the_entity_and_restores_it() -> None:
    """Example of an entity-creating form: attributes of `meta/entity`, not namespaced."""
    form = form_of(_REGISTER)
    session = hold(form)
    session.answer("/data/naam", "Anna")
    (change,) = entity_changes(session)
    document = instance_document(session)
    assert f'<entity dataset="people" create="true" id="{change.id}"><label>Anna!</label></entity>'.encode() in document
    settings = SessionSettings(SettableClock(NOON), random.Random(3), zone=AMSTERDAM)  # noqa: S311  # repeats itself
    again = resume_record(form, document, settings)
    assert again.warnings == ()
    assert entity_changes(again.session) == (change,)


_UPDATE = (
    """
| survey |
| | type | name | label | save_to | calculation |
| | select_one_from_file people.csv | who | Who | | |
| | text | naam | Name | full_name | |
| | note | now | ${age} | | |
| | calculate | age | | | instance('people')/root/item[name = ${who}]/age |
| entities |
| | list_name | entity_id | create_if | update_if | label |
| | people | coalesce(${who}, uuid()) | ${who} = '' | ${who} != '' | ${naam} |
"""
    + _SETTINGS
)


def test_a_form_reads_the_list_and_changes_one_of_it_or_makes_another() -> None:
    """Referencing existing entities; Declaring that a form updates entities: `baseVersion` and what is kept offline."""
    session = hold(_with_people(_UPDATE))
    session.answer("/data/naam", "Anna Zed")
    assert [change.action for change in entity_changes(session)] == ["create"]
    session.answer("/data/who", _ANNA)
    assert session.state("/data/age").value == "30"
    (change,) = entity_changes(session)
    assert (change.action, change.id, change.base_version) == ("update", _ANNA, "3")
    assert (change.trunk_version, change.branch) == ("2", "5ac3b2c6-8d7a-4a4e-9a35-04ae4f1c2a11")
    assert change.properties == {"full_name": "Anna Zed"}
    assert entity_problems(entity_changes(session)) == ()


_ROWS = (
    """
| survey |
| | type | name | label | save_to |
| | text | place | Place | places#town |
| | begin_repeat | child | Child | |
| | text | naam | Name | children#full_name |
| | end_repeat | | | |
| entities |
| | list_name | label | create_if |
| | places | ${place} | |
| | children | ${naam} | ${naam} != '-' |
"""
    + _SETTINGS
)


def test_each_instance_of_a_repeat_makes_its_own() -> None:
    """Multiple Entity declarations in a form: a saveto belongs to the nearest container that declares an entity."""
    session = hold(form_of(_ROWS))
    session.answer("/data/place", "Ermelo")
    for name in ("A", "-", "B"):
        row, _ = session.add_repeat("/data/child")
        session.answer(f"{row}/naam", name)
    changes = entity_changes(session)
    assert [(change.dataset, change.label, dict(change.properties)) for change in changes] == [
        ("places", "Ermelo", {"town": "Ermelo"}),
        ("children", "A", {"full_name": "A"}),
        ("children", "B", {"full_name": "B"}),
    ]
    assert len({change.id for change in changes}) == 3
    assert entity_problems(changes) == ()


def _entity_form(attributes: str, binds: str = "", values: str = "<a/>", version: str = "") -> Form:
    instance = f"<data id='t'>{values}<meta><entity {attributes}><label>L</label></entity></meta></data>"
    text = (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        'xmlns:e="http://www.opendatakit.org/xforms/entities"><h:head><h:title>T</h:title>'
        f"<model e:entities-version='{version or '2024.1.0'}'><instance>{instance}</instance>{binds}</model></h:head>"
        "<h:body/></h:html>"
    )
    return read_form(read_xml(text.encode()))


@pytest.mark.parametrize(
    ("attributes", "codes"),
    [
        (f"dataset='d' id='{_ANNA}' create='1'", [None]),
        (f"dataset='d' id='{_ANNA}' create='true' update='1' baseVersion='1'", [None, None]),
        (f"dataset='d' id='{_ANNA}' create='yes' update=''", []),
        (f"dataset='d' id='{_ANNA}' update='1' baseVersion=''", ["forms.entity_base"]),
        ("dataset='d' id='' create='1'", ["forms.entity_id"]),
    ],
)
def test_what_a_server_must_refuse_is_known_before(attributes: str, codes: list[str | None]) -> None:
    changes = entity_changes(hold(_entity_form(attributes)))
    assert [problem.code if (problem := change.problem()) else None for change in changes] == codes


def test_a_new_entity_needs_a_label() -> None:
    form = _entity_form(
        f"dataset='d' id='{_ANNA}' create='1'", "<bind nodeset='/data/meta/entity/label' calculate='&quot;&quot;'/>"
    )
    assert [problem.code for problem in entity_problems(entity_changes(hold(form)))] == ["forms.entity_label"]


_SAVE = "<bind nodeset='/data/a' e:saveto='{}'/>"


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"attributes": "dataset='d.e'"}, "form.entity_list"),
        ({"attributes": "dataset='__d'"}, "form.entity_list"),
        ({"attributes": ""}, "form.entity_list"),
        ({"attributes": "dataset='d'", "binds": _SAVE.format("name")}, "form.entity_property"),
        ({"attributes": "dataset='d'", "binds": _SAVE.format("Label")}, "form.entity_property"),
        ({"attributes": "dataset='d'", "binds": _SAVE.format("__x")}, "form.entity_property"),
        ({"attributes": "dataset='d'", "binds": _SAVE.format("a b")}, "form.entity_property"),
        ({"attributes": "dataset='d'", "binds": _SAVE.format("x") + _SAVE.format("x")}, "form.entity_property"),
        ({"attributes": "dataset='d'", "version": "2026.1.0"}, "form.entity_version"),
        ({"attributes": "dataset='d'", "version": "new"}, "form.entity_version"),
    ],
)
def test_a_form_that_is_wrong_about_its_entities_is_refused(form: dict[str, str], code: str) -> None:
    """Versioning, Declaring …, Identifying entity properties: the names that are not allowed."""
    with pytest.raises(FormError) as refused:
        _entity_form(**form)
    assert refused.value.code == code


def test_a_property_in_a_repeat_needs_an_entity_in_that_repeat() -> None:
    """Multiple Entity declarations: "If the nearest … is outside the repeat, the form is invalid"."""
    with pytest.raises(FormError) as refused:
        xform(
            "<instance><data id='t'><r><a/></r><meta><entity dataset='d'><label/></entity></meta></data></instance>"
            "<bind nodeset='/data/r/a' xmlns:entities='http://www.opendatakit.org/xforms/entities' "
            "entities:saveto='x'/>",
            "<group><repeat nodeset='/data/r'><input ref='/data/r/a'/></repeat></group>",
        )
    assert refused.value.code == "form.entity_scope"
    assert refused.value.details["path"] == "/data/r/a"


def test_a_workbook_without_entities_has_none(tmp_path: Path) -> None:
    form = read_workbook("| survey |\n| | type | name | label |\n| | text | a | A |\n", "md", tmp_path)
    assert form.entities == ()
    session: Session = hold(form, conventions=ODK)
    assert entity_changes(session) == ()
    assert check_workbook(_REGISTER, "md") == ()
