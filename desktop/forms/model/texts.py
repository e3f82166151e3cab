"""The texts of a form: where they stand, what they are called in a catalogue, and what is filled into them.

A catalogue knows a text as it is in the workbook, with `${name}` where the XForm has an output element. A form with
several languages of its own is not translated: it says everything itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.forms.document.definition import Control, Definition, itext_id
from desktop.forms.document.problem_collector import ProblemCollector
from desktop.forms.errors import FormError
from desktop.forms.model.lookups import Lookups
from desktop.forms.model.places import Place
from desktop.forms.model.references import FormScope
from desktop.forms.xpath.code import Run, text_of
from desktop.forms.xpath.compiler import Compiler
from desktop.forms.xpath.syntax import Path, parse
from desktop.forms.xpath.tree import ELEMENT, Node, string_value

MISSING = "-"
"""What the workbook reader writes where a language has no text."""

MEDIA = ("image", "audio", "video", "big-image")
"""Forms of a text that name a file."""

_FORMS = frozenset({"guidance", "long", "short", *MEDIA})
_TAG = re.compile(r"\(([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\)\s*$")
_CALLED = re.compile(r"\s*jr:itext\(")
_PATH_NAME = re.compile(r"([^/\s]+)\s*$")
_SPACES = re.compile(r"[ \t]*\n[ \t\n]*")
_BIND_ROLES = {"constraint": "jr:constraintMsg", "required": "jr:requiredMsg"}


@dataclass(frozen=True, slots=True)
class Output:
    """A value filled into a text. `place` is the node it shows, when it shows just one."""

    run: Run
    place: Place | None


@dataclass(frozen=True, slots=True)
class FormText:
    """A text as it is in the workbook, and what its `${name}` places are filled with."""

    template: str
    outputs: Mapping[str, Output] = field(default_factory=dict)


def tag_of(language: str) -> str:
    """Return the BCP 47 tag in a language name such as `Nederlands (nl)`, or the name itself."""
    found = _TAG.search(language)
    return (found[1] if found else language).replace("_", "-").casefold()


class FormTexts:
    """Finds and compiles the texts of one form; each is compiled when first asked for, or all by `check`."""

    def __init__(self, definition: Definition, places: Mapping[str, Place], lookups: Lookups) -> None:
        """Gather where the texts of `definition` stand."""
        self._itext = definition.itext
        self._default = definition.default_language
        self._places = places
        self._lookups = lookups
        self._sources: dict[tuple[str, str], Node | str] = {}
        self._messages: dict[tuple[str, str, str], FormText | None] = {}
        for control in definition.controls():
            self._gather(control)
        for bind in definition.binds:
            for role, attribute in _BIND_ROLES.items():
                if attribute in bind.attributes:
                    self._sources[bind.path, role] = bind.attributes[attribute]

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages the form brings itself; empty when there is only one."""
        return tuple(self._itext) if len(self._itext) > 1 else ()

    def _gather(self, control: Control) -> None:
        for role in ("label", "hint"):
            element = control.node.child(role)
            if element is not None and control.path:
                self._sources.setdefault((control.path, role), element)

    def source(self, path: str, role: str) -> FormText | None:
        """Return the text of a node in the language the form was written in, or None."""
        return self._message(path, role, self._default)

    def own(self, path: str, role: str, tag: str) -> FormText | None:
        """Return the text in the form's own language with this tag; None when it has no such language or text."""
        language = self.language(tag)
        return self._message(path, role, language) if language is not None else None

    def language(self, tag: str) -> str | None:
        """Return the form's own name of the language `tag`, which may be that name already."""
        wanted = tag.replace("_", "-").casefold()
        return next((name for name in self.languages if name == tag or tag_of(name) == wanted), None)

    def by_id(self, identifier: str, language: str, site: str, form: str = "") -> FormText | None:
        """Return the text with an itext id, in the language named by the form, for use at the node `site`."""
        text = self._itext.get(language or self._default, {}).get(identifier)
        if text is None:
            return None
        value = _value(text, form)
        return self._compile_element(value, site) if value is not None else None

    def forms_of(self, identifier: str, language: str) -> Mapping[str, str]:
        """Return the other forms of the text with an itext id, such as `image` and `short`, as they are written."""
        text = self._itext.get(language or self._default, {}).get(identifier)
        values = text.elements("value") if text is not None else ()
        written = {value.get("form"): string_value(value).strip() for value in values}
        return {form: name for form, name in written.items() if form not in {"", "long"} and name not in {"", MISSING}}

    def check(self, report: ProblemCollector) -> None:
        """Compile every text in every language; report broken outputs, and texts that a language lacks."""
        for path, role in list(self._sources):
            column = f"{role}_message" if role in _BIND_ROLES else role
            for language in self._itext or {"": {}}:
                with report.entry(path=path, column=column, language=language):
                    self._message(path, role, language)
                    if role == "hint":
                        self._message(path, "guidance", language)
        for identifier in dict.fromkeys(identifier for texts in self._itext.values() for identifier in texts):
            for language in self._itext:
                self._check(identifier, language, report)

    def _check(self, identifier: str, language: str, report: ProblemCollector) -> None:
        path, _, column = identifier.partition(":")
        with report.entry(path=path, column=column, language=language):
            text = self._itext[language].get(identifier)
            value = _value(text, "") if text is not None else None
            if len(self._itext) > 1 and (text is None or (value is not None and string_value(value) == MISSING)):
                raise FormError("form.translation_missing")
            if value is not None and not path.startswith("/") and not _is_relative(value):
                self._compile_element(value, "")

    def _message(self, path: str, role: str, language: str) -> FormText | None:
        key = (path, role, language)
        if key not in self._messages:
            self._messages[key] = self._find_message(path, role, language)
        return self._messages[key]

    def _find_message(self, path: str, role: str, language: str) -> FormText | None:
        form = ""
        if role in _FORMS:
            form, role = role, "hint" if role == "guidance" else "label"
        source = self._sources.get((path, role))
        if source is None:
            return None
        reference = source if isinstance(source, str) else source.get("ref")
        identifier = itext_id(reference)
        if identifier is None and _CALLED.match(reference):
            return None if form else self._compile_reference(reference, path)
        known = self.by_id(identifier, language, path, form) if identifier is not None else None
        if known is not None or form or (identifier is not None and isinstance(source, str)):
            return known
        return FormText(source.strip()) if isinstance(source, str) else self._compile_element(source, path)

    def _compile_element(self, element: Node, site: str) -> FormText | None:
        parts: list[str] = []
        outputs: dict[str, Output] = {}
        for child in element.children or [element]:
            if child.kind == ELEMENT and child.name == "output":
                name = self._output(child, site, outputs)
                parts.append(f"${{{name}}}")
            else:
                parts.append(string_value(child))
        template = _SPACES.sub("\n", "".join(parts)).strip()
        return FormText(template, outputs) if template and template != MISSING else None

    def _compile_reference(self, expression: str, site: str) -> FormText:
        """Return the text whose id is worked out, such as `jr:itext(concat(…))`."""
        place = self._places[site]
        code = Compiler(FormScope(next(iter(self._places.values())), place, self._lookups), place).compile(expression)
        return FormText("${text}", {"text": Output(text_of(code), None)})

    def _output(self, element: Node, site: str, outputs: dict[str, Output]) -> str:
        expression = element.get("value") or element.get("ref")
        found = _PATH_NAME.search(expression)
        name = found[1] if found else "value"
        place = self._places.get(site) or next(iter(self._places.values()))
        scope = FormScope(next(iter(self._places.values())), place, self._lookups)
        code = Compiler(scope, place).compile(expression)
        is_path = isinstance(parse(expression), Path)
        target = scope.reads[0].place if is_path and scope.reads else None
        outputs[name] = Output(text_of(code), target)
        return name


def _is_relative(text: Node) -> bool:
    """Tell whether what is filled into a text depends on where the text is used."""
    outputs = (each.get("value") or each.get("ref") for each in text.elements("output"))
    return any("." in output for output in outputs)


def _value(text: Node, form: str) -> Node | None:
    wanted = {"guidance", "print"} if form == "guidance" else {form} if form else {"", "long"}
    return next((value for value in text.elements("value") if value.get("form") in wanted), None)
