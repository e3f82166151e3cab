"""What a session says: its texts and choices in a language, with the present values filled in."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from desktop.forms.form import Form
from desktop.forms.model import Model
from desktop.forms.places import Place
from desktop.forms.selects import Item, Offer, Select
from desktop.forms.state import DataNode
from desktop.forms.texts import Message, Output

Role = Literal["label", "hint", "guidance", "constraint", "required", "short", "image", "audio", "video", "big-image"]
"""What a text is for."""

Translate = Callable[[str], str | None]
"""Gives the translation of a text of the workbook, always the same one, or None when there is none."""

_PLACEHOLDER = re.compile(r"\$\{([^\s{}]+)\}")


@dataclass(frozen=True, slots=True)
class Text:
    """A text ready to show. Without a translation it is the source text, and `translated` is false."""

    text: str
    translated: bool


class Choice(NamedTuple):
    """One choice ready to show. `image` is the name of its picture, if it has one."""

    value: str
    text: str
    translated: bool
    image: str | None = None


_MOST_LANGUAGES = 4


class _Said:
    """The choices of an offer in words; `labels` by value, the last one of two with the same value."""

    __slots__ = ("_labels", "choices")

    def __init__(self, choices: Iterable[Choice]) -> None:
        self.choices = tuple(choices)
        self._labels: dict[str, str] | None = None

    @property
    def labels(self) -> Mapping[str, str]:
        if self._labels is None:
            self._labels = {choice.value: choice.text for choice in self.choices}
        return self._labels


NO_TEXT = Text("", translated=False)
"""What a node without a text in some role says."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How values read inside texts: as ODK does (raw), or as people do (labels of choices, dates as dates)."""

    raw_values: bool = False


class Speech:
    """Texts of one session. Translations whose `${name}` places are not those of the source are not used."""

    def __init__(self, form: Form, model: Model, manner: Manner) -> None:
        """Speak for the nodes of `model`."""
        self._form = form
        self._model = model
        self._manner = manner

    def text(self, node: DataNode, role: str, translate: Translate, language: str) -> Text:
        """Return the text of `node` in a role, in `language`; `NO_TEXT` when the form has none."""
        texts = self._form.texts
        path = node.place.path
        own = texts.own(path, role, language)
        if own is not None:
            return Text(self._filled(own, own.template, node, translate, language), translated=True)
        source = texts.source(path, role)
        if source is None:
            return NO_TEXT
        return self._spoken(source, node, translate, language)

    def source(self, node: DataNode, role: str) -> str | None:
        """Return the text as it is in the workbook, or None."""
        message = self._form.texts.source(node.place.path, role)
        return message.template if message is not None else None

    def by_id(self, identifier: str, language: str) -> str:
        """Return the text with an itext id in `language`, values filled in; "" when there is none."""
        top = self._model.root.top
        message = self._form.texts.by_id(identifier, self._form.texts.language(language) or "", top.place.path)
        if message is None:
            return ""
        return self._filled(message, message.template, top, lambda text: text, language)

    def choices(self, node: DataNode, translate: Translate, language: str) -> tuple[Choice, ...]:
        """Return what can be chosen at `node` now, in order."""
        select = node.place.select
        return self._said(select, node, translate, language).choices if select is not None else ()

    def _said(self, select: Select, node: DataNode, translate: Translate, language: str) -> _Said:
        """Put an offer in words, once for each language unless values of this moment are filled in."""
        offer = select.offer(self._model.at(node))
        key = (translate, language)
        known: _Said | None = offer.spoken.get(key)
        if known is not None:
            return known
        names = self._form.wording.names(select.list_name, language) if select.list_name else None
        if names is not None:
            said, lasting = _Said(_named(item, names, translate) for item in offer.items), True
        elif any(item.identifier is not None for item in offer.items):
            said, lasting = self._worded(offer, node, translate, language)
        else:
            said, lasting = _Said(_translated(item, translate) for item in offer.items), True
        if lasting:
            if len(offer.spoken) >= _MOST_LANGUAGES:
                offer.spoken.clear()
            offer.spoken[key] = said
        return said

    def _worded(self, offer: Offer, node: DataNode, translate: Translate, language: str) -> tuple[_Said, bool]:
        """Put an offer with texts of the form in words, and tell whether nothing of this moment is in them."""
        texts, site = self._form.texts, node.place.path
        own = texts.language(language)
        choices = []
        lasting = True
        for item in offer.items:
            if item.identifier is None:
                choices.append(_translated(item, translate))
                continue
            message = texts.by_id(item.identifier, own or "", site)
            lasting = lasting and (message is None or not message.outputs)
            image = item.image
            if image is None:
                picture = texts.by_id(item.identifier, own or "", site, "image")
                image = picture.template.removeprefix("jr://images/") if picture is not None else None
            if message is None:
                text = Text(item.value, translated=False)
            elif own is not None:
                text = Text(self._filled(message, message.template, node, translate, language), translated=True)
            else:
                text = self._spoken(message, node, translate, language)
            choices.append(Choice(item.value, text.text, text.translated, image))
        return _Said(choices), lasting

    def label_of(self, place: Place, node: DataNode, value: str, translate: Translate, language: str) -> str:
        """Return the label of `value` at a question, or of each of several values, joined by commas."""
        if place.select is None or not value:
            return value
        labels = self._said(place.select, node, translate, language).labels
        if value in labels:
            return labels[value]
        return ", ".join(labels.get(each, each) for each in value.split())

    def _spoken(self, message: Message, node: DataNode, translate: Translate, language: str) -> Text:
        translation = translate(message.template)
        if translation is None or not set(_PLACEHOLDER.findall(translation)) <= set(message.outputs):
            return Text(self._filled(message, message.template, node, translate, language), translated=False)
        return Text(self._filled(message, translation, node, translate, language), translated=True)

    def _filled(self, message: Message, template: str, node: DataNode, translate: Translate, language: str) -> str:
        if not message.outputs:
            return template

        def put(found: re.Match[str]) -> str:
            output = message.outputs.get(found[1])
            if output is None:
                return found[0]
            return self._value(output, node, translate, language)

        return _PLACEHOLDER.sub(put, template)

    def _value(self, output: Output, node: DataNode, translate: Translate, language: str) -> str:
        value = str(output.run(self._model.at(node)))
        if self._manner.raw_values or not value:
            return value
        place, kind = output.place, "string"
        if place is not None:
            kind = place.type
            shown = self._shown(place, node)
            if place.select is not None and shown is not None:
                value = self.label_of(place, shown, value, translate, language)
        return self._form.wording.dress(value, kind, language)

    def _shown(self, place: Place, node: DataNode) -> DataNode | None:
        """Return the node of `place` in the same instance as `node`, if there is one."""
        frame = node.frame
        while frame.depth > place.depth and frame.parent is not None:
            frame = frame.parent
        if frame.depth != place.depth or (
            place.chain and frame.outer is not None and frame.outer.place is not place.chain[-1]
        ):
            return None
        return frame.node_of(place)


def _translated(item: Item, translate: Translate) -> Choice:
    translation = translate(item.label)
    if translation is None:
        return Choice(item.value, item.label, translated=False, image=item.image)
    return Choice(item.value, translation, translated=True, image=item.image)


def _named(item: Item, names: Mapping[str, str], translate: Translate) -> Choice:
    name = names.get(item.value)
    if name is None:
        return _translated(item, translate)
    return Choice(item.value, name, translated=True, image=item.image)
