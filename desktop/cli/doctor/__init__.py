"""`opmaat doctor`: what is wrong with this machine, in words, without a name, a path or an answer.

Part of the command line; imported by `cli`. The examinations stand in `examinations`.
"""

import argparse
from pathlib import Path


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    doctor = commands.add_parser("doctor", help="say what is wrong with this machine; nothing personal is printed")
    doctor.set_defaults(run=_examine)


def _examine(asked: argparse.Namespace) -> int:
    """Print a line for each examination and return 1 when anything is wrong."""
    from platformdirs import user_data_path

    from desktop.cli.doctor.examinations import examine
    from desktop.cli.terminal import paint

    data: Path = asked.data or user_data_path("opmaat")
    findings = examine(data)
    for finding in findings:
        mark = paint("good ", "good") if finding.good else paint("WRONG", "bad")
        print(f"{mark} {finding.subject:<12} {finding.words}")
    return 0 if all(finding.good for finding in findings) else 1
