"""A session as an ODK instance document: the XML that ODK servers take and that `restoring` reads.

ODK XForms "Instance" (id, version and attributes kept, templates not transmitted), "Bind Attributes" (a node that is
not relevant is left out, with all in it), "Metadata", "Namespaces". UTF-8 without declaration, no white space between
elements. Elements of the XForms namespace stand in no namespace, as ODK clients write them; every other namespace is
declared, on the root where possible.

Text rule: values are written in Unicode normal form C. A character that XML 1.0 cannot hold (production 2, Char: all
controls other than tab and line ends, surrogates, U+FFFE and U+FFFF) is written as U+FFFD, so no answer blocks a
document. Tab and line ends survive reading: they are escaped where a parser would normalise them.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from desktop.forms.model.state import DataNode
from desktop.forms.session.session import Session
from desktop.forms.xpath.tree import Node

XFORMS = "http://www.w3.org/2002/xforms"
"""The namespace of XForms, which an instance inherits from the form document around it."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\t": "&#9;",
        "\n": "&#10;",
        "\r": "&#13;",
    }
)
_BUILT_IN = frozenset({"", "xml"})

Spaces = Mapping[str, str]
"""Namespace URIs by prefix, as far as they are declared; "" is the default namespace."""


def instance_document(session: Session, *, draft: bool = False, without: Container[str] = ()) -> bytes:
    """Return the record of `session`.

    A `draft` keeps what is not relevant now, with the answers that came back if it were: it is for going on with later,
    not for sending. In one for sending, moments and times of day have their milliseconds and offset. The nodes whose
    path in the form is in `without` are left out with all in them: a reader cannot tell them from those that are not
    relevant.
    """
    writer = _Writer([], _Choice(session, draft, without))
    writer.write(session.instance, {"": "", "xml": ""}, writer.spaces(session.instance))
    return "".join(writer.parts).encode()


def xml_text(text: str) -> str:
    """Return `text` as an XML document can hold it: normal form C, U+FFFD for what XML has no place for."""
    return _NOT_XML.sub("\ufffd", unicodedata.normalize("NFC", text))


def plain_space(space: str) -> str:
    """Return the namespace in which a node of an instance is written: none for that of XForms."""
    return "" if space == XFORMS else space


@dataclass(frozen=True, slots=True)
class _Choice:
    """What of a session is written."""

    session: Session
    draft: bool
    without: Container[str]

    def inside(self, node: DataNode) -> list[DataNode]:
        return [each for each in node.children if isinstance(each, DataNode) and self._takes(each)]

    def attributes(self, node: DataNode) -> list[Node]:
        return [each for each in node.attributes if not isinstance(each, DataNode) or self._takes(each)]

    def value(self, node: Node) -> str:
        if not isinstance(node, DataNode):
            return node.text
        return node.raw if self.draft else self.session.complete(node)

    def _takes(self, node: DataNode) -> bool:
        return (node.relevant or self.draft) and node.place.path not in self.without


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes elements into `parts`."""

    parts: list[str]
    choice: _Choice

    def spaces(self, top: DataNode) -> dict[str, str]:
        """Return the namespaces of all prefixes at or below `top`, the first where one prefix has several."""
        found: dict[str, str] = {}
        waiting = [top]
        while waiting:
            node = waiting.pop()
            for each in (node, *self.choice.attributes(node)):
                if each.prefix not in _BUILT_IN:
                    found.setdefault(each.prefix, each.space)
            waiting.extend(reversed(self.choice.inside(node)))
        return found

    def write(self, node: DataNode, known: Spaces, declare: Spaces) -> None:
        """Write `node` where `known` is declared around it, and declare `declare` on it too."""
        own = self.choice.attributes(node)
        declared = {**declare, **_missing_namespaces(node, own, {**known, **declare})}
        scope = {**known, **declared}
        attributes = [(f"xmlns:{prefix}" if prefix else "xmlns", space) for prefix, space in declared.items()]
        attributes += [(each.qualified, self.choice.value(each)) for each in own]
        written = "".join(f' {name}="{xml_text(text).translate(_IN_ATTRIBUTE)}"' for name, text in attributes)
        children = self.choice.inside(node)
        text = "" if node.place.children else xml_text(self.choice.value(node))
        if not children and not text:
            self.parts.append(f"<{node.qualified}{written}/>")
            return
        self.parts.append(f"<{node.qualified}{written}>{text.translate(_IN_TEXT)}")
        for child in children:
            self.write(child, scope, {})
        self.parts.append(f"</{node.qualified}>")


def _missing_namespaces(node: DataNode, attributes: Iterable[Node], scope: Spaces) -> dict[str, str]:
    """Return the namespaces that `node` has to declare on top of `scope`."""
    needed = {}
    for each in (node, *attributes):
        if each.prefix == "xml" or (each is not node and not each.prefix):
            continue
        space = plain_space(each.space) if not each.prefix else each.space
        if scope.get(each.prefix) != space:
            needed[each.prefix] = space
    return needed
