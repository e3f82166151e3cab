"""`opmaat form eval`: the value of one expression in a form, after a script or in an empty interview."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from desktop.cli.error_texts import complaint
from desktop.cli.form_file import add_file
from desktop.cli.form_run import add_world, held_by
from desktop.cli.terminal import paint, without_control
from protocol.errors import UserError

if TYPE_CHECKING:
    from desktop.forms.script.place_names import ScriptPlaces
    from desktop.forms.session.evaluated_value import EvaluatedValue

_TYPES = {"text": "text", "number": "number", "truth": "true or false", "date": "date", "nodes": "node-set"}
_ABOUT = ("node", "name", "instance", "column", "prefix")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("eval", help="print the value of an expression, with its type")
    add_file(parser)
    parser.add_argument("expression", metavar="EXPRESSION", help="as in the workbook: ${name} is a question")
    parser.add_argument("--at", metavar="PATH", default="", help="the question it stands at: a name, or a path")
    parser.add_argument("--script", metavar="SCRIPT", help="run this script first")
    add_world(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print the value; return 1 when the expression is wrong, or when the script before it could not be run."""
    held = held_by(asked, asked.script)
    for _done in held.steps():
        continue
    ref = held.places.one(asked.at)
    try:
        finding = held.session.look_at(asked.expression, ref)
    except UserError as error:
        _complain(error, asked)
        return 1
    if asked.json:
        nodes = [{"ref": ref, "value": value} for ref, value in finding.nodes]
        facts = {"type": finding.type, "value": finding.text, **({"nodes": nodes} if finding.type == "nodes" else {})}
        print(json.dumps(facts, ensure_ascii=False))
    else:
        _tell(finding, held.places)
    return 0


def _tell(finding: "EvaluatedValue", places: "ScriptPlaces") -> None:
    kind = _TYPES[finding.type]
    if finding.type != "nodes":
        shown = f'"{finding.text}"' if finding.type == "text" else finding.text
        print(f"{without_control(shown)}  {paint(kind, 'soft')}")
        return
    print(f"{len(finding.nodes)} {'node' if len(finding.nodes) == 1 else 'nodes'}  {paint(kind, 'soft')}")
    for ref, value in finding.nodes:
        print(without_control(f'  {places.short(ref)}: "{value}"'))


def _complain(error: UserError, asked: argparse.Namespace) -> None:
    """Print what is wrong, and below the expression a caret where it is wrong."""
    position = _position(error, asked.expression)
    if asked.json:
        facts = {"error": error.code, **error.details}
        print(json.dumps(facts | ({"position": str(position)} if position is not None else {}), ensure_ascii=False))
        return
    print(complaint(error, asked.messages), file=sys.stderr)
    if position is not None:
        print(f"  {without_control(asked.expression)}\n  {' ' * position}^", file=sys.stderr)


def _position(error: UserError, expression: str) -> int | None:
    """Return where the error is: as it says itself, else where the name it complains of stands."""
    if "position" in error.details:
        return min(int(error.details["position"]), len(expression))
    for about in _ABOUT:
        name = error.details.get(about, "").rpartition("/")[2]
        if name and name in expression:
            return expression.index(name)
    return None
