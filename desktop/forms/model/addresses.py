"""Refs to nodes and back.

A `ref` is the path of a node with the identity of every repeat instance on the way, such as
`/intake/gezin/kind[ab12cd34]/geboren`. Without an identity at its end, the path of a repeat means all its instances.
"""

import re
from collections.abc import Iterable

from desktop.forms.errors import FormError
from desktop.forms.model.form import Form
from desktop.forms.model.state import DataNode, Frame, Range, node_ref, range_ref

_PART = re.compile(r"([^\[\]]+)(?:\[([0-9A-Za-z_\-]+)\])?")


def find(form: Form, root: Frame, ref: str) -> DataNode | Range | None:
    """Return the node at `ref`, the range for the path of a repeat, or None when there is no such thing now."""
    frame, path, position = root, "", 0
    while position < len(ref):
        found = _PART.match(ref, position)
        if found is None:
            return None
        path += found[1]
        position = found.end()
        if found[2] is not None:
            inner = _instance(form, frame, path, found[2])
            if inner is None:
                return None
            frame = inner
    return _in_frame(form, frame, path, ends_in_instance=ref.endswith("]"))


def _instance(form: Form, frame: Frame, path: str, identity: str) -> Frame | None:
    place = form.places.get(path)
    if place is None or not place.is_repeat or place.depth != frame.depth + 1:
        return None
    return next((each for each in frame.range_of(place).frames if each.identity == identity), None)


def _in_frame(form: Form, frame: Frame, path: str, *, ends_in_instance: bool) -> DataNode | Range | None:
    place = form.places.get(path)
    if place is None:
        return None
    if ends_in_instance:
        return frame.top if place.depth == frame.depth else None
    if place.is_repeat:
        return frame.range_of(place) if place.depth == frame.depth + 1 else None
    return frame.node_of(place) if place.depth == frame.depth else None


def node_at(form: Form, root: Frame, ref: str) -> DataNode:
    """Return the node at `ref`. Raises FormError `forms.unknown_ref`."""
    found = find(form, root, ref)
    if not isinstance(found, DataNode):
        raise FormError("forms.unknown_ref")
    return found


def range_at(form: Form, root: Frame, ref: str) -> Range:
    """Return the instances of the repeat at `ref`. Raises FormError `forms.unknown_ref`."""
    found = find(form, root, ref)
    if not isinstance(found, Range):
        raise FormError("forms.unknown_ref")
    return found


def refs_of(touched: Iterable[DataNode | Range]) -> tuple[str, ...]:
    """Return the ref of each, once, in order."""
    return tuple(dict.fromkeys(node_ref(each) if isinstance(each, DataNode) else range_ref(each) for each in touched))
