"""One session beside its recording: what changed there is compared with what changed here.

Left out for all cases alike: a random id (both are one); the time of day in a moment, for the clock of a recording went
on while it ran; a whole moment or date where the recording does not say when it was made; and how much white space is
between words, for forms are indented as their writers like. A field that the recording does not hold is not compared.
"""

import random
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from desktop.forms import ODK, Form, Session
from desktop.forms.model.state import DataNode, Range, node_ref, range_ref
from desktop.forms.session.restoring import SessionSettings
from protocol.times import SettableClock
from tests.conformance.agreement import Check
from tests.conformance.observe import State, seen, state_of

_UUID = re.compile(r"(uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PROPERTIES = {"deviceid": "", "username": "", "email": "", "phonenumber": ""}


def surroundings_of(case: Mapping[str, Any]) -> SessionSettings:
    """Return the clock and zone of the recording, and a random source that repeats itself."""
    moment = datetime.fromtimestamp(case.get("now_ms", 0) / 1000, UTC)
    source = random.Random(1)  # noqa: S311  # a run repeats itself
    return SessionSettings(SettableClock(moment), source, _PROPERTIES, ZoneInfo(case.get("tz", "UTC")), ODK)


def begun(form: Form, case: Mapping[str, Any]) -> Session:
    """Return a new session of `form` in the settings of a recording."""
    return surroundings_of(case).start(form)


class Replay:
    """A session that follows a recording."""

    def __init__(self, session: Session, case: Mapping[str, Any], language: str = "") -> None:
        """Follow from where `session` stands."""
        self.session = session
        self._language = language
        self._case = str(case["id"])
        self._clocked = "now_ms" in case
        self._before: State = {}

    @property
    def language(self) -> str:
        """Return the language the recording speaks; setting it changes that of the session."""
        return self._language

    @language.setter
    def language(self, language: str) -> None:
        self._language = language
        if language:
            self.session.set_language(language)

    def ref(self, path: str) -> str:
        """Return the ref of the node with this path. Raises LookupError."""
        wanted = path if path.startswith("/") else f"/{path}"
        for each in seen(self.session):
            if each.path == wanted:
                return range_ref(each.node) if isinstance(each.node, Range) else node_ref(each.node)
        raise LookupError(path)

    def node(self, path: str) -> DataNode:
        """Return the node with this path. Raises LookupError."""
        for each in seen(self.session):
            if each.path == path and isinstance(each.node, DataNode):
                return each.node
        raise LookupError(path)

    def compare(self, at: str, delta: Mapping[str, Any]) -> Iterator[Check]:
        """Yield a check per node that changed there, and one that nothing else changed here."""
        now = state_of(self.session, self.language)
        changed = delta.get("set", {})
        for path, expected in changed.items():
            yield self._check(f"{at} {path}", expected, _same_fields(now.get(path), expected))
        for path in delta.get("removed", ()):
            yield self._check(f"{at} {path}", None, now.get(path))
        only_here = {
            path: _difference(self._before.get(path), state)
            for path, state in now.items()
            if path not in changed and self._before.get(path) != state
        }
        yield self._check(f"{at} nothing else", {}, only_here, agrees=not only_here)
        self._before = now

    def _check(self, at: str, expected: object, found: object, *, agrees: bool | None = None) -> Check:
        same = alike(expected, found, clocked=self._clocked) if agrees is None else agrees
        return Check(self._case, "all", at, expected, found, same)


def _same_fields(found: Mapping[str, Any] | None, expected: Mapping[str, Any]) -> object:
    if found is None:
        return None
    return {name: found.get(name, "" if name in {"label", "hint"} else None) for name in expected}


def _difference(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> object:
    return now if before is None else {name: value for name, value in now.items() if before.get(name) != value}


def alike(expected: object, found: object, *, clocked: bool = True) -> bool:
    """Tell whether two values agree, by the rules of this module; `clocked` says that the recording has a clock."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return all(alike(value, found.get(name), clocked=clocked) for name, value in expected.items())
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return all(alike(one, other, clocked=clocked) for one, other in zip(expected, found, strict=True))
    if isinstance(expected, str) and isinstance(found, str):
        return _bare(expected, clocked=clocked) == _bare(found, clocked=clocked)
    return expected == found


def _bare(text: str, *, clocked: bool) -> str:
    """Return a text with one id for all random ids, a day for a moment, and one space between words."""
    bare = _MOMENT.sub(r"\1", _UUID.sub("uuid", text))
    return " ".join((bare if clocked else _DAY.sub("day", bare)).split())
