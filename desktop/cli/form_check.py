"""`opmaat form check`: every problem of every form, at once; the first of the workbook of a region."""

import argparse
import json
from collections.abc import Sequence

from desktop.cli.error_texts import place_of, sentence
from desktop.cli.form_file import WrongCallError, add_file, source_of
from desktop.cli.terminal import paint
from protocol.errors import OpmaatError


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("check", help="print every problem of a form; the exit status is 1 when there is one")
    add_file(parser, several=True)
    parser.add_argument("--json", action="store_true", help="one JSON object per problem, nothing else")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Check each form; return 0 when all can be used, 1 for a problem, 2 for a file that is no form file."""
    found = [(file, *_problems(file, asked)) for file in asked.files]
    if asked.json:
        for file, problems, _ in found:
            for problem in problems:
                facts = {"file": file, "code": problem.code, **problem.details, "advice": _is_advice(problem)}
                print(json.dumps({**facts, "message": sentence(problem, asked.messages)}, ensure_ascii=False))
    else:
        for file, problems, _ in found:
            _tell(file, problems, asked.messages)
        _sum_up([problems for _, problems, _ in found])
    return max(status for _, _, status in found)


def _problems(file: str, asked: argparse.Namespace) -> tuple[Sequence[OpmaatError], int]:
    from desktop.cli.region.region_check import region_problems
    from desktop.forms.reader.form_reader import check_workbook
    from desktop.services.dossier.form_locale import FORM_LOCALE

    try:
        source, kind = source_of(file, asked.kind)
        problems: Sequence[OpmaatError] = check_workbook(source, kind, locale=FORM_LOCALE)
        if any(problem.code == "form.no_survey" for problem in problems):
            about_region = region_problems(source, kind)
            problems = problems if about_region is None else about_region
    except WrongCallError as error:
        return (error,), 2
    except OpmaatError as error:
        problems = (error,)
    return problems, 1 if any(not _is_advice(problem) for problem in problems) else 0


def _is_advice(problem: OpmaatError) -> bool:
    from desktop.forms.check.form_check import ADVICE

    return problem.code in ADVICE


def _tell(file: str, problems: Sequence[OpmaatError], language: str) -> None:
    if not problems:
        print(f"{paint(file, 'strong')}: {paint('in order', 'good')}")
        return
    print(paint(file, "strong"))
    for problem in problems:
        place = place_of(problem)
        print(f"  {paint(place, 'soft')}{': ' if place else ''}{_mark(problem)}")
        print(f"    {sentence(problem, language)}")


def _mark(problem: OpmaatError) -> str:
    return f"{problem.code} (advice)" if _is_advice(problem) else paint(problem.code, "bad")


def _sum_up(found: Sequence[Sequence[OpmaatError]]) -> None:
    problems = [sum(not _is_advice(problem) for problem in each) for each in found]
    advice = sum(map(len, found)) - sum(problems)
    parts = [f"{_count(len(found), 'form')} checked", _count(sum(problems), "problem")]
    if sum(problems) and len(found) > 1:
        parts[-1] += f" in {_count(sum(map(bool, problems)), 'form')}"
    print(", ".join([*parts, *([f"{advice} advice"] if advice else [])]) + ".")


def _count(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"
