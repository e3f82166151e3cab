"""The environment of one session: all that its expressions may ask of the outside, passed in."""

import random as randomness
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import NamedTuple

from desktop.forms.model.state import DataNode
from desktop.forms.session.session_texts import SessionTexts, Translate
from desktop.forms.xpath.tree import Node
from protocol.times import Clock


def source_text(text: str) -> str | None:
    """Translate nothing: the text of the workbook is the text."""
    return text


class ActiveLanguage(NamedTuple):
    """In which words choices and texts come: a language, and what translates into it what the form does not say."""

    language: str = ""
    translate: Translate = source_text


class SessionEnvironment:
    """Implements `xpath.code.Environment`. `active` says in which words choices and texts come."""

    def __init__(
        self,
        clock: Clock,
        random: randomness.Random,
        properties: Mapping[str, str],
        zone: tzinfo | None,
        language: str = "",
    ) -> None:
        """Tell the time by `clock` in `zone`; None is the zone of the machine."""
        self.zone = zone
        self.random = random
        self.shuffle = random.getrandbits(32)
        self.active = ActiveLanguage(language)
        self.texts: SessionTexts | None = None
        self._clock = clock
        self._properties = properties

    def now(self) -> datetime:
        """Return the present moment."""
        return self._clock.now()

    def itext(self, identifier: str, node: Node) -> str:
        """Return a text of the form by its id as `node` says it, "" when there is none."""
        if self.texts is None or not isinstance(node, DataNode):
            return ""
        return self.texts.by_id(identifier, node, self.active.language)

    def choice_label(self, node: Node, value: str) -> str:
        """Return the label of a choice of the question at `node`."""
        if self.texts is None or not isinstance(node, DataNode):
            return ""
        labels = self.texts.labels_of(node, self.active.translate, self.active.language)
        if value in labels or not all(each in labels for each in value.split()):
            return labels.get(value, "")
        return ", ".join(labels[each] for each in value.split())

    def property(self, name: str) -> str:
        """Return a property of the user or the device, "" when it is not known."""
        return self._properties.get(name, "")
