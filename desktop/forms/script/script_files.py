"""Scripts from files: a table in Markdown, or JSON.

Markdown: every table whose first row names the columns `step`, `at` and `value` holds steps; other columns, rows
without a step, other tables and all text around them are for the reader. JSON: a list of steps, or an object with
`steps` and the settings; a step is an object with `step`, `at` and `value`, and perhaps a `remark`.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop.forms.errors import FormError
from desktop.forms.script.steps import FIRST_ZONE, NEEDS_PLACE, SETTINGS, VERBS, Script, ScriptStep, nearest

ScriptKind = Literal["md", "json"]
"""What a script file is."""

MOST_STEPS = 20_000
"""Steps a script may have."""

_BORDER = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")
_KEYS = frozenset({"step", "at", "value", "remark"})
_STEPS_OF_JSON = re.compile(r'"step"\s*:')


def read_script(text: str, kind: ScriptKind) -> Script:
    """Return the script in `text`.

    Raises FormError with the `line` it is about: `script.unreadable`, `script.no_steps`, `script.too_long`,
    `script.unknown_step`, `script.place_needed`, `script.value`, and `script.too_late` for a setting after the first
    action.
    """
    steps = list(_json(text) if kind == "json" else _markdown(text))
    if not steps:
        raise FormError("script.no_steps")
    if len(steps) > MOST_STEPS:
        raise FormError("script.too_long", line=steps[MOST_STEPS].line)
    for step in steps:
        if step.verb not in VERBS:
            raise step.error("script.unknown_step", near=nearest(step.verb, VERBS))
        if step.verb in NEEDS_PLACE and not step.at:
            raise step.error("script.place_needed")
    return _take_settings(steps)


def moment_of(step: ScriptStep, zone: str) -> datetime:
    """Return the moment that `step` sets the clock to, in UTC; a time without an offset is one in `zone`.

    Raises FormError `script.value`.
    """
    try:
        moment = datetime.fromisoformat(step.value)
        local = moment if moment.tzinfo is not None else moment.replace(tzinfo=ZoneInfo(zone))
        return local.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise step.error("script.value", value=step.value) from error


def _take_settings(steps: Sequence[ScriptStep]) -> Script:
    """Take the settings at the front into the script itself."""
    first = next((index for index, step in enumerate(steps) if step.verb not in SETTINGS), len(steps))
    late = next((step for step in steps[first:] if step.verb in SETTINGS and step.verb != "now"), None)
    if late is not None:
        raise late.error("script.too_late")
    given = {step.verb: step for step in steps[:first]}
    zone = given["zone"].value if "zone" in given else FIRST_ZONE
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise given.get("zone", ScriptStep("zone", "", zone, 1)).error("script.value", value=zone) from error
    return Script(
        steps=tuple(steps[first:]),
        now=moment_of(given["now"], zone) if "now" in given else None,
        zone=zone,
        seed=_whole(given["seed"]) if "seed" in given else None,
        properties=MappingProxyType({step.at: step.value for step in steps[:first] if step.verb == "property"}),
    )


def _whole(step: ScriptStep) -> int:
    if not re.fullmatch(r"-?\d{1,15}", step.value):
        raise step.error("script.value", value=step.value)
    return int(step.value)


def _markdown(text: str) -> Iterator[ScriptStep]:
    columns: Mapping[str, int] | None = None
    inside = False
    for line, written in enumerate(text.splitlines(), start=1):
        bare = written.strip()
        if not bare.startswith("|"):
            columns, inside = None, False
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in _BORDER.split(bare)[1:]]
        if not inside:
            inside, columns = True, _columns(cells)
        elif columns is not None and not all(_RULE.fullmatch(cell) for cell in cells if cell):
            verb, at, value = (cells[index] if index < len(cells) else "" for index in columns.values())
            if verb:
                yield ScriptStep(_verb(verb), _bare(at), _bare(value), line)


def _columns(cells: Sequence[str]) -> Mapping[str, int] | None:
    names = [cell.casefold() for cell in cells]
    if "step" not in names:
        return None
    return {name: names.index(name) if name in names else len(names) for name in ("step", "at", "value")}


def _verb(written: str) -> str:
    return " ".join(_bare(written).casefold().replace("_", " ").split())


def _bare(cell: str) -> str:
    """Take the backticks of Markdown away that set a cell as code."""
    return cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == "`" else cell


def _json(text: str) -> Iterator[ScriptStep]:
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise FormError("script.unreadable", line=line) from error
    lines = [text.count("\n", 0, match.start()) + 1 for match in _STEPS_OF_JSON.finditer(text)]
    if isinstance(found, dict):
        yield from _settings(found)
        found = found.get("steps")
    if not isinstance(found, list):
        raise FormError("script.no_steps")
    for index, each in enumerate(found):
        line = lines[index] if index < len(lines) else 1
        if not isinstance(each, dict) or not isinstance(each.get("step"), str) or set(each) - _KEYS:
            raise FormError("script.unreadable", line=line)
        verb = _verb(each["step"])
        yield ScriptStep(verb, _as_text(each.get("at"), verb), _as_text(each.get("value"), verb), line)


def _settings(found: Mapping[str, Any]) -> Iterator[ScriptStep]:
    properties = found.get("properties", {})
    unknown = sorted(set(found) - {"steps", "properties", "remark", *SETTINGS})
    if unknown or not isinstance(properties, dict):
        name = unknown[0] if unknown else "properties"
        raise FormError("script.unknown_step", line=1, step=name, near=nearest(name, VERBS))
    for name in ("zone", "now", "seed"):
        if name in found:
            yield ScriptStep(name, "", _as_text(found[name], name), 1)
    for name, value in properties.items():
        yield ScriptStep("property", name, _as_text(value, "property"), 1)


def _as_text(value: object, verb: str) -> str:
    """Return a JSON value as a table would have it: a list with spaces in an answer, with commas elsewhere."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return (" " if verb == "answer" else ", ").join(_as_text(each, verb) for each in value)
    return json.dumps(value) if isinstance(value, dict) else str(value)
