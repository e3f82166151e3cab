"""All that a recording says of a session, at once: every node by the path with the positions of its instances."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop.forms import FormNode, Session
from desktop.forms.model.places import CellKind, Place
from desktop.forms.model.state import DataNode, Frame, Range, node_ref, range_ref

State = dict[str, dict[str, Any]]
_TYPES = frozenset(
    {
        *("string", "int", "boolean", "decimal", "date", "time", "dateTime", "geopoint", "geotrace", "geoshape"),
        *("binary", "barcode", "intent"),
    }
)
"""The data types of ODK XForms; any other is considered a string ("Bind Attributes")."""
_CONTROLS = {"select1": "select", "select": "select", "rank": "rank", "range": "range", "trigger": "trigger"}


def same(text: str) -> str | None:
    """Translate nothing: what a form says is its own."""
    return text


@dataclass(frozen=True, slots=True)
class Seen:
    """A node of a session with the path a recording gives it."""

    path: str
    node: DataNode | Range


def seen(session: Session) -> Iterator[Seen]:
    """Yield every node and repeat in document order."""
    root = session._model.root
    yield from _below(root.top, session.form.root.path, root)


def _below(node: DataNode, path: str, frame: Frame) -> Iterator[Seen]:
    yield Seen(path, node)
    for place in node.place.children:
        below = f"{path}/{place.qualified}"
        if not place.is_repeat:
            yield from _below(frame.node_of(place), below, frame)
            continue
        found = frame.range_of(place)
        yield Seen(f"{below}#range", found)
        for number, inner in enumerate(found.frames, start=1):
            yield from _below(inner.top, f"{below}[{number}]", inner)


def state_of(session: Session, language: str) -> State:
    """Return what is to be seen of every node. Attributes are not: the recordings hold none."""
    problems = {problem.ref: problem for problem in session.problems()}
    return {each.path: _node(session, each.node, language, problems) for each in seen(session)}


def _node(session: Session, node: DataNode | Range, language: str, problems: dict[str, Any]) -> dict[str, Any]:
    ref = range_ref(node) if isinstance(node, Range) else node_ref(node)
    place = node.place
    shown = session.form.nodes.get(place.path)
    state = session.state(ref)
    found: dict[str, Any] = {
        "t": kind_of(node, shown),
        "relevant": state.relevant,
        "readonly": state.readonly,
        "required": state.required,
        "attrs": {},
    }
    for role in ("label", "hint"):
        text = session.text(ref, role, same, language).text
        if text:
            found[role] = text
    if isinstance(node, Range):
        return found | {"count": len(node.frames)}
    if place.children or place.is_repeat:
        return found
    kind = place.type if place.type in _TYPES else "string"
    found |= {"value": node.text, "type": kind, "violation": _violation(session, problems.get(ref), language)}
    if place.select is not None:
        choices = session.choices(ref, same, language)
        found["choices"] = [[choice.value, choice.text] for choice in choices]
    return found


def _violation(session: Session, problem: Any, language: str) -> dict[str, Any] | None:  # noqa: ANN401  # a Problem
    if problem is None:
        return None
    condition = "required" if problem.code == "forms.required" else "constraint"
    text = session.text(problem.ref, condition, same, language).text  # type: ignore[arg-type]  # two of the roles
    return {"condition": condition, "message": text or None}


def kind_of(node: DataNode | Range, shown: FormNode | None) -> str:
    """Return what a recording calls this kind of node."""
    place: Place = node.place
    if isinstance(node, Range):
        controlled = CellKind.COUNT in place.cells or place.is_fixed
        return f"repeat-range:{'controlled' if controlled else 'uncontrolled'}"
    if place.is_repeat or place.children:
        return "repeat-instance" if place.is_repeat else "group" if place.parent is not None else "root"
    if shown is None or shown.kind == "calculate":
        return "model-value"
    if shown.kind == "note" or (place.readonly and shown.type == place.type):
        return "note"
    return "upload" if shown.type == "binary" else _CONTROLS.get(shown.type, "input")
