"""An ODK instance document back to a session.

Rules, where ODK XForms leaves the choice open:

* The document must be of this form: same root element and same `id`, else FormError `forms.document_other_form`.
  Another version is taken, with the warning `forms.document_other_version`.
* Elements are matched by namespace and local name, whatever their prefix and order. An element the form does not have
  is left aside with the warning `forms.document_unknown_node`; it is in `ResumedRecord.aside` and in no new document.
* A node that the document leaves out was not relevant (ODK XForms "Bind Attributes"): it gets the value it has in the
  form, and shows when its relevance says so again.
* A repeat has the instances the document has. A count that asks for more or fewer gets them; a repeat with
  `jr:noAddRemove` has at least as many as the form.
* A document without an `instanceID` leaves it blank; `Session.finalise` fills it in.
* Relevance, calculations and choices are computed anew. `odk-instance-load` runs, `odk-instance-first-load` does not.
"""

import random as randomness
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as replace_field
from datetime import tzinfo
from types import MappingProxyType

from desktop.forms.document.xml_reader import read_xml
from desktop.forms.errors import FormError
from desktop.forms.model.build import build_form
from desktop.forms.model.form import Form
from desktop.forms.model.places import Place
from desktop.forms.session.instance_document import plain_space
from desktop.forms.session.outcomes import INTERVIEW, Conventions, FormProblem
from desktop.forms.session.session import Session
from desktop.forms.xpath.tree import ATTRIBUTE, ELEMENT, Node, copy_of, string_value
from protocol.times import Clock

_NO_PROPERTIES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SessionSettings:
    """What a session gets from outside, as in `Session`."""

    clock: Clock
    random: randomness.Random
    properties: Mapping[str, str] = field(default_factory=lambda: _NO_PROPERTIES)
    zone: tzinfo | None = None
    conventions: Conventions = INTERVIEW

    def start(self, form: Form) -> Session:
        """Return a session of `form` that starts a new record. Raises FormError as `Session`."""
        return Session(
            form,
            clock=self.clock,
            random=self.random,
            properties=self.properties,
            zone=self.zone,
            conventions=self.conventions,
        )


@dataclass(frozen=True, slots=True)
class ResumedRecord:
    """A session that goes on where a document stopped; `warnings` say what of the document it could not take.

    `aside` holds the elements of those warnings that are about an unknown element, in the same order.
    """

    session: Session
    warnings: tuple[FormProblem, ...] = ()
    aside: tuple[Node, ...] = field(default=(), repr=False)


def record_of(form: Form, document: bytes) -> Node:
    """Return the root element of `document`, a record of `form`. Raises FormError as `resume_record`."""
    top = next(read_xml(document, keep_space=True).elements(), None)
    if top is None or _key(top) != _key(form.root) or top.get("id") != form.definition.root.get("id"):
        raise FormError("forms.document_other_form")
    return top


def resume_record(form: Form, document: bytes, settings: SessionSettings) -> ResumedRecord:
    """Return a session of `form` with the answers of `document`: the same record, to go on with.

    Raises FormError: as `read_xml` for what is no XML, `forms.document_other_form` for a record of another form.
    """
    return _open_record(form, record_of(form, document), settings, _as_it_is)


def edit_record(form: Form, document: bytes, settings: SessionSettings) -> ResumedRecord:
    """Return a session that replaces the record `document`, which was sent before.

    ODK XForms "Metadata": the record gets a new `instanceID`, and its old one as `deprecatedID`, which is added to the
    form where it has none (so `ResumedRecord.session.form` may be another object than `form`). A record that had no id
    only gets one. Raises as `resume_record`.
    """
    top = record_of(form, document)
    old = _identity(top)

    def replace(source: Node) -> None:
        for meta in source.elements("meta"):
            for identity in meta.elements("instanceID"):
                identity.text = f"uuid:{uuid.UUID(int=settings.random.getrandbits(128), version=4)}"
            for deprecated in meta.elements("deprecatedID") if old else ():
                deprecated.text = old

    return _open_record(_deprecating(form) if old else form, top, settings, replace)


def _identity(top: Node) -> str:
    meta = top.child("meta")
    identity = meta.child("instanceID") if meta is not None else None
    return string_value(identity).strip() if identity is not None else ""


def _as_it_is(_: Node) -> None:
    """Leave the instance of a restored record as the document has it."""


def _deprecating(form: Form) -> Form:
    """Return `form` with a `deprecatedID` in its metadata."""
    root = copy_of(form.definition.root)
    meta = root.child("meta")
    if meta is None or meta.child("deprecatedID") is not None:
        return form
    meta.append(Node(ELEMENT, "deprecatedID", prefix=meta.prefix, space=meta.space))
    return build_form(replace_field(form.definition, root=root), form.locale)


def _open_record(form: Form, top: Node, settings: SessionSettings, change: Callable[[Node], None]) -> ResumedRecord:
    root = form.definition.root
    merger = _Merger(instances=settings.conventions.start_instances)
    source = merger.merge(form.root, top, root)
    change(source)
    warnings = [FormProblem("forms.document_unknown_node", path) for path, _ in merger.aside]
    computed = any(each.name == "version" for each in form.root.attributes)
    if _version(top) != form.version and not computed:
        warnings.insert(0, FormProblem("forms.document_other_version", form.root.path))
    session = settings.start(form)
    session.open(source)
    return ResumedRecord(session, tuple(warnings), tuple(node for _, node in merger.aside))


def _version(top: Node) -> str:
    return top.get("version") or next((each.text for each in top.attributes if each.name == "version"), "")


def _key(named: Node | Place) -> tuple[str, str]:
    """Return the name of an element or place, whatever its prefix: that of XForms counts as no namespace."""
    return plain_space(named.space), named.name


def _by_name(parent: Node | None) -> Mapping[tuple[str, str], list[Node]]:
    found: dict[tuple[str, str], list[Node]] = {}
    for each in parent.elements() if parent is not None else ():
        found.setdefault(_key(each), []).append(each)
    return found


class _Merger:
    """Lays a document over a form: an instance with every node of the form, its value from the document if it is there.

    `instances` says whether a repeat inside something the document leaves out has the instances written in the form.
    """

    def __init__(self, *, instances: bool) -> None:
        self.aside: list[tuple[str, Node]] = []
        self._instances = instances

    def merge(self, place: Place, given: Node | None, default: Node | None) -> Node:
        """Return the element of `place`: `given` that of the document, `default` that of the form, if any."""
        node = Node(ELEMENT, place.name, prefix=place.prefix, space=place.space)
        node.attributes = tuple(_attributes(node, given, default))
        if not place.children:
            source = given if given is not None else default
            node.text = string_value(source) if source is not None else ""
            self._leave_aside(place, given, [])
            return node
        taken: list[Node] = []
        theirs, ours = _by_name(given), _by_name(default)
        for child in place.children:
            found, mine = theirs.get(_key(child), []), ours.get(_key(child), [])
            if child.is_repeat:
                self._instances_of(child, node, found if given is not None else None, mine)
                taken += found
            else:
                node.append(self.merge(child, found[0] if found else None, mine[0] if mine else child.template))
                taken += found[:1]
        self._leave_aside(place, given, taken)
        return node

    def _instances_of(self, repeat: Place, parent: Node, found: list[Node] | None, mine: list[Node]) -> None:
        """Append the instances of a repeat; `found` is None when the document leaves out what is around it."""
        written = [each for each in mine if not each.has("jr:template")]
        template = repeat.template if repeat.template is not None and repeat.template.has("jr:template") else None
        if found is None:
            if self._instances or repeat.is_written or repeat.is_fixed:
                for each in written:
                    parent.append(self.merge(repeat, None, each))
            return
        for each in found:
            parent.append(self.merge(repeat, each, template))
        if repeat.is_written or repeat.is_fixed:
            for _ in written[len(found) :]:
                parent.append(self.merge(repeat, None, template))

    def _leave_aside(self, place: Place, given: Node | None, taken: list[Node]) -> None:
        if given is None:
            return
        known = {id(each) for each in taken}
        self.aside += [(f"{place.path}/{each.qualified}", each) for each in given.elements() if id(each) not in known]


def _attributes(owner: Node, given: Node | None, default: Node | None) -> list[Node]:
    """Return the attributes of the form, with the values of the document, then those only the document has."""
    found: dict[tuple[str, str], Node] = {}
    for source in (default, given):
        for each in source.attributes if source is not None else ():
            if each.qualified == "jr:template":
                continue
            key = (each.space, each.name)
            prefix = found[key].prefix if key in found else each.prefix
            found[key] = Node(ATTRIBUTE, each.name, each.text, prefix=prefix, space=each.space)
            found[key].parent = owner
    return [*found.values()]
