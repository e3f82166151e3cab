"""Recorded scenarios: `scenario_cases.json`, its forms in `scenario_forms/`, their files in `scenario_resources/`."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from desktop.forms import Form, FormError, Session
from desktop.forms.document.xml_reader import read_xml
from desktop.forms.model.build import read_form
from desktop.forms.session.instance_document import instance_document
from desktop.forms.session.restoring import edit_record, resume_record
from desktop.forms.xpath.tree import Node
from tests.conformance.agreement import Check
from tests.conformance.observe import same
from tests.conformance.replay import Replay, alike, begun, surroundings_of

Case = Mapping[str, Any]
_TIERS = {"passes-upstream": "all", "known-failing-in-web-forms": "failing there", "error-here": "error there"}
_ANSWERS = {"answerOf", "choicesOf", "countRepeatInstancesOf", "attributeOf", "proposed_serializeInstance"}


def checks(directory: Path, file: str) -> Iterator[Check]:
    """Yield one check per node that changed at a step, per answer of a query, and per form that must not load."""
    for case in json.loads((directory / file).read_text("utf-8")):
        yield from _Scenario(directory, case).checks()


def _is_error(result: object) -> bool:
    """Tell whether the test around the recorded engine failed to say what it saw."""
    return isinstance(result, dict) and "$error" in result


def _is_unsaid(step: Case) -> bool:
    """Tell whether the recording does not say what a step did, so that nobody can follow it."""
    if step["k"] == "fork" and step["args"]:
        return bool(step["args"][0].get("data") == [{}])
    return step["k"] == "action" and not isinstance(step.get("stored", ""), str)


class _Scenario:
    """One case, its sessions by the number the recording gives them."""

    def __init__(self, directory: Path, case: Case) -> None:
        self._directory = directory
        self._case = case
        self._replays: dict[int, Replay] = {}
        status = str(case["status"])
        self._tier = _TIERS.get(status, status)

    def checks(self) -> Iterator[Check]:
        """Yield the checks up to the first crash, or to a document or an answer that the recording leaves out."""
        queried: object = None
        for number, step in enumerate(self._case["steps"]):
            at = f"step {number} {step.get('op', step['k'])}"
            if _is_unsaid(step):
                return
            try:
                if step["k"] == "query":
                    queried = self._queried(step)
                yield from self._step(at, step, queried)
            except Exception as error:  # noqa: BLE001  # a crash is a disagreement
                yield self._check(
                    at, step.get("result", "goes on"), f"crash: {type(error).__name__}: {error}", agrees=False
                )
                return

    def _check(self, at: str, expected: object, found: object, *, agrees: bool | None = None) -> Check:
        same_value = alike(expected, found) if agrees is None else agrees
        return Check(self._case["id"], self._tier, at, expected, found, same_value)

    def _step(self, at: str, step: Case, queried: object) -> Iterator[Check]:
        if step["k"] == "init":
            yield from self._started(at, step)
        elif step["k"] == "fork":
            yield from self._forked(at, step)
        elif step["k"] == "action" and "threw" not in step:
            self._act(step)
            yield from self._compared(at, step, step["sc"])
        elif step["k"] == "query" and step["op"] in _ANSWERS and "threw" not in step and not _is_error(step["result"]):
            expected = step.get("choices", step["result"]) if step["op"] == "choicesOf" else step["result"]
            yield self._check(f"{at} {step['args']}", expected, queried)

    def _started(self, at: str, step: Case) -> Iterator[Check]:
        try:
            form = self._form(step["form"])
            replay = Replay(self._begun(step["form"], form), self._case)
        except FormError as error:
            yield self._check(at, step.get("threw", "loads"), error.code, agrees="threw" in step)
            if "threw" not in step:
                raise
            return
        if "threw" in step:
            yield self._check(at, step["threw"], "loads", agrees=False)
            return
        replay.language = next((name for name, _, active in step["languages"] if active), "")
        self._replays[step["sc"]] = replay
        yield from self._compared(at, step, step["sc"])

    def _begun(self, number: int, form: Form) -> Session:
        document = self._case["forms"][number].get("options", {}).get("editInstance")
        if document is None:
            return begun(form, self._case)
        return edit_record(form, document.encode(), surroundings_of(self._case)).session

    def _form(self, number: int) -> Form:
        written = self._case["forms"][number]
        media = {
            resource["fileName"]: (self._directory / "scenario_resources" / resource["file"]).read_bytes()
            for resource in written.get("resources", {}).values()
        }
        return read_form(self._document(written["xml"]), media=media)

    def _document(self, name: str) -> Node:
        return read_xml((self._directory / "scenario_forms" / name).read_bytes())

    def _forked(self, at: str, step: Case) -> Iterator[Check]:
        replay = self._replays[step["sc"]]
        if "new_sc" not in step or step["new_sc"] in self._replays:
            return
        made = Replay(self._fork(step["op"], replay.session), self._case, replay.language)
        self._replays[step["new_sc"]] = made
        yield from self._compared(at, step, step["new_sc"])

    def _fork(self, op: str, session: Session) -> Session:
        if op == "newInstance":
            return begun(session.form, self._case)
        document = instance_document(session)
        again = edit_record if op == "editCurrentInstance" else resume_record
        return again(session.form, document, surroundings_of(self._case)).session

    def _compared(self, at: str, step: Case, number: int) -> Iterator[Check]:
        delta = step.get("delta")
        if delta is not None:
            for check in self._replays[number].compare(at, delta):
                yield Check(check.case, self._tier, check.at, check.expected, check.found, check.agrees)

    def _act(self, step: Case) -> None:
        replay = self._replays[step["sc"]]
        op, args = step["op"], step["args"]
        if op == "answer":
            replay.session.answer(replay.ref(step["ref"]), step["stored"])
        elif op == "createNewRepeat":
            path = step["at"]["ref"]
            around, _, number = path.removesuffix("]").rpartition("[")
            replay.session.add_repeat(replay.ref(f"{around}#range"), at=int(number) - 1)
        elif op == "removeRepeat":
            replay.session.remove_repeat(replay.ref(args[0]))
        elif op == "setLanguage":
            replay.language = args[0]

    def _queried(self, step: Case) -> object:
        if step["op"] not in _ANSWERS or "threw" in step:
            return None
        replay, args = self._replays[step["sc"]], step["args"]
        if step["op"] == "proposed_serializeInstance":
            return instance_document(replay.session).decode()
        if step["op"] == "countRepeatInstancesOf":
            return len(replay.session.instances(replay.ref(f"{args[0]}#range")))
        node = replay.node(args[0] if isinstance(args[0], str) else args[0]["assertCurrentReference"])
        if step["op"] == "attributeOf":
            return node.get(args[1])
        if step["op"] == "choicesOf":
            choices = replay.session.choices(replay.ref(args[0]), same, replay.language)
            return [[choice.value, choice.text] for choice in choices]
        return node.text
