"""A form as its writer looks at it: every question with its texts in several languages, its rules and its choices.

Nothing is filled in: `${name}` stands where a value will. Expressions read as they do in the workbook, with names
instead of paths. A text is None where the form has it and a language lacks it, and absent where the form has none.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from desktop.forms.document.definition import Bind, Control, absolute
from desktop.forms.document.styling import plain, read_styled
from desktop.forms.model.choices import Item, Select
from desktop.forms.model.form import Form, FormNode
from desktop.forms.model.texts import tag_of
from desktop.forms.session.session_texts import Translate
from desktop.kernel.in_context import InContext, choice_context

Words = Mapping[str, str | None]
"""A text by language tag."""

Rule = Literal["relevant", "required", "constraint", "calculate", "readonly", "count", "filter"]

_PATH = re.compile(r"(?<![\w\])'\"/])(?:current\(\)/)?(?:(?:\.\./)+|/)[\w.\-]+(?:/[\w.\-]+)*")
_FILTER = re.compile(r"[^\[]*\[(.*)\][^\]]*", re.DOTALL)
_LOOSE = re.compile(r"(?<=\() (?=\$\{)|(?<=\}) (?=[,)])")
_ROLES = ("label", "hint", "guidance", "constraint", "required")


@dataclass(frozen=True, slots=True)
class OverviewLanguage:
    """A language to show: its tag, and what translates into it what the form does not say itself."""

    tag: str
    translate: Translate | None = None


@dataclass(frozen=True, slots=True)
class OverviewChoice:
    """One choice of a list, with its label in each language."""

    value: str
    words: Words


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One node. `number` counts sections, such as `1.2`, and is "" for a question; `tags` are those it adds itself.

    `section` is the number of the section around it.
    """

    node: FormNode
    depth: int
    number: str
    section: str
    texts: Mapping[str, Words]
    rules: Mapping[Rule, str]
    options: tuple[OverviewChoice, ...] = ()
    list_name: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[tuple[str, str], ...]:
        """Return what has no text in a language: the role or the choice, and the tag."""
        texts = [(role, tag) for role, words in self.texts.items() for tag, text in words.items() if text is None]
        labels = [(each.value, tag) for each in self.options for tag, text in each.words.items() if text is None]
        return (*texts, *labels)


def overview_of(form: Form, languages: Sequence[OverviewLanguage]) -> tuple[OverviewRow, ...]:
    """Return every group, repeat, question, note and calculation of `form` in order, in `languages`."""
    return tuple(_Outline(form, languages).entries(form.outline(), 0, ""))


def own_languages(form: Form) -> tuple[str, ...]:
    """Return the tags of the languages a form speaks itself, the one it was written in first."""
    default = form.definition.default_language
    written = dict.fromkeys(tag_of(name) for name in (default, *form.languages) if name not in {"", "default"})
    return tuple(written)


class _Outline:
    """Gathers what belongs to each node."""

    def __init__(self, form: Form, languages: Sequence[OverviewLanguage]) -> None:
        self._form = form
        self._languages = languages
        self._binds: Mapping[str, Bind] = {bind.path: bind for bind in form.definition.binds}
        self._controls: dict[str, Control] = {}
        for control in form.definition.controls():
            if control.path and (control.tag == "repeat" or control.path not in self._controls):
                self._controls[control.path] = control
        self._names: dict[str, int] = {}
        for node in form.outline().walk():
            self._names[node.name] = self._names.get(node.name, 0) + 1

    def entries(self, around: FormNode, depth: int, number: str) -> Iterator[OverviewRow]:
        sections = 0
        for node in around.children:
            own = ""
            if node.kind in {"group", "repeat"}:
                sections += 1
                own = f"{number}.{sections}".removeprefix(".")
            select = self._form.places[node.path].select
            yield OverviewRow(
                node=node,
                depth=depth,
                number=own,
                section=number,
                texts={role: words for role in _ROLES if (words := self._words(node.path, role))},
                rules=dict(self._rules(node)),
                options=tuple(self._options(select, node.path)) if select is not None else (),
                list_name=select.list_name if select is not None else "",
                tags={name: text for name, text in node.tags.items() if around.tags.get(name) != text},
            )
            yield from self.entries(node, depth + 1, own)

    def _words(self, path: str, role: str) -> Words:
        source = self._form.texts.source(path, role)
        found: dict[str, str | None] = {}
        for language in self._languages:
            own = self._form.texts.own(path, role, language.tag)
            if own is not None:
                found[language.tag] = _read(own.template)
            elif source is not None:
                found[language.tag] = self._translate(source.template, language)
        return found if any(text is not None for text in found.values()) or source is not None else {}

    def _translate(self, text: str, language: OverviewLanguage) -> str | None:
        written_in = own_languages(self._form)[:1]
        if language.tag in written_in or (not written_in and language.translate is None):
            return _read(text)
        translation = language.translate(text) if language.translate is not None and not self._form.languages else None
        return _read(translation) if translation is not None else None

    def _rules(self, node: FormNode) -> Iterator[tuple[Rule, str]]:
        bind, control = self._binds.get(node.path), self._controls.get(node.path)
        attributes = bind.attributes if bind is not None else {}
        written: Sequence[tuple[Rule, str]] = (
            *((rule, attributes.get(rule, "")) for rule in ("relevant", "required", "constraint", "calculate")),
            ("readonly", attributes.get("readonly", "") if node.kind == "question" else ""),
            ("count", control.attributes.get("jr:count", "") if control is not None else ""),
            ("filter", self._filter(control)),
        )
        for rule, expression in written:
            if expression.strip() and expression.strip() != "false()":
                yield rule, "" if expression.strip() == "true()" else self._name_paths(expression, node.path)

    def _filter(self, control: Control | None) -> str:
        itemset = control.node.child("itemset") if control is not None else None
        found = _FILTER.fullmatch(itemset.get("nodeset")) if itemset is not None else None
        return found[1] if found is not None else ""

    def _name_paths(self, expression: str, path: str) -> str:
        """Return an expression with `${name}` for each path of a question, as it was written in the workbook."""

        def name(found: re.Match[str]) -> str:
            node = self._form.nodes.get(absolute(found[0].removeprefix("current()/"), path))
            return f"${{{node.name}}}" if node is not None and self._names[node.name] == 1 else found[0]

        return _LOOSE.sub(lambda found: found[0].strip(), " ".join(_PATH.sub(name, expression).split()))

    def _options(self, select: Select, path: str) -> Iterator[OverviewChoice]:
        names = {
            language.tag: self._form.locale.choice_labels(select.list_name, language.tag) or {}
            for language in self._languages
        }
        for item in _items(select, self._form, self._controls.get(path)):
            yield OverviewChoice(
                item.value,
                {
                    language.tag: names[language.tag].get(item.value) or self._label(item, select, path, language)
                    for language in self._languages
                },
            )

    def _label(self, item: Item, select: Select, path: str, language: OverviewLanguage) -> str | None:
        context = choice_context(select.list_name, item.value)
        if item.identifier is None:
            return self._translate(InContext(item.label, context), language)
        own = self._form.texts.language(language.tag)
        message = self._form.texts.by_id(item.identifier, own or "", path)
        if message is None:
            return None
        if own is not None:
            return _read(message.template)
        return self._translate(InContext(message.template, context), language)


def _items(select: Select, form: Form, control: Control | None) -> Iterator[Item]:
    """Yield every choice of a list, whatever a filter would leave of it; none of one that only answers make."""
    instance = form.lookups.root(select.list_name) if select.list_name else None
    if instance is None and control is not None and control.node.child("itemset") is not None:
        return
    if instance is None:
        static: Callable[..., list[object]] = select.nodes.run
        yield from (select.read(node) for node in (static(None) if not select.list_name else []))  # type: ignore[arg-type]  # written out: no context
        return
    yield from map(select.read, form.lookups.rows(select.list_name))


def _read(text: str) -> str:
    return plain(read_styled(text)) or text
