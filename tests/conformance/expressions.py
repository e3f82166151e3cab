"""Recorded expressions: `xpath_cases.json` over the documents of `xpath_contexts.json`, and JavaRosa's without one."""

import json
import math
import random
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from desktop.forms.document.definition import parse_definition
from desktop.forms.document.xml_reader import read_xml
from desktop.forms.errors import FormError
from desktop.forms.xpath.code import Context
from desktop.forms.xpath.compiler import Compiler
from desktop.forms.xpath.scope import PREFIXES, PlainScope
from desktop.forms.xpath.tree import (
    ATTRIBUTE,
    COMMENT,
    DOCUMENT,
    ELEMENT,
    INSTRUCTION,
    TEXT,
    Node,
    content,
    string_value,
)
from desktop.forms.xpath.values import Value, to_number, to_text, to_truth
from tests.conformance.agreement import Check

Case = Mapping[str, Any]
_CLOSE = 1e-12
_NUMBERS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}
_ANY_MOMENT = datetime(2026, 11, 22, 3, 46, tzinfo=UTC)
_ERROR = {"$throws": True}
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*>")
_DECLARED = re.compile(r"xmlns:([\w.-]+)=[\"']([^\"']*)[\"']")
_STEPS = {ELEMENT: "*", TEXT: "text()", COMMENT: "comment()", INSTRUCTION: "processing-instruction()"}


class RecordedEnvironment:
    """The environment of one case: its clock and zone, and the texts of its document where that is a form."""

    def __init__(self, case: Case, texts: Callable[[str], str]) -> None:
        self.zone: tzinfo | None = ZoneInfo(case.get("tz", "UTC"))
        self.random = random.Random(1)  # noqa: S311  # a run repeats itself
        self.shuffle = 1
        self._now = datetime.fromtimestamp(case["now_ms"] / 1000, UTC) if "now_ms" in case else _ANY_MOMENT
        self._texts = texts

    def now(self) -> datetime:
        """Return the moment of the recording."""
        return self._now

    def itext(self, identifier: str, node: Node) -> str:
        """Return a text of the document in its default language."""
        del node
        return self._texts(identifier)

    def choice_label(self, node: Node, value: str) -> str:
        """Know no choices: a document has none."""
        del node
        return value

    def property(self, name: str) -> str:
        """Know no properties."""
        del name
        return ""


def checks(directory: Path, file: str) -> Iterator[Check]:
    """Yield one check per case of `file`."""
    contexts: Mapping[str, str] = {}
    if (directory / "xpath_contexts.json").is_file():
        contexts = json.loads((directory / "xpath_contexts.json").read_text("utf-8"))
    for case in json.loads((directory / file).read_text("utf-8")):
        text = contexts.get(case.get("context_id", ""), "<root/>")
        expected = case["expected"]
        found = _outcome(case, text)
        agrees = _agrees(case, expected, found)
        yield Check(case["id"], f"tier {case['tier']}", case["expr"], expected, found, agrees)


def _outcome(case: Case, text: str) -> object:
    try:
        return _evaluated(case, text)
    except FormError:
        return _ERROR
    except Exception as error:  # noqa: BLE001  # a crash is a disagreement
        return {"$crash": type(error).__name__}


def _evaluated(case: Case, text: str) -> object:
    document = read_xml(_DOCTYPE.sub("", text).encode(), keep_space=True)
    paths = _canonical(document)
    nodes = {path: node for node, path in paths.values()}
    node = nodes[case.get("context_path", "/")]
    environment = RecordedEnvironment(case, _texts(document))
    scope = PlainScope({**PREFIXES, **dict(_DECLARED.findall(text))}, _instances(document))
    if case.get("engine") == "xforms":
        _stand_alone(document)
    value = Compiler(scope).compile(case["expr"]).run(Context(node, environment))
    return _as(case, value, environment, {key: path for key, (_, path) in paths.items()})


def _texts(document: Node) -> Callable[[str], str]:
    try:
        definition = parse_definition(document)
    except FormError:
        return lambda _: ""
    texts = definition.itext.get(definition.default_language, {})

    def find(identifier: str) -> str:
        text = texts.get(identifier)
        if text is None:
            return ""
        return next((string_value(value) for value in text.elements("value") if not value.has("form")), "")

    return find


def _instances(document: Node) -> Mapping[str, Node]:
    found = [node for node in document.walk() if node.kind == ELEMENT and node.name == "instance"]
    return {node.get("id") or next((each.get("id") for each in node.elements()), ""): node for node in found}


def _stand_alone(document: Node) -> None:
    """Let an absolute path in a form start at its primary instance, as ODK XForms "Primary Instance" says."""
    instance = next((node for node in document.walk() if node.kind == ELEMENT and node.name == "instance"), None)
    if instance is not None:
        instance.kind, instance.parent = DOCUMENT, None


def _canonical(document: Node) -> dict[int, tuple[Node, str]]:
    """Return the path of every node and attribute by its identity."""
    found = {id(document): (document, "/")}
    waiting = [(document, "")]
    while waiting:
        node, path = waiting.pop()
        counts: dict[str, int] = {}
        for child in content(node):
            name = _STEPS[child.kind]
            counts[name] = counts.get(name, 0) + 1
            below = f"{path}/{name}[{counts[name]}]"
            found[id(child)] = (child, below)
            waiting.append((child, below))
        for attribute in node.attributes:
            if attribute.kind == ATTRIBUTE:
                found[id(attribute)] = (attribute, f"{path}/@{attribute.qualified}")
    return found


def _as(case: Case, value: Value, environment: RecordedEnvironment, paths: Mapping[int, str]) -> object:
    kind = case["type"]
    if kind == "boolean":
        return to_truth(value)
    if kind in {"number", "number-rounded"}:
        number = float(to_number(value, environment.zone))
        factor = case.get("factor", 1)
        whole = kind == "number-rounded" and math.isfinite(number)
        return math.floor(number * factor + 0.5) / factor if whole else number
    if kind in {"nodeset", "nodeset-unordered", "node"}:
        return [paths.get(id(node), "?") for node in value] if isinstance(value, list) else to_text(value)
    return len(to_text(value)) if kind == "string-length" else to_text(value)


def _agrees(case: Case, expected: Any, found: Any) -> bool:  # noqa: ANN401  # whatever the case holds
    kind = case["type"]
    if kind == "error" or isinstance(found, dict):
        return bool(kind == "error" and found == _ERROR)
    if kind in {"number", "number-rounded"}:
        return _same_number(_number(expected), found)
    if kind == "string" and isinstance(expected, int | float | dict):
        expected = to_text(_number(expected))
    return _same(kind, expected, found)


def _same(kind: str, expected: Any, found: Any) -> bool:  # noqa: ANN401  # whatever the case holds
    if kind == "string-matches":
        flags = re.IGNORECASE if "i" in expected.get("flags", "") else 0
        return re.search(expected["$regex"], found, flags) is not None
    if kind == "nodeset-unordered":
        return sorted(expected) == sorted(found)
    if kind == "node":
        return bool(found) and found[0] == expected
    return bool(expected == found)


def _number(expected: Any) -> float:  # noqa: ANN401  # a number, or a word for one that JSON has not
    return _NUMBERS[expected["$num"]] if isinstance(expected, dict) else float(expected)


def _same_number(expected: float, found: float) -> bool:
    if math.isnan(expected) or math.isnan(found):
        return math.isnan(expected) and math.isnan(found)
    return math.isclose(expected, found, rel_tol=_CLOSE) or expected == found
