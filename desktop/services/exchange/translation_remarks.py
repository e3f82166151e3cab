"""What interpreters said about the translations, collected over all cases into one PO file a language.

No answer and no name leaves a case this way: of a remark, every word that is also a word of a short answer of its case
or of the name of who wrote in it, every figure and every address of mail is left out, as "…".
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from desktop.forms import Form
from desktop.i18n import LANGUAGES, Catalogue
from desktop.i18n.suggestions import TextRemark, write_suggestions
from desktop.kernel.files import write_atomic
from desktop.kernel.ref import Ref
from desktop.records import AnswerGiven, Event
from desktop.services.interview.dossier_context import DossierContexts

LEFT_OUT = "…"
"""What stands in a remark for a word that may tell who it is about."""

_ROLES = ("label", "hint", "guidance")
_WORD = re.compile(r"[\w.+-]+@[\w.-]+|\w+")
_SHORTEST = 3
"""Letters of the shortest word that is looked for among the answers: shorter ones are words of any language."""

_TAGS = frozenset(each.tag for each in LANGUAGES)
"""The languages that have a catalogue here; a remark on any other one, of a later version, waits for it."""

_MOST_WORDS = 6
"""Words of the longest answer that names something, such as a street or a school; a longer one tells a story."""


class TranslationRemarks:
    """Collects the remarks of every case that can be read here. Called on the store thread only."""

    def __init__(self, contexts: DossierContexts) -> None:
        """Read through `contexts`."""
        self._contexts = contexts

    def files(self) -> Mapping[str, bytes]:
        """Return a PO file by language; none where nobody said anything about it."""
        found: dict[str, dict[str, list[str]]] = {}
        for dossier in self._contexts.journal.dossiers():
            flags = [flag.body for flag in self._contexts.journal.view(dossier).flags if flag.body.language in _TAGS]
            if not flags:
                continue
            telling = _telling_words(self._contexts.form, self._contexts.journal.events(dossier))
            for flag in flags:
                place = Ref.parse(flag.ref).path
                found.setdefault(flag.language, {}).setdefault(place, []).append(_without(flag.remark, telling))
        made = self._contexts.clock.now()
        return {tag: write_suggestions(tag, self._texts(tag, found[tag]), made) for tag in sorted(found)}

    def save(self, folder: Path) -> tuple[Path, ...]:
        """Write the files to `folder` as `opmaat-vertaling-<language>.po`, in place of earlier ones; return where."""
        saved = []
        for tag, data in self.files().items():
            path = folder / f"opmaat-vertaling-{tag}.po"
            write_atomic(path, data)
            saved.append(path)
        return tuple(saved)

    def _texts(self, tag: str, said: Mapping[str, list[str]]) -> Iterator[TextRemark]:
        catalogue = self._contexts.texts(tag)
        for place, remarks in sorted(said.items()):
            for number, msgid in enumerate(_msgids(self._contexts.form, place)):
                yield TextRemark(msgid, _translation(catalogue, msgid), place, () if number else tuple(remarks))


def _msgids(form: Form, place: str) -> tuple[str, ...]:
    """Return the texts of a question, its label first; where this form does not have it, its name."""
    found = (form.texts.source(place, role) for role in _ROLES)
    texts = tuple(dict.fromkeys(text.template for text in found if text is not None and text.template))
    return texts or (Ref.parse(place).name,)


def _translation(catalogue: Catalogue, msgid: str) -> str:
    return catalogue.find(msgid) or ""


def _without(remark: str, telling: frozenset[str]) -> str:
    """Return what was said, without the words of `telling`."""

    def put(found: re.Match[str]) -> str:
        word = found[0]
        tells = word.casefold() in telling or "@" in word or any(letter.isdigit() for letter in word)
        return LEFT_OUT if tells else word

    return " ".join(_WORD.sub(put, remark).split())


def _telling_words(form: Form, events: Iterable[Event]) -> frozenset[str]:
    """Return the words of every short answer that was ever given in a case and of the names of who wrote in it."""
    names: set[str] = set()
    for event in events:
        names.add(event.author)
        body = event.body
        node = form.nodes.get(Ref.parse(body.ref).path) if isinstance(body, AnswerGiven) else None
        if isinstance(body, AnswerGiven) and (node is None or node.type == "string"):
            names |= {body.value} if len(body.value.split()) <= _MOST_WORDS else set()
    words = (word for name in names for word in _WORD.findall(name.casefold()))
    return frozenset(word for word in words if len(word) >= _SHORTEST)
