"""The command line: without a command the application, with `form check` the look at a form before it is used."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.kernel.errors import OpmaatError
from desktop.kernel.log import configure

if TYPE_CHECKING:
    from desktop.forms.reader import Kind

_KINDS: dict[str, "Kind"] = {".md": "md", ".xlsx": "xlsx", ".xls": "xls", ".csv": "csv", ".xml": "xml"}


def run(arguments: Sequence[str]) -> int:
    """Run `arguments` and return the exit status: 0 when all is well, 1 for a problem, 2 for a wrong call."""
    asked = _parser().parse_args(arguments)
    configure(verbose=asked.verbose)
    try:
        if asked.command == "form":
            return _check_forms(asked.files, as_json=asked.json)
        return _application(asked.data, first_window_only=asked.first_window)
    except OpmaatError as error:
        print(_sentence(error), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="opmaat", description="The broad intake, in two languages at once.")
    parser.add_argument("--data", type=Path, help="where the vaults lie; by default the user's own data folder")
    parser.add_argument("--verbose", action="store_true", help="log what happens: event names and ids, nothing else")
    parser.add_argument("--first-window", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command")
    form = commands.add_parser("form", help="for who writes forms").add_subparsers(dest="form_command", required=True)
    check = form.add_parser("check", help="print every problem of a form; the exit status is 1 when there is one")
    check.add_argument("files", type=Path, nargs="+", metavar="FILE", help="md, xlsx, xls, csv or xml")
    check.add_argument("--json", action="store_true", help="one JSON object per problem")
    return parser


def _application(data: Path | None, *, first_window_only: bool) -> int:
    from platformdirs import user_cache_path, user_data_path

    from desktop.bootstrap import Config, build
    from desktop.ui.app import run, run_until_painted

    config = Config(data or user_data_path("opmaat"), (data / "cache") if data else user_cache_path("opmaat"))
    services = build(config)
    return (run_until_painted if first_window_only else run)(services, config.clock)


def _check_forms(files: Sequence[Path], *, as_json: bool) -> int:
    from desktop.forms.reader import check_workbook

    found = 0
    for path in files:
        for problem in check_workbook(path, _KINDS.get(path.suffix.lower(), "md")):
            found += 1
            facts = {"file": path.name, "code": problem.code, **problem.details}
            print(json.dumps(facts, ensure_ascii=False) if as_json else f"{path.name}: {_sentence(problem)}")
    return 1 if found else 0


def _sentence(error: OpmaatError) -> str:
    from desktop.i18n.catalogue import load_catalogue
    from desktop.i18n.messages import text_for

    place = ", ".join(f"{name} {value}" for name, value in error.details.items() if name in {"sheet", "row", "column"})
    return f"{error.code}: {text_for(error, load_catalogue('en', 'app'))}{f' ({place})' if place else ''}"
