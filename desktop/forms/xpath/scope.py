"""The scope of an expression over a tree without a form: nothing is resolved ahead."""

from collections.abc import Mapping

from desktop.forms.errors import FormError
from desktop.forms.xpath.code import Code, Run
from desktop.forms.xpath.compiler import Builder, Compiler
from desktop.forms.xpath.library import FUNCTIONS
from desktop.forms.xpath.syntax import Expression, Path
from desktop.forms.xpath.tree import Node

PREFIXES: Mapping[str, str] = {
    "h": "http://www.w3.org/1999/xhtml",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "xf": "http://www.w3.org/2002/xforms",
    "jr": "http://openrosa.org/javarosa",
    "orx": "http://openrosa.org/xforms",
    "odk": "http://www.opendatakit.org/xforms",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
"""The prefixes an expression may use without declaring them."""


class PlainScope:
    """Paths are walked when they run; secondary instances are given by name."""

    functions: Mapping[str, Builder] = FUNCTIONS
    strict = False

    def __init__(self, prefixes: Mapping[str, str] = PREFIXES, instances: Mapping[str, Node] | None = None) -> None:
        """Use `prefixes` and the instance elements `instances`."""
        self._prefixes = prefixes
        self._instances = instances or {}

    def namespace(self, prefix: str) -> str | None:
        """Return the namespace URI of `prefix`."""
        return self._prefixes.get(prefix)

    def path(self, path: Path, compiler: Compiler) -> Code | None:
        """Resolve nothing ahead."""
        del path, compiler
        return None

    def narrowed(self, path: Path, compiler: Compiler) -> object | None:
        """Know nothing about predicates."""
        del path, compiler
        return None

    def instance(self, name: str) -> Run:
        """Return the instance element of `name`. Raises FormError `form.unknown_instance`."""
        root = self._instances.get(name)
        if root is None:
            raise FormError("form.unknown_instance", instance=name)
        found = [root]
        return lambda _: found

    def choosing(self, path: Expression, compiler: Compiler) -> Code:
        """Take any path: nothing is known of choices."""
        return compiler.code(path)

    def position(self) -> Run | None:
        """Have no position of its own."""
