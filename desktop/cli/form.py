"""`opmaat form …`: for who writes forms."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.wording import sentence

if TYPE_CHECKING:
    from desktop.forms.reader import Kind

_KINDS: dict[str, "Kind"] = {".md": "md", ".xlsx": "xlsx", ".xls": "xls", ".csv": "csv", ".xml": "xml"}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    form = commands.add_parser("form", help="for who writes forms").add_subparsers(dest="form_command", required=True)
    check = form.add_parser("check", help="print every problem of a form; the exit status is 1 when there is one")
    check.add_argument("files", type=Path, nargs="+", metavar="FILE", help="md, xlsx, xls, csv or xml")
    check.add_argument("--json", action="store_true", help="one JSON object per problem")
    check.set_defaults(run=_check)


def _check(asked: argparse.Namespace) -> int:
    from desktop.forms.reader import check_workbook
    from desktop.services.forms import WORDING

    found = 0
    for path in asked.files:
        for problem in check_workbook(path, _KINDS.get(path.suffix.lower(), "md"), wording=WORDING):
            found += 1
            facts = {"file": path.name, "code": problem.code, **problem.details}
            print(json.dumps(facts, ensure_ascii=False) if asked.json else f"{path.name}: {sentence(problem)}")
    return 1 if found else 0
