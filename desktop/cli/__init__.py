"""The command line: without a command the application; `form` is for who writes forms, `region` for who keeps a region.

`vault` is for who keeps a vault, `bundle` exchanges cases without a network, `doctor` says what is wrong with a
machine, `duo` brings a decision to DUO.

One module per command. Each has `add(commands)`, which declares it, and sets `run`: a function of the parsed
arguments that returns the exit status, 0 when all is well, 1 for a problem and 2 for a wrong call.
"""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.cli.error_texts import complaint
from desktop.cli.form_file import WrongCallError
from desktop.cli.terminal import open_missing_streams, speak_utf8
from desktop.kernel.log import configure
from protocol.errors import OpmaatError

_OPTIONS = frozenset({"--data", "--verbose", "--first-window"})
CLOSED_PIPE = 141
"""The exit status when whoever reads our output stops reading, as a shell reports it of any program."""


def run(arguments: Sequence[str]) -> int:
    """Run `arguments` and return the exit status: 0 when all is well, 1 for a problem, 2 for a wrong call."""
    open_missing_streams()
    asked = _parser(with_commands=not _only_options(arguments)).parse_args(arguments)
    configure(verbose=asked.verbose)
    speak_utf8()
    try:
        status: int = asked.run(asked)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE
    except OpmaatError as error:
        print(complaint(error, getattr(asked, "messages", "en")), file=sys.stderr)
        return 2 if isinstance(error, WrongCallError) else 1
    return status


def _only_options(arguments: Sequence[str]) -> bool:
    """Tell whether the application is asked for, so that its window need not wait for the commands to be imported."""
    values = {place + 1 for place, each in enumerate(arguments) if each == "--data"}
    return all(place in values or each in _OPTIONS for place, each in enumerate(arguments))


def _parser(*, with_commands: bool) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="opmaat", description="The broad intake, in two languages at once.")
    parser.add_argument("--data", type=Path, help="where the vaults lie; by default the user's own data folder")
    parser.add_argument("--verbose", action="store_true", help="log what happens: event names and ids, nothing else")
    parser.add_argument("--first-window", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=_application)
    if not with_commands:
        return parser
    from desktop.cli import bundle, doctor, form
    from desktop.cli.duo import duo_command
    from desktop.cli.region import region
    from desktop.cli.vault import vault

    commands = parser.add_subparsers(dest="command")
    form.add(commands)
    region.add(commands)
    vault.add(commands)
    bundle.add(commands)
    doctor.add(commands)
    duo_command.add(commands)
    return parser


def _application(asked: argparse.Namespace) -> int:
    gc.disable()  # a start makes no garbage worth looking for; the window's timer takes over
    from platformdirs import user_cache_path, user_data_path

    from desktop.bootstrap import Config, build
    from desktop.services.accounts.report import keep_reports
    from desktop.ui.app import run, run_until_painted

    data: Path | None = asked.data
    config = Config(data or user_data_path("opmaat"), (data / "cache") if data else user_cache_path("opmaat"))
    services = build(config)
    with keep_reports(config.data):
        return (run_until_painted if asked.first_window else run)(services, config.clock)
