"""Small whole forms, each with what must come of it: `tests/vectors/form-cases`, made after public bug reports.

`expected.json` says of each what it is about, and what `form check` finds; `proef.md` is a script in which all must
come true. A case without a form of its own is about the national interview.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop.forms import FormError, check_workbook, instance_document
from desktop.forms.reader.form_reader import INTAKE, read_draft
from desktop.forms.script.run import ScriptRun
from desktop.forms.script.script_files import read_script
from desktop.services.dossier.form_locale import FORM_LOCALE

CASES = Path(__file__).parents[3] / "vectors" / "form-cases"
EXPECTED: Mapping[str, Mapping[str, Any]] = json.loads((CASES / "expected.json").read_text("utf-8"))
_PLACE = ("sheet", "row", "column")


def _forms(name: str) -> list[Path]:
    return sorted(path for path in (CASES / name).glob("form*") if path.suffix in {".md", ".xlsx", ".xls"})


def _found(problem: FormError) -> list[str]:
    return [problem.code, *(problem.details[key] for key in _PLACE if key in problem.details)]


def test_every_case_is_told_of() -> None:
    assert sorted(EXPECTED) == sorted(path.name for path in CASES.iterdir() if path.is_dir())


@pytest.mark.parametrize("name", EXPECTED)
def test_a_case_has_the_problems_that_are_in_it_and_no_others(name: str) -> None:
    for form in _forms(name):
        kind: Any = form.suffix[1:]
        problems = check_workbook(form, kind, locale=FORM_LOCALE)
        assert [_found(problem) for problem in problems] == EXPECTED[name].get("problems", []), form.name


@pytest.mark.parametrize("name", [name for name in EXPECTED if (CASES / name / "proef.md").is_file()])
def test_a_case_gives_what_its_script_expects(name: str) -> None:
    form, *_ = [*_forms(name), INTAKE]
    kind: Any = form.suffix[1:]
    script = read_script((CASES / name / "proef.md").read_text("utf-8"), "md")
    held = ScriptRun(read_draft(form, kind, locale=FORM_LOCALE), script, lambda _: None)

    failures = [(done.step.line, done.failure) for done in held.steps() if done.failure is not None]

    assert failures == []
    record = instance_document(held.session).decode()
    for part in EXPECTED[name].get("record", []):
        assert part in record
