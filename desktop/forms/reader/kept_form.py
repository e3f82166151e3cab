"""The file that keeps a converted form: its XForm, and the dependency graph by which it is read faster.

    hash     32 bytes, SHA-256 of all that follows
    length   4 bytes, big-endian: of the graph
    graph    JSON: `engine` (of which the graph is) and `cells` (`desktop.forms.model.graph`)
    xform    the rest

The hash finds damage, not malice: who can write in the folder can have another form asked, as with the workbook itself,
but nothing more. The XForm is read with the same care as any file, and the graph is taken only where it has the cells
of that XForm and was made by this very engine, because what it leaves out was checked then.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from desktop.forms.errors import FormError
from desktop.forms.model.form import Form
from desktop.forms.model.graph import KeptGraph, kept_graph
from desktop.forms.reader.blank_record import blank_outcomes

_DIGEST = 32
_LENGTH = 4
_ENGINE = Path(__file__).parents[1]


class KeptForm(NamedTuple):
    """What a file holds; `graph` is None where another engine made it."""

    xform: bytes
    graph: KeptGraph | None


def to_bytes(xform: bytes, form: Form) -> bytes:
    """Return the file of a form that was compiled at once from `xform`."""
    cells = kept_graph(form.root, form.cells, blank_outcomes(form))
    graph = json.dumps({"engine": engine(), "cells": cells}, ensure_ascii=False, separators=(",", ":")).encode()
    rest = len(graph).to_bytes(_LENGTH, "big") + graph + xform
    return hashlib.sha256(rest).digest() + rest


def from_bytes(data: bytes) -> KeptForm:
    """Return what a file holds. Raises FormError `form.xml` for one that is not whole."""
    rest = memoryview(data)[_DIGEST:]
    length = int.from_bytes(rest[:_LENGTH], "big")
    if hashlib.sha256(rest).digest() != data[:_DIGEST] or len(rest) < _LENGTH + length:
        raise FormError("form.xml")
    graph, xform = bytes(rest[_LENGTH : _LENGTH + length]), bytes(rest[_LENGTH + length :])
    return KeptForm(xform, _graph(graph))


def _graph(data: bytes) -> KeptGraph | None:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not engine() or found.get("engine") != engine():
        return None
    cells = found.get("cells")
    return cells if isinstance(cells, list) else None


@cache
def engine() -> str:
    """Return what changes whenever the engine does; "" where that cannot be told, and no graph is used.

    It is the modules by what Python itself recognises a changed one by, their size and time, and Python's own version.
    """
    modules = sorted(_modules(_ENGINE))
    return hashlib.sha256("".join((sys.version, *modules)).encode()).hexdigest() if modules else ""


def _modules(folder: Path) -> Iterator[str]:
    for path in (each for each in folder.rglob("*.py*") if "__pycache__" not in each.parts):
        found = path.stat()
        yield f"{path.relative_to(folder)} {found.st_size} {found.st_mtime_ns}\n"
