"""`opmaat form run`: a form tried out by a script, with each change and each expectation that failed."""

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.error_texts import complaint, sentence
from desktop.cli.form_file import WrongCallError, add_file, form_of, script_of, translations
from desktop.cli.terminal import paint, without_control
from desktop.kernel.files import write_atomic
from protocol.errors import UserError

if TYPE_CHECKING:
    from desktop.forms.script.run import Change, ScriptRun, StepResult
    from desktop.forms.script.steps import ScriptStep

_BECAME = {
    ("relevant", "yes"): "is asked now",
    ("relevant", "no"): "is not asked any more",
    ("required", "yes"): "must be answered now",
    ("required", "no"): "may be left open now",
    ("readonly", "yes"): "cannot be answered any more",
    ("readonly", "no"): "can be answered now",
}

_TEXTS = frozenset({"expect value", "expect label", "expect hint", "expect guidance", "expect message"})
"""Steps for which an empty value says something."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("run", help="try a form out with a script; the exit status is 1 when it fails")
    add_file(parser)
    parser.add_argument("script", metavar="SCRIPT", help="the steps: md or json (docs/forms.md)")
    add_world(parser)
    parser.add_argument("--record", type=Path, metavar="FILE", help="write the record after the last step, as XML")
    parser.add_argument("--json", action="store_true", help="one JSON object per step, and one at the end")
    parser.set_defaults(run=run)


def add_world(parser: argparse.ArgumentParser) -> None:
    """Declare the clock and the seed, which go before those of a script."""
    parser.add_argument("--now", metavar="TIME", help="the clock of the interview, such as 2026-11-25T10:00+01:00")
    parser.add_argument("--seed", type=int, help="the seed of everything random")


def run(asked: argparse.Namespace) -> int:
    """Run the script; return 1 when an expectation failed or a step could not be taken."""
    held = held_by(asked, asked.script)
    steps = failed = 0
    error: UserError | None = None
    if not asked.json:
        local = held.now.astimezone(held.zone)
        print(f"{Path(asked.script).name}: {local:%Y-%m-%d %H:%M} {held.zone.key}, seed {held.seed}")
    try:
        for steps, done in enumerate(held.steps(), start=1):
            failed += done.failure is not None
            for line in [_facts(done)] if asked.json else _lines(steps, done, asked.messages):
                print(line)
    except UserError as problem:
        error = problem
    if asked.json:
        stopped = {"error": error.code, **error.details} if error is not None else {}
        print(json.dumps({"steps": steps, "failed": failed, **stopped}, ensure_ascii=False))
    else:
        _end(steps, failed, error, asked.messages)
    if asked.record is not None and error is None:
        _keep(held, asked.record)
    return 1 if failed or error is not None else 0


def _keep(held: "ScriptRun", path: Path) -> None:
    """Write the record as a client would send it. Raises EnvironmentProblem `files.…`."""
    from desktop.forms import instance_document

    held.session.finalise()
    write_atomic(path, instance_document(held.session))


def held_by(asked: argparse.Namespace, script: str | None) -> "ScriptRun":
    """Return the interview about to be held: the form asked for, and a script or none."""
    from desktop.forms.script.run import ScriptRun
    from desktop.forms.script.steps import Script

    now = None
    if asked.now is not None:
        try:
            now = datetime.fromisoformat(asked.now).astimezone()
        except ValueError as error:
            raise WrongCallError("script.value", {"step": "--now", "value": asked.now}) from error
    steps = script_of(script) if script is not None else Script(())
    return ScriptRun(form_of(asked), steps, translations(), now, asked.seed)


def _lines(number: int, done: "StepResult", language: str) -> Iterator[str]:
    step = done.step
    head = f"{number:>3}  {_describe_step(step, done.place)}"
    if done.failure is not None:
        yield f"{head}  {paint('FAILED', 'bad')} (line {step.line})"
    else:
        yield f"{head}  {paint('ok', 'good')}" if step.is_expectation else head
    if done.unasked:
        yield "       this question is not asked now: the answer is kept until it is"
    if done.refused is not None:
        message = done.message or sentence(UserError(done.refused.code), language)
        yield f"       {paint('refused', 'bad')} {done.refused.code}: {without_control(message)}"
    for line in _changes(done.changes):
        yield f"       {line}"
    if done.failure is not None:
        yield f"       expected: {without_control(done.failure.expected) or '(nothing)'}"
        yield f"       found:    {without_control(done.failure.found) or '(nothing)'}"


def _describe_step(step: "ScriptStep", place: str) -> str:
    parts = [step.verb, *([place or step.at] if place or step.at else [])]
    value = step.value or ("(nothing)" if step.verb in _TEXTS else "")
    return without_control(" ".join(parts) + (f": {value}" if value else ""))


def _changes(changes: "Sequence[Change]") -> Iterator[str]:
    """Yield a line for each change; what is inside a group that came or went is counted, not named."""
    turned = {change.ref: change.new for change in changes if change.what == "relevant"}
    for change in changes:
        inside = sum(1 for ref in turned if ref.startswith((f"{change.ref}/", f"{change.ref}[")))
        if change.what == "value":
            yield without_control(f'{change.place}: "{change.old}" → "{change.new}"')
        elif change.what == "rows":
            yield f"{change.place}: {change.old} → {change.new} rows"
        elif change.what != "relevant" or not _is_inside(change.ref, change.new, turned):
            more = f", with {inside} in it" if inside and change.what == "relevant" else ""
            yield f"{change.place} {_BECAME[change.what, change.new]}{more}"


def _is_inside(ref: str, new: str, turned: dict[str, str]) -> bool:
    return any(turned[other] == new and ref.startswith((f"{other}/", f"{other}[")) for other in turned)


def _facts(done: "StepResult") -> str:
    step = done.step
    facts = {
        "line": step.line,
        "step": step.verb,
        "at": done.place or step.at,
        "value": step.value,
        "changes": [
            {"ref": each.ref, "at": each.place, "what": each.what, "old": each.old, "new": each.new}
            for each in done.changes
        ],
        "ok": done.failure is None,
    }
    if done.refused is not None:
        facts["refused"] = {"code": done.refused.code, "message": done.message}
    if done.failure is not None:
        facts |= {"expected": done.failure.expected, "found": done.failure.found}
    return json.dumps(facts, ensure_ascii=False)


def _end(steps: int, failed: int, error: UserError | None, language: str) -> None:
    if error is not None:
        print(f"{paint('stopped', 'bad')} {complaint(error, language)}")
    count = "1 step" if steps == 1 else f"{steps} steps"
    result = paint("all as expected", "good") if not failed and error is None else paint(f"{failed} failed", "bad")
    print(f"{count}: {result if error is None or failed else 'not finished'}.")
