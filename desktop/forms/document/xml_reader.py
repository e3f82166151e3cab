"""XML to nodes: no document type, no entities of one's own, limits on size, depth and number of nodes."""

from collections.abc import Iterable, Mapping
from xml.parsers import expat  # document types are refused below, so nothing can expand

from desktop.forms.errors import FormError
from desktop.forms.xpath.tree import COMMENT, DOCUMENT, ELEMENT, INSTRUCTION, TEXT, Node, WrittenAttributes
from desktop.kernel import collector

LARGEST = 64 * 1024 * 1024
"""Bytes an XML document may have."""

DEEPEST = 200
"""Levels of elements it may have."""

MOST_NODES = 4_000_000
"""Elements it may have."""

MOST_DECLARATIONS = 10_000
"""Prefixes it may declare; each element that declares one costs as much as all that hold there."""

_MIXED = frozenset({"label", "hint", "value"})
_NO_DECLARATIONS: Mapping[str, str] = {}
_XML_SPACE = "http://www.w3.org/XML/1998/namespace"


@collector.pause_collection()
def read_xml(data: bytes, *, keep_space: bool = False) -> Node:
    """Return the document node of `data`.

    White space between elements is dropped unless `keep_space`, except inside label, hint and value, where it is text.
    Raises FormError: `form.too_large`, `form.doctype` for any document type declaration, `form.xml` with row and column
    for what is not well-formed.
    """
    if len(data) > LARGEST:
        raise FormError("form.too_large")
    builder = _Builder(keep_space=keep_space)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    parser.CommentHandler = builder.comment
    parser.ProcessingInstructionHandler = builder.instruction
    parser.StartDoctypeDeclHandler = builder.doctype
    try:
        parser.Parse(data, True)  # noqa: FBT003  # expat takes it by position: this is all there is
    except expat.ExpatError as error:
        raise FormError("form.xml", row=error.lineno, column=error.offset + 1) from error
    except (ValueError, LookupError) as error:
        raise FormError("form.xml") from error
    return builder.document


class _Builder:
    """Builds the tree from the events of the parser."""

    def __init__(self, *, keep_space: bool) -> None:
        self.document = Node(DOCUMENT)
        self._node = self.document
        self._texts: list[str] = []
        self._spaces: list[dict[str, str]] = [{"": "", "xml": _XML_SPACE}]
        self._keep_space = keep_space
        self._count = 0
        self._declarations = 0

    def doctype(self, *_: object) -> None:
        raise FormError("form.doctype")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._texts:
            self._flush(closing=False)
        spaces, declared = self._spaces[-1], _NO_DECLARATIONS
        if attributes and _is_qualified(attributes):
            declared, attributes = _declarations(attributes), _others(attributes)
            spaces = _scope(spaces, declared, attributes)
            self._declarations += len(declared)
        self._spaces.append(spaces)
        self._count += 1
        if self._count > MOST_NODES or self._declarations > MOST_DECLARATIONS:
            raise FormError("form.too_large")
        if len(self._spaces) > DEEPEST:
            raise FormError("form.too_deep")
        node = _element(name, spaces)
        if declared:
            node.declared = declared
        if attributes:
            node.attributes = WrittenAttributes(node, attributes, spaces)
        self._node = self._node.append(node)

    def end(self, _: str) -> None:
        if self._texts:
            self._flush(closing=True)
        self._spaces.pop()
        parent = self._node.parent
        self._node = parent if parent is not None else self.document

    def characters(self, text: str) -> None:
        self._texts.append(text)

    def comment(self, text: str) -> None:
        if self._texts:
            self._flush(closing=False)
        self._node.append(Node(COMMENT, text=text))

    def instruction(self, target: str, text: str) -> None:
        if self._texts:
            self._flush(closing=False)
        self._node.append(Node(INSTRUCTION, target, text))

    def _flush(self, *, closing: bool) -> None:
        text = "".join(self._texts)
        self._texts.clear()
        node = self._node
        if not (self._keep_space or node.name in _MIXED or text.strip()):
            return
        if closing and not node.children:
            node.text = text
        else:
            node.append(Node(TEXT, text=text))


def _element(name: str, spaces: Mapping[str, str]) -> Node:
    if ":" not in name:
        return Node(ELEMENT, name, space=spaces[""])
    prefix, _, local = name.rpartition(":")
    return Node(ELEMENT, local, prefix=prefix, space=_space(spaces, prefix))


def _scope(around: dict[str, str], declared: Mapping[str, str], attributes: Iterable[str]) -> dict[str, str]:
    """Return the namespaces in an element; those of its attributes must be known."""
    spaces = {**around, **declared} if declared else around
    for name in attributes:
        _space(spaces, name.rpartition(":")[0])
    return spaces


def _is_qualified(attributes: Mapping[str, str]) -> bool:
    """Tell whether attributes may declare a namespace, or lie in one."""
    names = "".join(attributes)
    return ":" in names or "xmlns" in names


def _declarations(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return the namespaces that attributes declare, by prefix."""
    return {name[6:]: space for name, space in attributes.items() if _declares(name)}


def _others(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return the attributes that declare no namespace."""
    return {name: text for name, text in attributes.items() if not _declares(name)}


def _declares(name: str) -> bool:
    return name == "xmlns" or name.startswith("xmlns:")


def _space(spaces: Mapping[str, str], prefix: str) -> str:
    if prefix not in spaces:
        raise FormError("form.unknown_prefix", prefix=prefix)
    return spaces[prefix]
