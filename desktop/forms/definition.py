"""An XForm document taken apart: model and body as plain data, nothing compiled yet (ODK XForms "Structure")."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from desktop.forms.errors import FormError
from desktop.forms.xpath.tree import Node, string_value

CONTROLS = frozenset({"input", "select1", "select", "rank", "range", "trigger", "upload"})
"""Elements of the body that ask something."""

_ITEXT = re.compile(r"\s*jr:itext\(\s*(?:'([^']*)'|\"([^\"]*)\")\s*\)\s*")
_MODEL_DEEP = 4


@dataclass(frozen=True, slots=True)
class Bind:
    """A bind element: the absolute path it is about, and its attributes as written."""

    path: str
    attributes: Mapping[str, str]
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Action:
    """A setvalue: what triggers it, the absolute path it sets, an expression or a literal text.

    `holder` is the absolute path of the control or repeat it stands in; "" in the model.
    """

    events: frozenset[str]
    path: str
    value: str | None
    text: str
    holder: str


@dataclass(frozen=True, slots=True)
class Control:
    """An element of the body with the absolute path it belongs to ("" for a group without one)."""

    tag: str
    path: str
    node: Node
    attributes: Mapping[str, str]
    children: tuple["Control", ...] = ()

    def walk(self) -> Iterator["Control"]:
        """Yield this control and all inside it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Definition:
    """All parts of a form. `itext` goes from language to text id to the text element; `instances` are secondary."""

    title: str
    root: Node
    instances: Mapping[str, Node]
    binds: tuple[Bind, ...]
    actions: tuple[Action, ...]
    body: tuple[Control, ...]
    itext: Mapping[str, Mapping[str, Node]] = field(default_factory=dict)
    default_language: str = ""

    def controls(self) -> Iterator[Control]:
        """Yield every element of the body, groups included, in order."""
        for control in self.body:
            yield from control.walk()

    @property
    def repeats(self) -> Mapping[str, Control]:
        """Return the repeats by path."""
        return {control.path: control for control in self.controls() if control.tag == "repeat"}


def take_apart(document: Node) -> Definition:
    """Return the parts of an XForm document.

    Raises FormError `form.not_an_xform` when model or primary instance are missing, `form.unknown_event`.
    """
    html = next(document.elements(), None)
    model = next((node for node in document.walk() if node.name == "model" and _depth(node) <= _MODEL_DEEP), None)
    if html is None or model is None:
        raise FormError("form.not_an_xform")
    instances = list(model.elements("instance"))
    root = next(instances[0].elements(), None) if instances else None
    if root is None:
        raise FormError("form.not_an_xform")
    body = html.child("body")
    actions: list[Action] = list(_actions(model, root, ""))
    controls = tuple(_controls(body, root, f"/{root.qualified}", actions)) if body is not None else ()
    languages = _itext(model)
    return Definition(
        title=_title(html),
        root=root,
        instances={node.get("id"): node for node in instances[1:]},
        binds=tuple(_bind(node, root) for node in model.elements("bind")),
        actions=tuple(actions),
        body=controls,
        itext=languages,
        default_language=_default_language(model, languages),
    )


def itext_id(text: str) -> str | None:
    """Return the id in a `jr:itext('id')`, or None when `text` is something else."""
    found = _ITEXT.fullmatch(text)
    return (found[1] or found[2] or "") if found else None


def _depth(node: Node) -> int:
    depth = 0
    while node.parent is not None:
        node, depth = node.parent, depth + 1
    return depth


def _title(html: Node) -> str:
    head = html.child("head")
    title = head.child("title") if head is not None else None
    return string_value(title).strip() if title is not None else ""


def _attributes(node: Node) -> dict[str, str]:
    return {attribute.qualified: attribute.text for attribute in node.attributes}


def _bind(node: Node, root: Node) -> Bind:
    tags = {each.name: each.text for each in node.attributes if each.prefix == "opmaat"}
    return Bind(absolute(node.get("nodeset"), f"/{root.qualified}"), _attributes(node), tags)


def absolute(path: str, around: str) -> str:
    """Return the absolute form of a plain path written at the place `around`."""
    path = "".join(path.split())
    if path.startswith("/"):
        return path
    parts = [part for part in around.split("/") if part]
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in {".", ""}:
            parts.append(part)
    return "/" + "/".join(parts)


def _reference(node: Node, around: str, binds: Mapping[str, str]) -> str:
    written = node.get("ref") or node.get("nodeset")
    if not written:
        return binds.get(node.get("bind"), "")
    return absolute(written, around)


def _controls(parent: Node, root: Node, around: str, actions: list[Action]) -> Iterator[Control]:
    binds = _bind_ids(root)
    for node in parent.elements():
        if node.name not in CONTROLS | {"group", "repeat"}:
            continue
        path = _reference(node, around, binds)
        actions.extend(_actions(node, root, path))
        children = tuple(_controls(node, root, path or around, actions)) if node.name in {"group", "repeat"} else ()
        yield Control(node.name, path, node, _attributes(node), children)


def _bind_ids(root: Node) -> dict[str, str]:
    model = root.parent.parent if root.parent is not None else None
    if model is None:
        return {}
    return {
        bind.get("id"): absolute(bind.get("nodeset"), f"/{root.qualified}")
        for bind in model.elements("bind")
        if bind.has("id")
    }


def _actions(parent: Node, root: Node, holder: str) -> Iterator[Action]:
    for node in parent.elements("setvalue"):
        path = _reference(node, holder or f"/{root.qualified}", _bind_ids(root))
        events = frozenset(
            "odk-instance-first-load" if event == "xforms-ready" else event for event in node.get("event").split()
        )
        if not holder and "odk-new-repeat" in events:
            raise FormError("form.unknown_event", event="odk-new-repeat", path=path)
        value = node.get("value") if node.has("value") else None
        yield Action(events, path, value, string_value(node), holder)


def _itext(model: Node) -> dict[str, dict[str, Node]]:
    itext = model.child("itext")
    if itext is None:
        return {}
    return {
        translation.get("lang"): {text.get("id"): text for text in translation.elements("text")}
        for translation in itext.elements("translation")
    }


def _default_language(model: Node, languages: Mapping[str, object]) -> str:
    itext = model.child("itext")
    if itext is None:
        return ""
    for translation in itext.elements("translation"):
        if translation.has("default"):
            return translation.get("lang")
    return next(iter(languages), "")
