"""Pairs of texts for the templates: Dutch, and the person's language in runs that know their own language.

A template gets data, never markup. A run is `[text, dutch]`: the flag tells that it is Dutch inside the other
language (a name, a number, a term), which is set in Latin letters, isolated, and marked as Dutch for a screen reader.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.documents.figures.figure_text import FigureText
from desktop.documents.printable_text import clean
from desktop.i18n.bidi import has_right_to_left, strip_isolates
from desktop.i18n.catalogue import Catalogue
from desktop.i18n.languages import DUTCH
from desktop.plan.model.plan_text import PlanText, free

Run = list[str | bool]
Pair = dict[str, object]

_LRI, _PDI = "\u2066", "\u2069"
_LATIN_IN_ARABIC = re.compile(
    r"\u2066[^\u2069]*\u2069|\u2068[^\u2069]*\u2069"
    r"|[A-Za-z0-9À-ɏ+€(\[][A-Za-z0-9À-ɏ+€.,:;/'’()\[\]&@–\- ]*[A-Za-z0-9À-ɏ+€)\]]|[A-Za-z0-9]"
)
_LATIN_IN_ETHIOPIC = re.compile(
    r"\u2066[^\u2069]*\u2069|[A-Za-zÀ-ɏ\[][A-Za-z0-9À-ɏ+.,'’&\- ]*[A-Za-z0-9À-ɏ\]]|[A-Za-z]"
)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """Two columns: Dutch, and the language of `plan`, both from the catalogue `plan`."""

    dutch: Catalogue
    plan: Catalogue

    @property
    def is_dutch_alone(self) -> bool:
        """Tell whether there is only one column."""
        return self.plan.language.tag == DUTCH

    def find(self, msgid: str) -> str | None:
        """Return the translation of a text of the plan, None where there is none."""
        return self.plan.find(msgid)

    def in_dutch(self, text: PlanText) -> str:
        """Return the Dutch of `text`, clean and without isolates."""
        source = text.source if text.free else self.dutch.find(text.source) or text.source
        return clean(strip_isolates(replace(text, source=source).dutch))

    def pair(self, text: PlanText | str, **values: str) -> Pair:
        """Return `text` in both languages.

        `gap` tells that it has no translation and shows its Dutch instead; `turned` that its line runs from right to
        left, which a person's own words in another language need not do.
        """
        source = _as_text(text, values)
        dutch = self.in_dutch(source)
        if self.is_dutch_alone:
            return _pair(dutch, [])
        other = source.in_other(self.find, rtl=self.plan.language.is_rtl)
        if not other.translated:
            return _pair(dutch, [[dutch, True]] if dutch else [], gap=bool(dutch))
        turned = self.plan.language.is_rtl and has_right_to_left(other.text)
        return _pair(dutch, self.runs(other.text), turned=turned)

    def runs(self, text: str) -> list[Run]:
        """Return `text`, in the person's language, cut into runs that are Dutch or not."""
        whole = clean(text)
        script = self.plan.language.script
        if script == "Latn":
            return [[strip_isolates(whole), False]] if whole else []
        pattern = _LATIN_IN_ARABIC if script == "Arab" else _LATIN_IN_ETHIOPIC
        found: list[Run] = []
        end = 0
        for match in pattern.finditer(whole):
            _add(found, whole[end : match.start()], dutch=False)
            _add_match(found, match.group(0), rtl=self.plan.language.is_rtl)
            end = match.end()
        _add(found, whole[end:], dutch=False)
        return found

    def words(self, text: PlanText | str, **values: str) -> FigureText:
        """Return `text` for a figure, where a translation that is missing stays away."""
        source = _as_text(text, values)
        script = self.plan.language.script
        dutch = self.in_dutch(source)
        if self.is_dutch_alone:
            return FigureText(dutch, "", script)
        other = source.in_other(self.find, rtl=self.plan.language.is_rtl)
        same = not other.translated or strip_isolates(other.text) == dutch
        return FigureText(dutch, "" if same else clean(other.text), script)


def person_text(text: PlanText) -> list[PlanText]:
    """Return a free text as its paragraphs, each with its rendering when both have as many."""
    dutch, other = text.source.split("\n"), text.other.split("\n")
    if not text.free or len(dutch) == 1:
        return [text]
    if len(dutch) != len(other):
        return [text]
    return [free(own, rendered) for own, rendered in zip(dutch, other, strict=True) if own or rendered]


def _pair(dutch: str, other: list[Run], *, gap: bool = False, turned: bool = False) -> Pair:
    return {"nl": dutch, "other": other, "gap": gap, "turned": turned}


def _as_text(text: PlanText | str, values: Mapping[str, str]) -> PlanText:
    return PlanText(text, tuple(values.items())) if isinstance(text, str) else text


def _add_match(found: list[Run], text: str, *, rtl: bool) -> None:
    bare = strip_isolates(text)
    inner = text.startswith("\u2068")
    trailing = bare[len(bare.rstrip()) :]
    bare = bare.rstrip()
    if bare:
        found.append([f"{_LRI}{bare}{_PDI}" if rtl and not inner else text if inner else bare, not inner])
    if trailing:
        _add(found, trailing, dutch=False)


def _add(found: list[Run], text: str, *, dutch: bool) -> None:
    if text:
        found.append([text, dutch])
