"""Secondary instances that stand in a file beside the form (ODK XForms "Secondary Instances - External").

The files come in as bytes by name; which one is meant is the last part of `src`. CSV and GeoJSON become the XML-like
tree that the specification lays down: `root`, an `item` for each row or feature, and an element for each column.
"""

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, NoReturn
from urllib.parse import unquote

from desktop.forms.document.definition import Definition
from desktop.forms.document.problem_collector import ProblemCollector
from desktop.forms.document.xml_reader import LARGEST, read_xml
from desktop.forms.errors import FormError
from desktop.forms.model.searches import search_in, searched_file
from desktop.forms.xpath.tokens import NAME
from desktop.forms.xpath.tree import ATTRIBUTE, ELEMENT, Node
from desktop.forms.xpath.values import number_text
from desktop.kernel import collector

LAST_SAVED = "jr://instance/last-saved"
"""The source of the instance that holds the record saved before this one; blank unless `media` has it by this name."""

Missing = Literal["refuse", "empty"]
"""What to do about a file that is not there: a problem, or an instance without content."""

MOST_CELLS = 2_000_000
"""Cells of one table."""
MOST_LACKING = 200_000
"""Cells that the rows of one table may lack: each is filled in, so a small file could become a large tree."""
MOST_COLUMNS = 500
"""Columns of one table."""

_DELIMITERS = ",;\t"
_NAME = re.compile(NAME)
_ENDS = re.compile(r"[\r\n]+\Z")


@collector.pause_collection()
def with_media(
    definition: Definition, media: Mapping[str, bytes], report: ProblemCollector, missing: Missing = "refuse"
) -> Definition:
    """Return `definition` with the content of the files its instances name; itself where they name none.

    Raises FormError, or reports it: `form.missing_file`, `form.media_kind`, `form.media_csv`, `form.media_column`,
    `form.media_geojson`, `form.media_xml` or `form.too_large`, each with the name of the `file`.
    """
    sources = {name: instance.get("src") for name, instance in definition.instances.items()}
    outside = {name: source for name, source in {**dict(_find_searches(definition)), **sources}.items() if source}
    if not outside:
        return definition
    filled = dict(definition.instances)
    for name, source in outside.items():
        filled[name] = _element("instance")
        with report.entry(instance=name):
            filled[name] = _content(source, media, missing)
    return replace(definition, instances=filled)


def _find_searches(definition: Definition) -> Iterator[tuple[str, str]]:
    """Yield the name and the source of the lists that the body calls search() for; a broken call is told elsewhere."""
    for control in definition.controls():
        try:
            call = search_in(control.attributes.get("appearance", ""))
        except FormError:
            continue
        if call is not None:
            name, file = searched_file(call)
            yield name, f"jr://file-csv/{file}"


def file_of(source: str) -> str:
    """Return the name of the file that a `src` means: its last part."""
    return unquote(source.rpartition("/")[2])


def _content(source: str, media: Mapping[str, bytes], missing: Missing) -> Node:
    instance = _element("instance")
    if source == LAST_SAVED:
        instance.attributes = (Node(ATTRIBUTE, "src", LAST_SAVED),)
        if LAST_SAVED in media:
            instance.append(_xml(media[LAST_SAVED]))
        return instance
    name = file_of(source)
    data = media.get(name)
    if data is None:
        if missing == "empty":
            return instance
        raise FormError("form.missing_file", file=name)
    try:
        instance.append(_reader(source)(data))
    except FormError as error:
        raise error.located(file=name) from error
    return instance


def _reader(source: str) -> Callable[[bytes], Node]:
    ending = source.rpartition(".")[2].casefold()
    if source.startswith("jr://file-csv/") or ending == "csv":
        return _csv
    if ending == "geojson":
        return _geojson
    if ending == "xml":
        return _xml
    raise FormError("form.media_kind")


def _element(name: str, text: str = "") -> Node:
    return Node(ELEMENT, name, text)


def _xml(data: bytes) -> Node:
    try:
        document = read_xml(data)
    except FormError as error:
        if error.code != "form.xml":
            raise
        raise FormError("form.media_xml", row=error.details.get("row", "1")) from error
    return next(document.elements())


def _text(data: bytes, code: str) -> str:
    if len(data) > LARGEST:
        raise FormError("form.too_large")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormError(code, row=data.count(b"\n", 0, error.start) + 1) from error
    if "\0" in text:
        raise FormError(code, row=text.count("\n", 0, text.index("\0")) + 1)
    return text


def _csv(data: bytes) -> Node:
    text = _ENDS.sub("", _text(data, "form.media_csv"))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        columns = _columns(next(rows, []))
        return _table(columns, rows)
    except csv.Error as error:
        raise FormError("form.media_csv", row=rows.line_num) from error


def _delimiter(text: str) -> str:
    """Return the delimiter of the header, the first of those the specification names when several are as frequent."""
    header = re.split(r"[\r\n]", re.sub(r'"[^"]*"', "", text[:100_000]), maxsplit=1)[0]
    return max(_DELIMITERS, key=header.count)


def _columns(header: Sequence[str]) -> list[str]:
    columns = [name.strip() for name in header]
    while columns and not columns[-1]:
        columns.pop()
    if not columns:
        raise FormError("form.media_csv", row=1)
    if len(columns) > MOST_COLUMNS:
        raise FormError("form.too_large")
    seen: set[str] = set()
    for column in columns:
        if not _NAME.fullmatch(column) or column in seen:
            raise FormError("form.media_column", name=column)
        seen.add(column)
    return columns


def _table(columns: Sequence[str], rows: Iterator[list[str]]) -> Node:
    """Return the items of a table. A blank line is an item, as in ODK's own engines, without cells."""
    root = _element("root")
    room, lacking = MOST_CELLS, MOST_LACKING
    for number, cells in enumerate(rows, start=2):
        room -= len(columns) if cells else 1
        lacking -= max(0, len(columns) - len(cells)) if cells else 0
        if room < 0 or lacking < 0:
            raise FormError("form.too_large")
        if any(cells[len(columns) :]):
            raise FormError("form.media_csv", row=number)
        item = root.append(_element("item"))
        for index, column in enumerate(columns if cells else ()):
            item.append(_element(column, cells[index] if index < len(cells) else ""))
    return root


def _geojson(data: bytes) -> Node:
    try:
        found = json.loads(_text(data, "form.media_geojson"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise FormError("form.media_geojson", row=getattr(error, "lineno", 1)) from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or found.get("type") != "FeatureCollection":
        raise FormError("form.media_geojson", row=1)
    root = _element("root")
    for number, feature in enumerate(features, start=1):
        try:
            root.append(_item(feature))
        except (TypeError, ValueError, KeyError, IndexError, OverflowError) as error:
            raise FormError("form.media_feature", row=number) from error
    return root


def _no_number(_: str) -> NoReturn:
    raise ValueError


def _item(feature: Mapping[str, object]) -> Node:
    """Return the item of a feature. What is not one raises TypeError, ValueError, KeyError or IndexError."""
    if feature["type"] != "Feature":
        raise ValueError
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        raise TypeError
    values = properties if feature.get("id") is None else {**properties, "id": feature["id"]}
    item = _element("item")
    item.append(_element("geometry", _geometry(feature["geometry"])))
    for name, value in values.items():
        if not _NAME.fullmatch(name) or name == "geometry":
            raise FormError("form.media_column", name=name)
        if value is not None:
            item.append(_element(name, _primitive(value)))
    return item


def _primitive(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return _number(value)
    raise TypeError


def _number(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError
    return str(value) if isinstance(value, int) else number_text(value)


def _geometry(geometry: object) -> str:
    """Return a geometry as a geopoint, geotrace or geoshape; a place that has no height is at height 0."""
    if not isinstance(geometry, dict):
        raise TypeError
    coordinates = geometry["coordinates"]
    if geometry["type"] == "Point":
        return _point(coordinates)
    if geometry["type"] == "Polygon":
        coordinates = coordinates[0] if coordinates else []
    elif geometry["type"] != "LineString":
        raise ValueError
    return "; ".join(map(_point, coordinates))


def _point(place: Sequence[object]) -> str:
    longitude, latitude, *rest = place
    height = _number(rest[0]) if rest else "0"
    return f"{_number(latitude)} {_number(longitude)} {height} 0"
