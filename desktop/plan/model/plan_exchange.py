"""A plan as JSON for other programs: the words as both columns show them, with a published schema.

`docs/formats/plan.md` has the fields, `docs/formats/plan.schema.json` what `exchange_schema` returns (JSON Schema
2020-12). Pure: the same bytes for the same plan.
"""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from desktop.plan.model.frozen_plan import PlanColumns, encode, in_words
from desktop.plan.model.plan_text import PlanText
from desktop.plan.model.support_plan import SupportPlan

FORMAT = "opmaat-plan/1"
"""What `format` says; a reader refuses another number after the stroke, and takes unknown fields for nothing."""

_TEXT = {
    "type": "object",
    "description": "One text: in Dutch, and in the language of the person; blank where there is no translation.",
    "properties": {"nl": {"type": "string"}, "other": {"type": "string"}},
    "required": ["nl", "other"],
}


@dataclass(frozen=True, slots=True)
class PlanOrigin:
    """Where a plan comes from: its case number, the organisation, which version, its seal when it was signed."""

    case: str
    organisation: str
    version: int
    seal: str = ""


def exchanged(plan: SupportPlan, columns: PlanColumns, origin: PlanOrigin) -> bytes:
    """Return `plan` as UTF-8 JSON with keys in order; a date is `yyyy-mm-dd`."""
    known = {"format": FORMAT, "language": columns.tag, **dataclasses.asdict(origin)}
    return encode({**known, "plan": _plain(in_words(plan, columns))})


def exchange_schema() -> dict[str, Any]:
    """Return the JSON Schema of what `exchanged` writes."""
    found = msgspec.json.schema(SupportPlan)
    parts = {name: _bare(part) for name, part in found["$defs"].items()}
    texts = {"format": {"const": FORMAT}, "language": {"type": "string"}, "case": {"type": "string"}}
    origin = {"organisation": {"type": "string"}, "version": {"type": "integer"}, "seal": {"type": "string"}}
    properties = {**texts, **origin, "plan": {"$ref": found["$ref"]}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "$defs": {**parts, "PlanText": _TEXT},
    }


def _plain(value: Any) -> Any:  # noqa: ANN401  # any value of any field of a plan
    if isinstance(value, PlanText):
        return {"nl": value.source, "other": value.other} if value.free else {"nl": value.dutch, "other": ""}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    return value


def _bare(part: Any) -> Any:  # noqa: ANN401  # any part of a schema
    """Return a part of a schema without defaults: every field is written."""
    if isinstance(part, dict):
        bare = {name: _bare(value) for name, value in part.items() if name not in {"default", "description"}}
        if bare.get("type") == "object" and "properties" in bare:
            bare["required"] = list(bare["properties"])
        return bare
    return [_bare(item) for item in part] if isinstance(part, list) else part
