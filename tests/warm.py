"""Our own commands as processes of their own that have their imports behind them: for what a command does, not a start.

Each is forked from a server of `multiprocessing` that has imported the program and runs nothing of it.
"""

import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

from tests import places

_PRELOADED = (
    *("tests.warm", "tests.crash.worker", "tests.unit.records.attacher", "tests.unit.records.writer"),
    *("server.serving", "server.admin.commands"),
    *("desktop.cli.form", "desktop.cli.vault.vault", "desktop.bootstrap.opening", "desktop.services.backups.restoring"),
    *("desktop.forms.workbook.conversion", "filelock"),
)


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a process reads and writes."""

    typed: Path | Connection
    shown: Path | Connection
    complaints: Path | Connection


def start(
    module: str,
    arguments: Sequence[str],
    streams: Streams,
    environment: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> ForkServerProcess:
    """Start what `python -m module` starts; `before` is called in the process first. It ends when this one does."""
    settings = {**os.environ, **(environment or {})}
    process = server().Process(target=_become, args=(module, arguments, streams, settings, before), daemon=True)
    process.start()
    return process


def run(
    module: str,
    *arguments: str,
    typed: str = "",
    environment: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Return what became of `python -m module` when `typed` was its input."""
    with tempfile.TemporaryDirectory() as folder:
        streams = Streams(*(Path(folder, name) for name in ("typed", "shown", "complaints")))
        for each, text in zip((streams.typed, streams.shown, streams.complaints), (typed, "", ""), strict=True):
            Path(str(each)).write_text(text, "utf-8")
        process = start(module, arguments, streams, environment, before)
        process.join()
        assert process.exitcode is not None
        said = [Path(str(each)).read_text("utf-8") for each in (streams.shown, streams.complaints)]
        return subprocess.CompletedProcess([module, *arguments], process.exitcode, *said)


@cache
def server() -> ForkServerContext:
    """Return what starts processes of a function; a process has one such server, so all tests share what it imports."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*_PRELOADED])
    return context


def _become(
    module: str,
    arguments: Sequence[str],
    streams: Streams,
    environment: Mapping[str, str],
    before: Callable[[], None] | None,
) -> None:
    """Be what `python -m module` would be, from its streams to its exit status."""
    for number, stream in enumerate((streams.typed, streams.shown, streams.complaints)):
        os.dup2(_descriptor(stream, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_APPEND), number)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode, encoding="utf-8") for number, mode in enumerate("rww"))
    os.chdir(places.ROOT)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [module, *arguments]
    if before is not None:
        before()
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _descriptor(stream: Path | Connection, flags: int) -> int:
    return stream.fileno() if isinstance(stream, Connection) else os.open(stream, flags)
