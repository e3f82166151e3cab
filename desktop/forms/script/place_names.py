"""Places as people write them in a script, and refs as they read best.

`naam`, `kind[2]/naam`, `/data/gezin/kind[2]/naam` and `${naam}` all name a question; a number in brackets counts the
instances of a repeat from 1, an identity is taken as well. The same short form is what people get to read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.forms.errors import FormError
from desktop.forms.model.form import FormNode
from desktop.forms.script.steps import nearest
from desktop.forms.session.session import Session

_PART = re.compile(r"([^\[\]/\s]+)(?:\[([0-9A-Za-z_\-]+)\])?")
_NAMED = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")


@dataclass(frozen=True, slots=True)
class NodeSnapshot:
    """A node as it stands. `rows` is the number of instances of a repeat, None for anything else."""

    value: str
    relevant: bool
    required: bool
    readonly: bool
    rows: int | None = None


class ScriptPlaces:
    """Finds places in one session.

    Raises FormError `script.unknown_place`, `script.two_places`, `script.which_row` and `script.no_repeat`.
    """

    def __init__(self, session: Session) -> None:
        """Find places of the form of `session`, in its present instances."""
        self._session = session
        self._nodes: dict[str, list[FormNode]] = {}
        for top in session.form.outline().children:
            for node in top.walk():
                self._nodes.setdefault(node.name, []).append(node)

    def ref(self, written: str) -> str:
        """Return the ref of the place `written`; an empty text is the form itself."""
        bare = _NAMED.sub(r"\1", written.strip())
        parts = [(found[1], found[2]) for found in _PART.finditer(bare)]
        if bare in {"", self._session.form.root.path}:
            return self._session.form.root.path
        if not parts or "/".join(f"{name}[{row}]" if row else name for name, row in parts) != bare.lstrip("/"):
            raise self._unknown(written)
        found = [node for node in self._nodes.get(parts[-1][0], ()) if _fits(node, parts, absolute=bare[0] == "/")]
        if not found:
            raise self._unknown(written)
        if len(found) > 1:
            raise FormError("script.two_places", place=written)
        rows = {name: row for name, row in parts if row}
        return self._filled_in(found[0], rows, written)

    def _unknown(self, written: str) -> FormError:
        return FormError("script.unknown_place", place=written, near=nearest(written.rpartition("/")[2], self._nodes))

    def one(self, written: str) -> str:
        """Return the ref of a single node: of a repeat, one row must be meant."""
        ref = self.ref(written)
        if self._is_repeat(ref):
            raise FormError("script.which_row", place=written, rows=len(self._session.instances(ref)))
        return ref

    def repeat(self, written: str) -> str:
        """Return the ref of a repeat as a whole."""
        ref = self.ref(written)
        if not self._is_repeat(ref):
            raise FormError("script.no_repeat", place=written)
        return ref

    def _is_repeat(self, ref: str) -> bool:
        return not ref.endswith("]") and self._session.state(ref).node.kind == "repeat"

    def _filled_in(self, wanted: FormNode, rows: Mapping[str, str], written: str) -> str:
        ref = path = ""
        for name in wanted.path.split("/")[1:]:
            ref, path = f"{ref}/{name}", f"{path}/{name}"
            node = self._session.form.nodes[path]
            if node.kind == "repeat" and (node is not wanted or name in rows):
                ref = self._row(ref, rows.get(name), written)
        return ref

    def _row(self, repeat: str, wanted: str | None, written: str) -> str:
        instances = self._session.instances(repeat)
        if f"{repeat}[{wanted}]" in instances:
            return f"{repeat}[{wanted}]"
        if wanted is None and len(instances) == 1:
            return instances[0]
        if wanted is not None and wanted.isdecimal() and 0 < int(wanted) <= len(instances):
            return instances[int(wanted) - 1]
        raise FormError("script.which_row", place=written, rows=len(instances))

    def short(self, ref: str) -> str:
        """Return `ref` as people write it: instances by number, and no more of the path than is needed."""
        parts = _PART.findall(ref)
        walked = ""
        whole: list[str] = []
        for name, identity in parts:
            walked += f"/{name}"
            if identity:
                instances = self._session.instances(walked)
                walked = f"{walked}[{identity}]"
                number = instances.index(walked) + 1 if walked in instances else identity
                whole.append(f"{name}[{number}]")
            else:
                whole.append(name)
        if len(self._nodes.get(parts[-1][0], ())) != 1:
            return "/" + "/".join(whole)
        return "/".join([*(part for part in whole[:-1] if part.endswith("]")), whole[-1]])

    def states(self) -> dict[str, NodeSnapshot]:
        """Return everything there is now, by ref, in document order."""
        root = self._session.form.outline()
        return dict(self._below(root, root.path))

    def _below(self, node: FormNode, ref: str) -> Iterator[tuple[str, NodeSnapshot]]:
        for child in node.children:
            here = f"{ref}{child.path[len(node.path) :]}"
            instances = self._session.instances(here) if child.kind == "repeat" else None
            state = self._session.state(here)
            rows = len(instances) if instances is not None else None
            yield here, NodeSnapshot(state.value, state.relevant, state.required, state.readonly, rows)
            for inside in instances if instances is not None else (here,):
                yield from self._below(child, inside)


def _fits(node: FormNode, parts: list[tuple[str, str]], *, absolute: bool) -> bool:
    """Tell whether the names of `parts` lead to `node`: all of them, or those that are needed in their order."""
    names = [name for name, _ in parts]
    path = node.path.split("/")[1:]
    if absolute:
        return path == names
    remaining = iter(path)
    return all(name in remaining for name in names)
