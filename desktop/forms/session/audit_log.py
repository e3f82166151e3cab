"""Who changed what, as ODK's `audit.csv` (ODK XForms "Client Audit Logs"; ODK documentation "Form Audit Log").

Pure: the operations come from whoever keeps them, in the order of time. A `question` row is one view of a question: it
begins when the question came on screen, and ends with the answer, or where there was none with the next operation at
the same device. An answer to a question nobody saw come on screen begins and ends with itself.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from desktop.forms.model.form import Form
from desktop.forms.model.state import identity_at

Kind = Literal["start", "resume", "look", "answer", "add", "remove", "finalise"]

FILE = "audit.csv"
"""What the file is called: its name stands in the record ("Metadata", audit)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PART = re.compile(r"([^\[\]]+)(?:\[([^\[\]]+)\])?")
_TO_BE_QUOTED = re.compile(r"[,\r\n]")
_EVENTS = {
    "start": "form start",
    "resume": "form resume",
    "finalise": "form finalize",
    "look": "question",
    "answer": "question",
    "add": "add repeat",
    "remove": "delete repeat",
}
_MOST_COUNTED = 5_000


@dataclass(frozen=True, slots=True)
class Operation:
    """Something a person did: `ref` as of a session (of an instance for `add` and `remove`), `value` an answer.

    `user` is who did it, `device` the device it was done at: views at two devices do not end each other.
    """

    kind: Kind
    moment: datetime
    user: str
    device: str = ""
    ref: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """What the form asks of its log ("Audit Attributes"). Places are never recorded: those columns stay blank."""

    track_changes: bool = True
    identify_user: bool = True
    reasons: bool = False
    location: bool = False

    def columns(self) -> tuple[str, ...]:
        """Return the header ("Header Column Names")."""
        return (
            *("event", "node", "start", "end"),
            *(("latitude", "longitude", "accuracy") if self.location else ()),
            *(("old-value", "new-value") if self.track_changes else ()),
            *(("user",) if self.identify_user else ()),
            *(("change-reason",) if self.reasons else ()),
        )


@dataclass(frozen=True, slots=True)
class _Row:
    event: str
    node: str
    start: datetime
    end: datetime | None
    user: str
    old: str = ""
    new: str = ""


def audit_path(form: Form) -> str | None:
    """Return the path of the form's `audit` question, None when it asks for no log."""
    metas = [place for place in form.root.children if place.name == "meta"]
    return next((child.path for meta in metas for child in meta.children if child.name == "audit"), None)


def audit_settings(form: Form) -> AuditSettings | None:
    """Return what the form asks of its log, None when it asks for none."""
    path = audit_path(form)
    if path is None:
        return None
    bind = next((each.attributes for each in form.definition.binds if each.path == path), {})
    return AuditSettings(
        track_changes=bind.get("odk:track-changes") == "true",
        identify_user=bind.get("odk:identify-user") == "true",
        reasons="odk:track-changes-reasons" in bind,
        location="odk:location-priority" in bind,
    )


def audit_csv(operations: Iterable[Operation], settings: AuditSettings) -> bytes:
    """Return the log of `operations`, which are in the order of time.

    UTF-8, commas, LF; a value is quoted only when it holds a comma or a line end, and its quotes are doubled only then
    ("CSV Format"). Old and new value are both blank where they are the same ("Answers will be recorded only if they
    differ").
    """
    columns = settings.columns()
    lines = [",".join(columns)]
    lines += [",".join(_cell(value) for value in _values(row, columns)) for row in _Log().rows(operations)]
    return "".join(f"{line}\n" for line in lines).encode(errors="replace")


def _values(row: _Row, columns: Sequence[str]) -> list[str]:
    changed = row.old != row.new
    known = {
        "event": row.event,
        "node": row.node,
        "start": _milliseconds(row.start),
        "user": row.user,
        "end": _milliseconds(row.end) if row.end is not None else "",
        "old-value": row.old if changed else "",
        "new-value": row.new if changed else "",
    }
    return [known.get(column, "") for column in columns]


def _cell(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if _TO_BE_QUOTED.search(value) else value


def _milliseconds(moment: datetime) -> str:
    return str((moment - _EPOCH) // timedelta(milliseconds=1))


@dataclass(slots=True)
class _Log:
    """Turns operations into rows: remembers the last value of each question, the rows of repeats, the open views."""

    _values: dict[str, str] = field(default_factory=dict)
    _known: dict[str, list[str]] = field(default_factory=dict)
    _gone: set[tuple[str, str]] = field(default_factory=set)
    _open: dict[str, int] = field(default_factory=dict)
    _refs: dict[str, str] = field(default_factory=dict)
    _rows: list[_Row] = field(default_factory=list)

    def rows(self, operations: Iterable[Operation]) -> list[_Row]:
        """Return the rows, in the order in which they began."""
        for done in operations:
            {"look": self._look, "answer": self._answer}.get(done.kind, self._other)(done)
        for device in [*self._open]:
            self._shut(device, None)
        return sorted(self._rows, key=lambda row: row.start)

    def _look(self, done: Operation) -> None:
        self._shut(done.device, done.moment)
        self._open[done.device], self._refs[done.device] = len(self._rows), done.ref
        self._rows.append(_Row("question", self._node(done.ref), done.moment, None, done.user))

    def _answer(self, done: Operation) -> None:
        before = self._values.get(done.ref, "")
        self._values[done.ref] = done.value
        index = self._open.pop(done.device, None)
        seen = index is not None and self._refs[done.device] == done.ref
        if index is not None and seen:
            self._rows[index] = replace(self._rows[index], end=done.moment, old=before, new=done.value)
            return
        if index is not None:
            self._open[done.device] = index
            self._shut(done.device, done.moment)
        node = self._node(done.ref)
        self._rows.append(_Row("question", node, done.moment, done.moment, done.user, before, done.value))

    def _other(self, done: Operation) -> None:
        self._shut(done.device, done.moment)
        repeat, _, identity = done.ref.removesuffix("]").rpartition("[")
        key = (repeat, identity)
        if done.kind == "add":
            self._gone.discard(key)
            rows = self._known.setdefault(repeat, [])
            rows += [] if identity in rows else [identity]
        node = self._node(done.ref) if done.ref else ""
        if done.kind == "remove":
            self._gone.add(key)
        end = done.moment if done.ref else None
        self._rows.append(_Row(_EVENTS[done.kind], node, done.moment, end, done.user))

    def _shut(self, device: str, moment: datetime | None) -> None:
        """End the view at `device`; one that nothing follows ends where it began."""
        index = self._open.pop(device, None)
        if index is not None:
            row = self._rows[index]
            self._rows[index] = replace(row, end=moment if moment is not None else row.start)

    def _node(self, ref: str) -> str:
        """Return the path of ODK: instances by their place among those that are there, from 1."""
        path, around = "", ""
        for part in _PART.finditer(ref):
            name, identity = part[1], part[2]
            path, around = path + name, around + name
            if identity is not None:
                path += f"[{self._position(around, identity)}]"
                around += f"[{identity}]"
        return path

    def _position(self, repeat: str, identity: str) -> int:
        known = self._known.setdefault(repeat, [])
        if identity not in known:
            counted = (at for at in range(_MOST_COUNTED) if identity_at(repeat, at) == identity)
            at = next(counted, None) if len(identity) == len(identity_at(repeat, 0)) else None
            known.extend(identity_at(repeat, before) for before in range(len(known), at or 0))
            known.append(identity)
        before = known[: known.index(identity)]
        return 1 + sum((repeat, each) not in self._gone for each in before)
