"""A case as data: what an invented person answers, in order, by question name. For practice and demonstration.

The file is JSON: `person`, `languages`, `steps`, and parts that only the demonstration reads. A step is one of

    {"ask": name, "answer": text | number | [texts]}   also with "note", "flag", and "repeat" + "index" for a row
    {"ask": name, "days": -40}                         a date that many days from today
    {"ask": name, "unknown" | "declined" | "later": true}
    {"add": repeat}    {"switch": language tag}
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from protocol.errors import UserError

StepKind = Literal["answer", "unknown", "declined", "later", "add", "switch"]
Raw = Mapping[str, object]
_WITHOUT_ANSWER: tuple[StepKind, ...] = ("unknown", "declined", "later")


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One thing done at the table. `target` is a question name, a repeat name or a language tag, by `kind`.

    `value` is in XForms lexical form; `index` counts the rows of `repeat` from 1, 0 outside a repeat.
    """

    kind: StepKind
    target: str
    value: str = ""
    repeat: str = ""
    index: int = 0
    note: str = ""
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A person who does not exist. `extra` holds the parts of the file about plan and handover, as written."""

    called: str
    languages: tuple[str, ...]
    steps: tuple[CaseStep, ...]
    extra: Raw


def read_case(data: bytes, today: date) -> Case:
    """Return the case in `data`, with its dates reckoned from `today`.

    Raises UserError `practice.case_broken` for anything that is not a case.
    """
    try:
        raw = json.loads(data)
        steps = tuple(_step(step, today) for step in raw["steps"])
        return Case(raw["person"]["called"], tuple(raw["languages"]), steps, raw)
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise UserError("practice.case_broken") from error


def _step(raw: Raw, today: date) -> CaseStep:
    if "switch" in raw:
        return CaseStep("switch", str(raw["switch"]))
    if "add" in raw:
        return CaseStep("add", str(raw["add"]))
    kind: StepKind = next((each for each in _WITHOUT_ANSWER if raw.get(each)), "answer")
    return CaseStep(
        kind,
        str(raw["ask"]),
        _value(raw, today) if kind == "answer" else "",
        str(raw.get("repeat", "")),
        _index(raw.get("index", 0)),
        str(raw.get("note", "")),
        str(raw.get("flag", "")),
    )


def _value(raw: Raw, today: date) -> str:
    if "days" in raw:
        return (today + timedelta(days=_index(raw["days"]))).isoformat()
    answer = raw["answer"]
    if isinstance(answer, Sequence) and not isinstance(answer, str):
        return " ".join(str(item) for item in answer)
    return str(answer)


def _index(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value
