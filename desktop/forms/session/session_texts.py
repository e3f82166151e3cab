"""What a session says: its texts and choices in a language, with the present values filled in."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

from desktop.forms.document.styling import StyledText, filled, plain, read_styled
from desktop.forms.model.choices import ChoiceSet, Item, Select
from desktop.forms.model.form import Form
from desktop.forms.model.places import Place
from desktop.forms.model.searches import joined
from desktop.forms.model.state import DataNode
from desktop.forms.model.texts import MEDIA, FormText, Output
from desktop.forms.session.recomputation import Model
from desktop.kernel.in_context import InContext, choice_context

Role = Literal[
    "label", "hint", "guidance", "constraint", "required", "long", "short", "image", "audio", "video", "big-image"
]
"""What a text is for. From `long` on they are forms of the label; a medium gives the name of its file."""

Translate = Callable[[str], str | None]
"""Gives the translation of a text of the workbook, always the same one, or None when there is none.

The label of a choice comes as an `InContext`, which says of which choice of which list it is.
"""

Fill = Callable[[str], str]
"""Puts the present values into a text."""

_MEDIUM = re.compile(r"jr://[a-z-]+/")
_PLACEHOLDER = re.compile(r"\$\{([^\s{}]+)\}")


@dataclass(frozen=True, slots=True)
class DisplayText:
    """A text ready to show. Without a translation it is the source text, and `translated` is false.

    `text` is plain, to be read aloud or printed; `styled` holds the same with its Markdown, () where it has none.
    """

    text: str
    translated: bool
    styled: StyledText = ()


class Choice(NamedTuple):
    """One choice ready to show. `image` is the name of its picture, if it has one; `forms` are its other forms."""

    value: str
    text: str
    translated: bool
    image: str | None = None
    forms: Mapping[str, str] = MappingProxyType({})


_MOST_LANGUAGES = 4


class _ChoiceTexts:
    """The choices of a set in words; `labels` by value, the last one of two with the same value."""

    __slots__ = ("_labels", "choices")

    def __init__(self, choices: Iterable[Choice]) -> None:
        self.choices = tuple(choices)
        self._labels: dict[str, str] | None = None

    @property
    def labels(self) -> Mapping[str, str]:
        if self._labels is None:
            self._labels = {choice.value: choice.text for choice in self.choices}
        return self._labels


NO_TEXT = DisplayText("", translated=False)
"""What a node without a text in some role says."""


@dataclass(frozen=True, slots=True)
class TextOptions:
    """How texts come: raw as in ODK, or for people, with labels of choices, dates as dates, and Markdown read."""

    raw_values: bool = False


class SessionTexts:
    """Texts of one session. Translations whose `${name}` places are not those of the source are not used."""

    def __init__(self, form: Form, model: Model, options: TextOptions) -> None:
        """Read the texts of `form` for the nodes of `model`."""
        self._form = form
        self._model = model
        self._options = options

    def text(self, node: DataNode, role: str, translate: Translate, language: str) -> DisplayText:
        """Return the text of `node` in a role, in `language`; `NO_TEXT` when the form has none."""
        texts = self._form.texts
        own = texts.own(node.place.path, role, language)
        message = own or texts.source(node.place.path, role)
        if message is None:
            return NO_TEXT
        fill = self._filler(message, node, translate, language)
        if role in MEDIA:
            return DisplayText(file_name(fill(message.template)), translated=own is not None)
        return (
            self._render(message.template, fill, translated=True)
            if own
            else self._render_message(message, translate, fill)
        )

    def source(self, node: DataNode, role: str) -> str | None:
        """Return the text as it is in the workbook, or None."""
        message = self._form.texts.source(node.place.path, role)
        return message.template if message is not None else None

    def by_id(self, identifier: str, node: DataNode, language: str) -> str:
        """Return the text with an itext id in `language`, values filled in from `node`; "" when there is none."""
        message = self._form.texts.by_id(identifier, self._form.texts.language(language) or "", node.place.path)
        if message is None:
            return ""
        return self._render(message.template, self._filler(message, node, str, language), translated=True).text

    def choices(self, node: DataNode, translate: Translate, language: str) -> tuple[Choice, ...]:
        """Return what can be chosen at `node` now, in order."""
        select = node.place.select
        return self._texts_of_choices(select, node, translate, language).choices if select is not None else ()

    def _texts_of_choices(self, select: Select, node: DataNode, translate: Translate, language: str) -> _ChoiceTexts:
        """Put a set of choices in words, once for each language unless values of this moment are filled in."""
        choice_set = select.choice_set(self._model.at(node))
        key = (translate, language, self._options)
        known: _ChoiceTexts | None = choice_set.texts.get(key)
        if known is not None:
            return known
        items = self._offered(choice_set)
        names = self._form.locale.choice_labels(select.list_name, language) if select.list_name else None
        if names is not None:
            texts, lasting = _ChoiceTexts(self._name_item(item, names, select, translate) for item in items), True
        elif any(item.identifier is not None for item in items):
            texts, lasting = self._write_choices(select, items, node, translate, language)
        else:
            texts, lasting = _ChoiceTexts(self._translate_item(item, select, translate) for item in items), True
        if lasting:
            if len(choice_set.texts) >= _MOST_LANGUAGES:
                choice_set.texts.clear()
            choice_set.texts[key] = texts
        return texts

    def _offered(self, choice_set: ChoiceSet) -> tuple[Item, ...]:
        """Return the choices of a list: for people without those of a blank line, which ODK clients show."""
        items = choice_set.items
        return items if self._options.raw_values else tuple(each for each in items if each.value or each.label)

    def _write_choices(
        self, select: Select, items: Iterable[Item], node: DataNode, translate: Translate, language: str
    ) -> tuple[_ChoiceTexts, bool]:
        """Put choices with texts of the form in words, and tell whether nothing of this moment is in them."""
        texts, site = self._form.texts, node.place.path
        own = texts.language(language)
        choices = []
        lasting = True
        for item in items:
            if item.identifier is None:
                choices.append(self._translate_item(item, select, translate))
                continue
            message = texts.by_id(item.identifier, own or "", site)
            lasting = lasting and (message is None or not message.outputs)
            named = texts.forms_of(item.identifier, own or "") if item.row is None else {}
            forms = {form: file_name(name) for form, name in named.items()}
            image = item.image or forms.pop("image", None)
            if message is None:
                text = DisplayText(item.value, translated=False)
            elif item.row is not None:
                text = DisplayText(joined(item.row, message.template), translated=True)
            else:
                fill = self._filler(message, node, translate, language)
                text = (
                    self._render(message.template, fill, translated=True)
                    if own
                    else self._render_message(message, translate, fill, choice_context(select.list_name, item.value))
                )
            choices.append(Choice(item.value, text.text, text.translated, image, forms))
        return _ChoiceTexts(choices), lasting

    def labels_of(self, node: DataNode, translate: Translate, language: str) -> Mapping[str, str]:
        """Return the labels of what can be chosen at `node` now, by value; of two with one value, the last."""
        select = node.place.select
        return self._texts_of_choices(select, node, translate, language).labels if select is not None else {}

    def _label_of(self, select: Select, node: DataNode, value: str, translate: Translate, language: str) -> str:
        """Return the label of `value` at a question, or of each of several values, joined by commas."""
        labels = self._texts_of_choices(select, node, translate, language).labels
        if value in labels:
            return labels[value]
        return ", ".join(labels.get(each, each) for each in value.split())

    def _translate_item(self, item: Item, select: Select, translate: Translate) -> Choice:
        translation = translate(InContext(item.label, choice_context(select.list_name, item.value)))
        text = self._render(item.label if translation is None else translation, str, translated=translation is not None)
        return Choice(item.value, text.text, text.translated, item.image)

    def _name_item(self, item: Item, names: Mapping[str, str], select: Select, translate: Translate) -> Choice:
        name = names.get(item.value)
        if name is None:
            return self._translate_item(item, select, translate)
        return Choice(item.value, name, translated=True, image=item.image)

    def _render_message(self, message: FormText, translate: Translate, fill: Fill, context: str = "") -> DisplayText:
        translation = translate(InContext(message.template, context) if context else message.template)
        if translation is None or not set(_PLACEHOLDER.findall(translation)) <= set(message.outputs):
            return self._render(message.template, fill, translated=False)
        return self._render(translation, fill, translated=True)

    def _render(self, template: str, fill: Fill, *, translated: bool) -> DisplayText:
        """Read the Markdown first and fill in values after, so that no value is ever taken for Markdown."""
        styled = () if self._options.raw_values else filled(read_styled(template), fill)
        return DisplayText(plain(styled) if styled else fill(template), translated, styled)

    def _filler(self, message: FormText, node: DataNode, translate: Translate, language: str) -> Fill:
        if not message.outputs:
            return str

        def put(found: re.Match[str]) -> str:
            output = message.outputs.get(found[1])
            return found[0] if output is None else self._value(output, node, translate, language)

        return lambda text: _PLACEHOLDER.sub(put, text)

    def _value(self, output: Output, node: DataNode, translate: Translate, language: str) -> str:
        value = str(output.run(self._model.at(node)))
        if self._options.raw_values or not value:
            return value
        place, kind = output.place, "string"
        if place is not None:
            kind = place.type
            shown = self._find_node(place, node)
            if place.select is not None and shown is not None:
                value = self._label_of(place.select, shown, value, translate, language)
        return self._form.locale.format_value(value, kind, language)

    def _find_node(self, place: Place, node: DataNode) -> DataNode | None:
        """Return the node of `place` in the same instance as `node`, if there is one."""
        frame = node.frame
        while frame.depth > place.depth and frame.parent is not None:
            frame = frame.parent
        if frame.depth != place.depth or (
            place.chain and frame.outer is not None and frame.outer.place is not place.chain[-1]
        ):
            return None
        return frame.node_of(place)


def file_name(address: str) -> str:
    """Return the name of the file in a `jr://images/name`, or the text itself."""
    return _MEDIUM.sub("", address, count=1)
