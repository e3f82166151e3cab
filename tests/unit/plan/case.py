"""A demonstration case in the real interview engine, as the facts a plan is derived from."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from desktop.forms import CompiledExpression, Form, FormNode, Session
from desktop.plan.derive.derive import derive
from desktop.plan.model.plan_text import NO_TEXT, PlanText, free
from desktop.plan.model.support_plan import SupportPlan
from desktop.plan.region.region_reader import read_region
from desktop.plan.region.region_rules import Region
from protocol.canonical import JsonValue
from protocol.identifiers import InstanceId
from protocol.times import SettableClock
from tests import places
from tests.content import intake

ROOT = places.ROOT
TODAY = date(2026, 11, 22)
MOMENT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def interview() -> Form:
    return intake()


@cache
def region() -> Region:
    return read_region(ROOT / "desktop" / "plan" / "library" / "regio_voorbeeld.md", "md", interview())


@cache
def demo_case(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((ROOT / "demo" / f"case_{name}.json").read_text("utf-8"))
    return found


@dataclass(frozen=True)
class SessionAnswers:
    """Facts over a session; every answer was given on one day."""

    session: Session
    day: date = TODAY

    def _nodes(self, name: str) -> list[FormNode]:
        return [node for node in self.session.form.outline().walk() if node.name == name]

    def _places(self, name: str) -> list[str]:
        repeats = [node for node in self.session.form.outline().walk() if node.kind == "repeat"]
        found = []
        for node in self._nodes(name):
            outer = next((each for each in repeats if node.path.startswith(f"{each.path}/")), None)
            rows = self.session.instances(outer.path) if outer else ("",)
            found += [f"{row}{node.path.removeprefix(outer.path)}" if outer else node.path for row in rows]
        return found

    def evaluate(self, expression: object) -> str | float | bool:
        """Return the value of an expression."""
        assert isinstance(expression, CompiledExpression)
        return self.session.evaluate(expression, None)

    def refs(self, name: str) -> tuple[str, ...]:
        """Return the addresses of the answers that are given."""
        states = [(ref, self.session.state(ref)) for ref in self._places(name)]
        return tuple(ref for ref, state in states if state.value and state.relevant)

    def value(self, name: str) -> str:
        """Return the first answer."""
        return next((self.session.state(ref).value for ref in self.refs(name)), "")

    def label(self, name: str, value: str) -> PlanText:
        """Return the label of a choice."""
        for ref in self._places(name)[:1]:
            labels = {each.value: each.text for each in self.session.choices(ref, lambda msgid: msgid, "nl")}
            return PlanText(labels.get(value, value))
        return free(value)

    def text(self, name: str) -> PlanText:
        """Return the answer as people read it."""
        value = self.value(name)
        if not value:
            return NO_TEXT
        if self._nodes(name)[0].type in {"select1", "select", "rank"}:
            return free(", ".join(self.label(name, code).dutch for code in value.split()))
        return free(value)

    def answered(self, name: str) -> date | None:
        """Return the one day."""
        return self.day if self.refs(name) else None

    def rows(self, repeat: str) -> tuple[Mapping[str, str], ...]:
        """Return the instances of a repeat."""
        node = next((each for each in self._nodes(repeat) if each.kind == "repeat"), None)
        if node is None:
            return ()
        return tuple(
            {
                each.name: self.session.state(f"{row}{each.path.removeprefix(node.path)}").value
                for each in node.walk()
                if each.kind in {"question", "calculate"}
            }
            for row in self.session.instances(node.path)
        )


def blank() -> SessionAnswers:
    """Open the interview without an answer."""
    return SessionAnswers(Session(interview(), clock=SettableClock(MOMENT), random=random.Random(1)))  # noqa: S311  # no secret


@cache
def question_paths() -> Mapping[str, str]:
    return {node.name: node.path for node in interview().outline().walk()}


def answered(**values: str | Sequence[Mapping[str, str]]) -> SessionAnswers:
    """Answer only what is given: a text per question, or for a repeat its instances, each a text per question."""
    facts, paths = blank(), question_paths()
    for name, value in values.items():
        if isinstance(value, str):
            facts.session.answer(paths[name], value)
            continue
        for number, row in enumerate(value, start=1):
            ref, _outcome = facts.session.add_repeat(paths[name], InstanceId(f"0000000{number}"))
            for question, answer in row.items():
                facts.session.answer(f"{ref}{paths[question].removeprefix(paths[name])}", answer)
    return facts


def answers(name: str = "haarlem") -> SessionAnswers:
    """Answer the steps of a case in a new session."""
    session, paths = blank().session, question_paths()
    added: dict[str, list[str]] = {}
    for step in demo_case(name)["steps"]:
        if "add" in step:
            number = len(added.setdefault(step["add"], [])) + 1
            ref, _outcome = session.add_repeat(paths[step["add"]], InstanceId(f"0000000{number}"))
            added[step["add"]].append(ref)
        elif "ask" in step and ("answer" in step or "days" in step):
            path = paths[step["ask"]]
            if "repeat" in step:
                row = added[step["repeat"]][step.get("index", 1) - 1]
                path = f"{row}{path.removeprefix(paths[step['repeat']])}"
            session.answer(path, _value(step))
    return SessionAnswers(session)


def _value(step: Mapping[str, Any]) -> str:
    if "days" in step:
        return (TODAY + timedelta(days=step["days"])).isoformat()
    found = step["answer"]
    return " ".join(map(str, found)) if isinstance(found, list) else str(found)


def edits(name: str = "haarlem") -> dict[str, JsonValue]:
    """Return what the caseworker of a case decides, as plan fields."""
    plan = demo_case(name)["plan"]
    found: dict[str, JsonValue] = {f"route/{route}/reason": text for route, text in plan["reasons"].items()}
    found |= {edit["field"]: edit["value"] for edit in plan.get("edits", [])}
    found |= {"route/proposed": plan["proposed"], "route/region": plan.get("region_route")}
    found |= {"own_words": plan["own_words"]["nl"], "own_words/other": plan["own_words"]["other"]}
    return found


@cache
def plan(name: str = "haarlem") -> SupportPlan:
    """Return the plan of a case."""
    case = demo_case(name)
    return derive(
        answers(name),
        edits(name),
        region(),
        TODAY,
        caseworker=case["worker"]["name"],
        municipality=case["receiver"]["name"],
    )
