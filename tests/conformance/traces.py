"""Recorded random walks: `oracle_traces.json`, with their forms in `trace_forms/`."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from desktop.forms.document.xml_reader import read_xml
from desktop.forms.model.build import read_form
from desktop.forms.session.instance_document import instance_document
from tests.conformance.agreement import Check
from tests.conformance.replay import Replay, alike, begun

Case = Mapping[str, Any]


def checks(directory: Path, file: str) -> Iterator[Check]:
    """Yield one check per node that changed at a step, and one for the instance document at the end."""
    for case in json.loads((directory / file).read_text("utf-8")):
        yield from _walked(directory, case)


def _walked(directory: Path, case: Case) -> Iterator[Check]:
    at = "load"
    try:
        form = read_form(read_xml((directory / "trace_forms" / case["xml"]).read_bytes()))
        replay = Replay(begun(form, case), case)
        for number, step in enumerate(case["steps"]):
            at = f"step {number} {step['op']} {step.get('ref', '')}"
            _act(replay, step)
            yield from replay.compare(at, step["delta"])
        at = "instance document"
        found = instance_document(replay.session).decode()
        yield Check(
            case["id"],
            "documents",
            at,
            case["instance_xml"],
            found,
            alike(case["instance_xml"], found, clocked="now_ms" in case),
        )
    except Exception as error:  # noqa: BLE001  # a crash is a disagreement
        yield Check(case["id"], "all", at, "goes on", f"crash: {type(error).__name__}: {error}", agrees=False)


def _act(replay: Replay, step: Case) -> None:
    session = replay.session
    if step["op"] == "answer":
        session.answer(replay.ref(step["ref"]), step["value"])
    elif step["op"] == "add-repeat":
        session.add_repeat(replay.ref(f"{step['ref'].removesuffix('#range')}#range"))
    elif step["op"] == "remove-repeat":
        path = f"{step['ref'].removesuffix('#range')}[{step['index'] + 1}]"
        session.remove_repeat(replay.ref(path))
    elif step["op"] == "set-language":
        replay.language = step["language"]
    else:
        replay.language = step.get("lang", "")
