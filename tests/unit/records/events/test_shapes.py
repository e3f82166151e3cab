"""A field that comes, goes or changes without a new version would make rows of yesterday unreadable. It fails here.

To change a body: raise its VERSION, teach `upcasting` to lift the version before, add the new shape and a golden row.
"""

import json
from typing import Any, get_args, get_origin, get_type_hints

from msgspec.structs import fields

from desktop.records.events.kinds import BODIES
from desktop.records.events.upcasting import UPCASTERS
from tests import places

VECTORS = places.VECTORS / "journal"
SHAPES: dict[str, dict[str, dict[str, str]]] = json.loads((VECTORS / "shapes.json").read_text("utf-8"))
GOLDEN: Any = json.loads((VECTORS / "rows_v1.json").read_text("utf-8"))


def _shape(kind: str) -> dict[str, str]:
    hints = get_type_hints(BODIES[kind])
    return {field.encode_name: _name(hints[field.name]) for field in fields(BODIES[kind])}


def _name(hint: object) -> str:
    words = get_args(hint)
    if words and all(isinstance(word, str) for word in words):
        return "one of " + ", ".join(sorted(words))
    if get_origin(hint) is tuple:
        return "texts"
    if hint is Any or get_origin(hint) is not None or words:
        return "any"
    return {bool: "yes or no", int: "number"}.get(hint, "text")  # type: ignore[call-overload,no-any-return]  # a type


def test_every_kind_has_the_shape_its_version_had_when_it_was_first_written() -> None:
    assert set(SHAPES) == set(BODIES)
    for kind, body in BODIES.items():
        assert _shape(kind) == SHAPES[kind][str(body.VERSION)], kind


def test_every_version_ever_written_is_kept_can_be_lifted_and_has_a_golden_row() -> None:
    written = [json.loads(row["plaintext"]) for row in GOLDEN["rows"]]
    golden = {(event["k"], event["v"]) for event in written}
    for kind, body in BODIES.items():
        versions = range(1, body.VERSION + 1)
        assert set(SHAPES[kind]) == {str(version) for version in versions}
        assert all((kind, version) in golden for version in versions)
        assert all((kind, version) in UPCASTERS for version in versions if version < body.VERSION)
