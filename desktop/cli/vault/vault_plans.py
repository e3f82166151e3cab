"""`opmaat vault plans`: the support plans of many cases in one go, for people and for other programs."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.terminal import end_progress, show_progress
from desktop.cli.vault.vault_access import declare_command, find_dossier, open_services_of
from protocol.errors import UserError
from protocol.identifiers import DossierId, case_number

if TYPE_CHECKING:
    from desktop.services.suite import Services

_ENDINGS = ("pdf", "docx", "json")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    purpose = "write support plans: PDF, Word, or JSON by a published schema; none is sealed"
    plans = declare_command(commands, "plans", purpose)
    plans.add_argument("cases", nargs="*", metavar="CASE", help="case numbers or identifiers; all cases without one")
    plans.add_argument("--as", dest="ending", choices=_ENDINGS, default="pdf", help="pdf without it")
    plans.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where the files go")
    plans.add_argument("--schema", action="store_true", help="print the JSON Schema instead, without opening a vault")
    plans.set_defaults(run=_plans)


def _plans(asked: argparse.Namespace) -> int:
    if not asked.schema:
        return _write_plans(asked)
    from desktop.plan.model.plan_exchange import exchange_schema

    print(json.dumps(exchange_schema(), indent=1, sort_keys=True, ensure_ascii=False))
    return 0


def _write_plans(asked: argparse.Namespace) -> int:
    """Write one plan after the other; a case whose plan cannot be made is named and holds up no other."""
    left_out: list[tuple[DossierId, str]] = []
    with open_services_of(asked) as services:
        everybody = [row.dossier for row in services.caseload.people().people]
        cases = [find_dossier(services, case) for case in asked.cases] or everybody
        for done, dossier in enumerate(dict.fromkeys(cases), start=1):
            try:
                print(_write_plan(services, dossier, asked.ending, asked.to))
            except UserError as error:
                left_out.append((dossier, error.code))
            show_progress(done, len(cases))
    end_progress()
    for dossier, code in left_out:
        print(f"{case_number(dossier)}: {code}", file=sys.stderr)
    print("These files are not sealed: whoever has them can read everything.", file=sys.stderr)
    return 1 if left_out else 0


def _write_plan(services: "Services", dossier: DossierId, ending: str, folder: Path) -> Path:
    from desktop.services.plan.documents import SUPPORT_PLAN

    documents = services.documents
    path, language = folder / documents.file_name(SUPPORT_PLAN, dossier, ending), documents.language_of(dossier)
    if ending == "pdf":
        return documents.export(SUPPORT_PLAN, dossier, language, path).path
    save = documents.save_in_word if ending == "docx" else documents.save_as_data
    return save(dossier, language, path).path
