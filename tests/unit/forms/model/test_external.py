"""Lists that stand in files beside the form (ODK XForms "Secondary Instances - External")."""

import json

import pytest

from desktop.forms import Form, FormError
from desktop.forms.document.xml_reader import LARGEST, read_xml
from desktop.forms.model.build import read_form
from desktop.forms.model.external import LAST_SAVED, Missing
from tests.unit.forms.forms_for_tests import hold, same

CITIES = b"name,label,population,geometry\nFR-75C,Paris,2161000,48.8566 2.3522 0 0\nJP-13,Tokyo,13960000,\n"


def _form(source: str, media: dict[str, bytes], calculate: str = "''", missing: Missing = "refuse") -> Form:
    nodes = "instance('cities')/root/item"
    text = (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
        "<h:head><h:title>Test</h:title><model><instance><data id='t'><q/><r/></data></instance>"
        f"<instance id='cities' src='{source}'/>"
        f"<bind nodeset='/data/r' calculate=\"{calculate}\"/></model></h:head><h:body><select1 ref='/data/q'>"
        f"<label>Q</label><itemset nodeset=\"{nodes}\"><value ref='name'/><label ref='label'/></itemset></select1>"
        "</h:body></h:html>"
    )
    return read_form(read_xml(text.encode()), None, media, missing=missing)


def _value(source: str, data: bytes, calculate: str) -> str:
    return hold(_form(source, {source.rpartition("/")[2]: data}, calculate)).state("/data/r").value


def test_a_csv_file_is_a_list_of_items() -> None:
    session = hold(_form("jr://file-csv/cities.csv", {"cities.csv": CITIES}))
    found = session.choices("/data/q", same, "")
    assert [(choice.value, choice.text) for choice in found] == [("FR-75C", "Paris"), ("JP-13", "Tokyo")]


@pytest.mark.parametrize(
    ("calculate", "value"),
    [
        ("instance('cities')/root/item[name = 'JP-13']/population", "13960000"),
        ("pulldata('cities', 'label', 'name', 'FR-75C')", "Paris"),
        ("count(instance('cities')/root/item[geometry = ''])", "1"),
    ],
)
def test_what_the_file_says_can_be_asked_for(calculate: str, value: str) -> None:
    assert _value("jr://file-csv/cities.csv", CITIES, calculate) == value


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfname;label\r\na;A, b\r\n",
        b"name\tlabel\na\t'A, b'".replace(b"'", b""),
        b'name,label\ra,"A, b"\r\r',
        b'name,label\na,"A, b"\n\n\n',
        b'name,label,,\na,"A, b",,\n',
    ],
)
def test_delimiters_quotes_ends_of_lines_and_the_byte_order_mark_are_read(data: bytes) -> None:
    assert _value("jr://file/cities.csv", data, "instance('cities')/root/item[1]/label") == "A, b"


def test_cells_may_hold_lines_and_quotes() -> None:
    data = b'name,label\na,"one ""and""\ntwo"\n'
    assert _value("jr://file/cities.csv", data, "instance('cities')/root/item/label") == 'one "and"\ntwo'


def test_a_blank_line_is_an_item_of_blanks() -> None:
    assert _value("jr://file/cities.csv", b"name,label\na,A\n\nb,B\n", "count(instance('cities')/root/item)") == "3"


def test_an_xml_file_is_taken_as_it_is() -> None:
    data = b"<towns year='1'><set>east</set><town id='7'><name>New York</name></town></towns>"
    calculate = "concat(instance('cities')/towns/set, instance('cities')/towns/town[@id = '7']/name)"
    assert _value("jr://file/cities.xml", data, calculate) == "eastNew York"


def _geojson(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _feature(kind: str, coordinates: object, **more: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": {}, **more}


@pytest.mark.parametrize(
    ("feature", "column", "value"),
    [
        (_feature("Point", [102, 0.5]), "geometry", "0.5 102 0 0"),
        (_feature("Point", [4.0, 52.25, 3]), "geometry", "52.25 4 3 0"),
        (_feature("LineString", [[4, 52], [5, 53]]), "geometry", "52 4 0 0; 53 5 0 0"),
        (_feature("Polygon", [[[4, 52], [5, 53], [4, 52]]]), "geometry", "52 4 0 0; 53 5 0 0; 52 4 0 0"),
        (_feature("Polygon", []), "geometry", ""),
        (_feature("Point", [4, 52], id="top", properties={"id": "in"}), "id", "top"),
        (_feature("Point", [4, 52], properties={"id": 67}), "id", "67"),
        (_feature("Point", [4, 52], properties={"name": "x", "open": True, "size": 1.50}), "size", "1.5"),
        (_feature("Point", [4, 52], properties={"open": True}), "open", "true"),
        (_feature("Point", [4, 52], properties=None), "geometry", "52 4 0 0"),
    ],
)
def test_features_have_their_place_and_their_properties(feature: object, column: str, value: str) -> None:
    calculate = f"instance('cities')/root/item/{column}"
    assert _value("jr://file/cities.geojson", _geojson(feature), calculate) == value


def test_a_property_without_a_value_is_not_there() -> None:
    data = _geojson(_feature("Point", [4, 52], properties={"a": None}))
    assert _value("jr://file/cities.geojson", data, "count(instance('cities')/root/item/a)") == "0"


@pytest.mark.parametrize(
    ("source", "data", "code", "row"),
    [
        ("jr://file/c.csv", b"", "form.media_csv", "1"),
        ("jr://file/c.csv", b"a,b\n\xff,1\n", "form.media_csv", "2"),
        ("jr://file/c.csv", b"a,b\n1,\0\n", "form.media_csv", "2"),
        ("jr://file/c.csv", b"a,b\n1,2,3\n", "form.media_csv", "2"),
        ("jr://file/c.csv", b'a,b\n"1"x,2\n', "form.media_csv", "2"),
        ("jr://file/c.csv", b'a,b\n"1,2\n', "form.media_csv", "2"),
        ("jr://file/c.csv", b"a,a\n1,2\n", "form.media_column", None),
        ("jr://file/c.csv", b"a b,c\n1,2\n", "form.media_column", None),
        ("jr://file/c.geojson", b"{", "form.media_geojson", "1"),
        ("jr://file/c.geojson", b"[" * 100_000, "form.media_geojson", "1"),
        ("jr://file/c.geojson", b'{"type": "FeatureCollection", "features": NaN}', "form.media_geojson", "1"),
        ("jr://file/c.geojson", b'{"type": "Feature"}', "form.media_geojson", "1"),
        ("jr://file/c.geojson", b"9" * 5000, "form.media_geojson", "1"),
        ("jr://file/c.geojson", _geojson(_feature("MultiPoint", [[1, 2]])), "form.media_feature", "1"),
        ("jr://file/c.geojson", _geojson({"type": "Thing"}), "form.media_feature", "1"),
        ("jr://file/c.geojson", _geojson(_feature("Point", [1, 2], properties=[1])), "form.media_feature", "1"),
        ("jr://file/c.geojson", _geojson(_feature("Point", [1, 2], geometry="1 2")), "form.media_feature", "1"),
        ("jr://file/c.geojson", _geojson(_feature("Point", [1])), "form.media_feature", "1"),
        ("jr://file/c.geojson", _geojson(_feature("Point", ["1", "2"])), "form.media_feature", "1"),
        ("jr://file/c.geojson", _geojson(_feature("Point", [1, 2], properties={"a": [1]})), "form.media_feature", "1"),
        ("jr://file/c.geojson", _geojson(_feature("Point", [1, 2], properties={"a b": 1})), "form.media_column", None),
        ("jr://file/c.xml", b"<a>\n<b>", "form.media_xml", "2"),
        ("jr://file/c.xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM '/etc/passwd'>]><a>&b;</a>", "form.doctype", None),
        ("jr://file/c.db", b"", "form.media_kind", None),
    ],
)
def test_what_is_wrong_with_a_file_has_a_code_its_name_and_its_row(
    source: str, data: bytes, code: str, row: str | None
) -> None:
    with pytest.raises(FormError) as caught:
        _form(source, {source.rpartition("/")[2]: data})
    assert (caught.value.code, caught.value.details.get("row")) == (code, row)
    assert caught.value.details["file"] == source.rpartition("/")[2]
    assert caught.value.details["instance"] == "cities"


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(FormError, match=r"form\.too_large"):
        _form("jr://file/c.csv", {"c.csv": b" " * (LARGEST + 1)})


@pytest.mark.parametrize(
    ("calculate", "value"),
    [
        ("pulldata('cities', 'label', 'name', /data/q)", "One"),
        ("pulldata('cities', 'label', concat('na', 'me'), /data/q)", "One"),
        ("pulldata('cities', concat('la', 'bel'), 'name', /data/q)", "One"),
        ("pulldata('cities', 'gone', 'name', /data/q)", ""),
        ("pulldata('cities', 'label', 'gone', /data/q)", ""),
        ("pulldata('cities', '@id', 'name', /data/q)", "1"),
        ("pulldata('cities', 'label', '@id', '2')", "Other one"),
    ],
)
def test_the_first_item_is_pulled_by_an_index_or_by_a_walk(calculate: str, value: str) -> None:
    items = (
        "<item id='1'><name>a</name><label>One</label></item><item id='2'><name>a</name><label>Other one</label></item>"
    )
    form = _form("jr://file/cities.xml", {"cities.xml": f"<root>{items}</root>".encode()}, calculate)
    session = hold(form)
    session.answer("/data/q", "a")
    assert session.state("/data/r").value == value


def test_a_file_that_is_not_there_is_refused_or_empty() -> None:
    with pytest.raises(FormError, match=r"form\.missing_file") as caught:
        _form("jr://file/far/cities.csv", {})
    assert caught.value.details["file"] == "cities.csv"
    session = hold(_form("jr://file/far/cities.csv", {}, missing="empty"))
    assert session.choices("/data/q", same, "") == ()


def test_the_record_saved_last_is_blank_until_there_is_one() -> None:
    calculate = "instance('cities')/data/q"
    assert hold(_form(LAST_SAVED, {}, calculate)).state("/data/r").value == ""
    media = {LAST_SAVED: b"<data><q>before</q></data>"}
    assert hold(_form(LAST_SAVED, media, calculate)).state("/data/r").value == "before"
