"""All that is wrong with a form, at once: for the people who write forms."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from desktop.forms.document.datatypes import in_range, is_value
from desktop.forms.document.definition import Control, Definition, itext_id, parse_definition
from desktop.forms.document.problem_collector import ProblemCollector
from desktop.forms.errors import FormError
from desktop.forms.model.build import build_form
from desktop.forms.model.external import Missing, file_of, with_media
from desktop.forms.model.form import Form, FormLocale
from desktop.forms.model.lookups import parts_of
from desktop.forms.model.searches import without_search
from desktop.forms.model.selects import whole_list
from desktop.forms.xpath.syntax import Call, Literal, parse
from desktop.forms.xpath.tree import Node, string_value

ADVICE = frozenset({"form.never_relevant", "form.column_name", "form.column_near"})
"""Codes of what its writer should know, and what keeps nobody from using the form."""

UNFINISHED = frozenset({"form.translation_missing", "form.missing_media"})
"""Codes of what is not there yet, and does not keep a form from being tried out."""

_MEDIA = ("image", "audio", "video", "big-image")
_PLAIN = FormLocale()
_PULLDATA = 4
_STATIC = ("jr://images/", "jr://audio/", "jr://video/")


@dataclass(frozen=True, slots=True)
class FormCheckResult:
    """What became of a form, and all that was found wrong in it, in its order.

    `form` is None only where one of `problems` says what keeps it from being a form.
    """

    form: Form | None
    problems: tuple[FormError, ...]

    def usable(self, despite: Collection[str] = ADVICE) -> Form:
        """Return the form. Raises the first of its problems whose code is not one of `despite`."""
        for problem in self.problems:
            if problem.code not in despite:
                raise problem
        return cast("Form", self.form)


def examine(
    document: Node, locale: FormLocale = _PLAIN, media: Mapping[str, bytes] | None = None, missing: Missing = "refuse"
) -> FormCheckResult:
    """Return the form in an XForm document with every problem of it.

    Besides what stops a form from being read, these are texts whose outputs are broken (with the path of the text),
    languages in which a text is missing (`form.translation_missing`), values a question begins with and cannot have
    (`form.default`), what is never asked (`form.never_relevant`), and pictures, sounds and films that are not among
    `media` (`form.missing_media`; not looked for when that is None, or when what is missing may be empty).
    """
    report = ProblemCollector(collect=True)
    form = None
    with report.entry():
        definition = with_media(parse_definition(document), media or {}, report, missing)
        form = build_form(definition, locale, report)
        form.texts.check(report)
        report.problems.extend(_columns(form))
        report.problems.extend(_check_pulls(form))
        report.problems.extend(_never(definition))
        report.problems.extend(_defaults(form))
        if media is not None and missing == "refuse":
            report.problems.extend(missing_media(definition, media))
    return FormCheckResult(form, tuple(report.problems))


def missing_media(definition: Definition, media: Mapping[str, bytes]) -> Iterator[FormError]:
    """Yield `form.missing_media` for every picture, sound or film that a text names and that is not there."""
    seen: set[tuple[str, str, str]] = set()
    columns = _names_of_columns(definition)
    for language, texts in definition.itext.items():
        for identifier, text in texts.items():
            path = identifier.partition(":")[0]
            for kind, file in _find_media(text) if identifier not in columns else ():
                if file not in media and (path, kind, file) not in seen:
                    seen.add((path, kind, file))
                    yield FormError("form.missing_media", path=path, column=kind, language=language, file=file)


def _find_media(text: Node) -> Iterator[tuple[str, str]]:
    """Yield the kind and the name of each file that a text shows or plays."""
    for value in text.elements("value"):
        source = string_value(value).strip()
        if value.get("form") in _MEDIA and source.startswith(_STATIC):
            yield value.get("form"), file_of(source)


def _names_of_columns(definition: Definition) -> set[str]:
    """Return the ids of the texts that name columns of a file, for search()."""
    return {
        itext_id(label.get("ref")) or ""
        for control in definition.controls()
        if without_search(appearance := control.attributes.get("appearance", "")) != appearance
        for item in control.node.elements("item")
        for label in item.elements("label")
    }


def _columns(form: Form) -> Iterator[FormError]:
    """Yield what a list that a question shows lacks.

    `form.unknown_column` where no item has a column, `form.name_missing` where an item has a label and no value.
    """
    for control in form.definition.controls():
        itemset = control.node.child("itemset")
        place = form.places.get(control.path)
        if itemset is None or place is None or place.select is None or not place.select.list_name:
            continue
        items = [place.select.read(row) for row in form.lookups.rows(place.select.list_name)]
        if any(item.value for item in items) and any(item.label and not item.value for item in items):
            yield FormError("form.name_missing", path=control.path, column="type", instance=place.select.list_name)
        for part in itemset.elements():
            name = part.get("ref").strip()
            if name.isidentifier() and _lacks(form, place.select.list_name, name):
                details = {"instance": place.select.list_name, "name": name}
                yield FormError("form.unknown_column", path=control.path, column="parameters", **details)


def _check_pulls(form: Form) -> Iterator[FormError]:
    for bind in form.definition.binds:
        expression = bind.attributes.get("calculate", "")
        for call in _pulls(expression):
            name = call.arguments[0].text if isinstance(call.arguments[0], Literal) else ""
            for argument in call.arguments[1:3]:
                if isinstance(argument, Literal) and _lacks(form, name, argument.text):
                    where = {"path": bind.path, "column": "calculation", "expression": expression}
                    yield FormError("form.unknown_column", **where, instance=name, name=argument.text)


def _lacks(form: Form, name: str, column: str) -> bool:
    """Tell whether the list `name` has items, and none of them has `column`."""
    items = form.lookups.rows(name)
    return bool(items) and not column.startswith("@") and all(item.child(column) is None for item in items)


def _pulls(expression: str) -> Iterator[Call]:
    """Yield the calls of pulldata() in an expression; none where it cannot be parsed, which others report."""
    if "pulldata" not in expression:
        return
    try:
        waiting = [parse(expression)]
    except FormError:
        return
    while waiting:
        tree = waiting.pop()
        if isinstance(tree, Call) and tree.name == "pulldata" and len(tree.arguments) == _PULLDATA:
            yield tree
        waiting.extend(parts_of(tree))


def _never(definition: Definition) -> Iterator[FormError]:
    for bind in definition.binds:
        if bind.attributes.get("relevant", "").strip() == "false()":
            yield FormError("form.never_relevant", path=bind.path, column="relevant", expression="false()")


def _defaults(form: Form) -> Iterator[FormError]:
    controls = {control.path: control for control in form.definition.controls()}
    for path, text in _walk_leaves(form.definition.root, ""):
        place = form.places.get(path)
        if place is None or not text:
            continue
        control = controls.get(path)
        value = text.partition("T")[0] if place.type == "date" else text
        if not is_value(value, place.type) or (control is not None and not _fits(text, control, form)):
            yield FormError("form.default", path=path, column="default", value=text, type=place.type)


def _walk_leaves(node: Node, around: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every leaf of the primary instance; both at once, templates included."""
    path = f"{around}/{node.qualified}"
    children = list(node.elements())
    if not children:
        yield path, string_value(node).strip()
    for child in children:
        yield from _walk_leaves(child, path)


def _fits(text: str, control: Control, form: Form) -> bool:
    """Tell whether a question can begin with `text`; a choice fits when it is in the list, whatever the filter says."""
    if control.tag == "range":
        return in_range(text, control.attributes)
    select = form.places[control.path].select
    if control.tag not in {"select1", "select", "rank"} or select is None:
        return True
    values = whole_list(control, select, form.lookups)
    return values is None or text in values or set(text.split()) <= values
