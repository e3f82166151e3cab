"""An XForm document taken apart: model and body as plain data, nothing compiled yet (ODK XForms "Structure")."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.forms.errors import FormError
from desktop.forms.xpath.tree import ELEMENT, Node, string_value

CONTROLS = frozenset({"input", "select1", "select", "rank", "range", "trigger", "upload"})
"""Elements of the body that ask something."""

_TAG = "opmaat:"
"""How the attributes of a bind begin that are legal tags."""

_ITEXT = re.compile(r"\s*jr:itext\(\s*(?:'([^']*)'|\"([^\"]*)\")\s*\)\s*")
_MODEL_DEEP = 4
_ACTIONS = frozenset({"setvalue", "setgeopoint"})
_METHODS = frozenset({"", "post", "form-data-post"})
_OPENROSA = "http://openrosa.org/xforms"
_PREFIXES = {
    _OPENROSA: "orx",
    "http://openrosa.org/javarosa": "jr",
    "http://www.opendatakit.org/xforms": "odk",
    "http://opendatakit.org/xforms": "odk",
    "http://www.opendatakit.org/xforms/entities": "entities",
}
"""Under which prefix the attributes of a namespace are known here, whatever the document calls it."""


@dataclass(frozen=True, slots=True)
class Bind:
    """A bind element: the absolute path it is about, and its attributes as written."""

    path: str
    attributes: Mapping[str, str]
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Action:
    """A setvalue: what triggers it, the absolute path it sets, an expression or a literal text.

    A setgeopoint sets a blank: there is no location here (ODK XForms "Actions").
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
        waiting = [self]
        while waiting:
            control = waiting.pop()
            yield control
            waiting.extend(reversed(control.children))


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
    entities_version: str = ""
    _controls: list[Control] = field(default_factory=list, init=False, repr=False, compare=False)

    def controls(self) -> Sequence[Control]:
        """Return every element of the body, groups included, in order."""
        if not self._controls:
            self._controls.extend(each for control in self.body for each in control.walk())
        return self._controls

    def attributes(self) -> list[str]:
        """Return the paths of the attributes that a bind or an action is about."""
        paths = [*(bind.path for bind in self.binds), *(action.path for action in self.actions)]
        return [path for path in paths if "/@" in path]

    @property
    def repeats(self) -> Mapping[str, Control]:
        """Return the repeats by path."""
        return {control.path: control for control in self.controls() if control.tag == "repeat"}


def parse_definition(document: Node) -> Definition:
    """Return the parts of an XForm document.

    Raises FormError `form.not_an_xform` when model or primary instance are missing, `form.unknown_event`, and
    `form.language_name` for a translation that does not say its language (ODK XForms "Languages"),
    `form.submission_method` for a way of sending that is not known (ODK XForms "Submission").
    """
    html = next(document.elements(), None)
    model = next((node for node in document.walk() if node.name == "model" and _depth(node) <= _MODEL_DEEP), None)
    if html is None or model is None:
        raise FormError("form.not_an_xform")
    instances = list(model.elements("instance"))
    root = next(instances[0].elements(), None) if instances else None
    if root is None:
        raise FormError("form.not_an_xform")
    _complete_meta(root, {**html.declared, **model.declared, **root.declared})
    _check_submission(model)
    body = html.child("body")
    binds = tuple(_bind(node, root) for node in model.elements("bind"))
    ids = {bind.attributes["id"]: bind.path for bind in binds if "id" in bind.attributes}
    reader = _Body(f"/{root.qualified}", ids, [])
    reader.read_actions(model, "")
    controls = tuple(reader.controls(body, reader.top)) if body is not None else ()
    languages = _itext(model)
    return Definition(
        title=_title(html),
        root=root,
        instances={node.get("id"): node for node in instances[1:]},
        binds=binds,
        actions=tuple(reader.actions),
        body=controls,
        itext=languages,
        default_language=_default_language(model, languages),
        entities_version=_attributes(model).get("entities:entities-version", ""),
    )


def _complete_meta(root: Node, declared: Mapping[str, str]) -> None:
    """Give the primary instance the instanceID that every record needs, where the form does not name one.

    ODK XForms "Metadata" allows two namespaces for it: that of OpenRosa where the form declares it, else its own.
    """
    meta = root.child("meta")
    if meta is None:
        prefix = next((name for name, space in declared.items() if space == _OPENROSA), None)
        space = root.space if prefix is None else _OPENROSA
        meta = root.append(Node(ELEMENT, "meta", prefix=prefix or root.prefix, space=space))
    if meta.child("instanceID") is None:
        meta.append(Node(ELEMENT, "instanceID", prefix=meta.prefix, space=meta.space))


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


def _attributes(node: Node) -> Mapping[str, str]:
    """Return the attributes by name, under the prefix by which their namespace is known here."""
    written = node.attribute_texts()
    if ":" not in "".join(written):
        return written
    return {
        f"{_PREFIXES[each.space]}:{each.name}" if each.space in _PREFIXES else each.qualified: each.text
        for each in node.attributes
    }


def _bind(node: Node, root: Node) -> Bind:
    written = node.attribute_texts()
    attributes = _attributes(node)
    tags: dict[str, str] = {}
    if attributes is not written:
        tags = {name[len(_TAG) :]: text for name, text in written.items() if name.startswith(_TAG)}
    return Bind(absolute(written.get("nodeset", ""), f"/{root.qualified}"), attributes, tags)


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


@dataclass(frozen=True, slots=True)
class _Body:
    """Reads the body and the actions; `top` is the path of the root, `ids` the binds that have an id."""

    top: str
    ids: Mapping[str, str]
    actions: list[Action]

    def controls(self, parent: Node, around: str) -> Iterator[Control]:
        for node in parent.elements():
            if node.name not in CONTROLS | {"group", "repeat"}:
                continue
            path = self._reference(node, around)
            self.read_actions(node, path)
            inside = node.name in {"group", "repeat"}
            children = tuple(self.controls(node, path or around)) if inside else ()
            yield Control(node.name, path, node, _attributes(node), children)

    def read_actions(self, parent: Node, holder: str) -> None:
        for node in parent.elements():
            if node.name not in _ACTIONS:
                continue
            path = self._reference(node, holder or self.top)
            written = node.get("event").split()
            events = frozenset("odk-instance-first-load" if event == "xforms-ready" else event for event in written)
            if not holder and "odk-new-repeat" in events:
                raise FormError("form.unknown_event", event="odk-new-repeat", path=path)
            sets = node.name == "setvalue"
            value = node.get("value") if sets and node.get("value").strip() else None
            self.actions.append(Action(events, path, value, string_value(node) if sets else "", holder))

    def _reference(self, node: Node, around: str) -> str:
        written = node.get("ref") or node.get("nodeset")
        if not written:
            return self.ids.get(node.get("bind"), "")
        return absolute(written, around)


def _check_submission(model: Node) -> None:
    for submission in model.elements("submission"):
        if submission.get("method") not in _METHODS:
            raise FormError("form.submission_method", method=submission.get("method"))


def _itext(model: Node) -> dict[str, dict[str, Node]]:
    itext = model.child("itext")
    if itext is None:
        return {}
    if not all(translation.get("lang").strip() for translation in itext.elements("translation")):
        raise FormError("form.language_name")
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
