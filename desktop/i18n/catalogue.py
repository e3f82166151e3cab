"""One catalogue per person on screen: the texts of one domain in one language.

Domains: `app` (screens; msgids in English), `intake` (the interview; msgids are its Dutch source texts),
`plan` (plan and documents; msgids are their Dutch source texts).
"""

import gettext
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from desktop.i18n.bidi import has_right_to_left, isolate_lines
from desktop.i18n.languages import Language, language
from desktop.kernel.in_context import InContext
from desktop.kernel.resources import locale_directory
from protocol.errors import EnvironmentProblem, UserError

Domain = Literal["app", "intake", "plan"]
Status = Literal["source", "machine-drafted", "reviewed"]

SOURCE_LANGUAGE: Mapping[str, str] = {"app": "en", "intake": "nl", "plan": "nl"}
"""The language in which the msgids of each domain are written."""

STATUS_ENTRY = ("opmaat", "translation status")
"""Context and msgid under which a compiled catalogue holds its status, written when it is compiled."""

_MOST_KEPT = 32
"""How many compiled files stay read: those of the languages of one working day."""

_BEFORE_MSGID = "\x04"
"""What stands between a context and its msgid in a compiled catalogue (GNU gettext manual, section 10.3)."""

_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


@dataclass(frozen=True)
class Catalogue:
    """The texts of one domain in one language, immutable.

    `status` tells who vouches for the translation: `source` (no translation), `machine-drafted` (no native
    reader has checked it yet; screens and documents must say so) or `reviewed`.
    """

    language: Language
    domain: Domain
    status: Status
    _texts: gettext.NullTranslations = field(repr=False)

    def find(self, msgid: str) -> str | None:
        """Return the translation of `msgid`, itself in the source language, or None where there is none.

        An `InContext` is looked up in its context first, and then as the text that it is.
        """
        if self.status == "source":
            return msgid
        if isinstance(msgid, InContext) and self._knows(f"{msgid.context}{_BEFORE_MSGID}{msgid}"):
            return self._texts.pgettext(msgid.context, msgid)
        found = self._texts.gettext(msgid) if msgid else ""
        return found if found != msgid or self._knows(msgid) else None

    def text(self, msgid: str, **values: str | int) -> str:
        """Return the translation of `msgid`, or `msgid` where there is none, with `{name}` filled from `values`."""
        return self.fill(self._texts.gettext(msgid) if msgid else "", values)

    def plural(self, one: str, many: str, n: int, **values: str | int) -> str:
        """Return the form for `n` things, by the plural rule of the language; `{n}` is filled as well."""
        return self.fill(self._texts.ngettext(one, many, n), {"n": n, **values})

    def fill(self, template: str, values: Mapping[str, str | int]) -> str:
        """Put `values` in the `{name}` places of `template`, isolated where their direction may differ.

        A place without a value stays as it is. Values are never interpreted.
        """

        def put(match: re.Match[str]) -> str:
            name = match.group(1)
            return self.authored(str(values[name])) if name in values else match.group(0)

        return _PLACEHOLDER.sub(put, template)

    def authored(self, text: str) -> str:
        """Return what a person wrote, so that its direction and that of the page leave each other alone."""
        return isolate_lines(text) if self.language.is_rtl or has_right_to_left(text) else text

    def _knows(self, msgid: str) -> bool:
        return isinstance(self._texts, _Known) and self._texts.knows(msgid)


class _Known(gettext.GNUTranslations):
    """A compiled catalogue that can tell a translation equal to its msgid from a missing one."""

    def knows(self, msgid: str) -> bool:
        """Tell whether the catalogue holds `msgid`."""
        known: Mapping[object, str] = self._catalog  # type: ignore[attr-defined]  # the standard library has no public way
        return msgid in known


def program_texts(tag: str) -> Catalogue:
    """Return the texts of the program in the language `tag`; the English msgids where it has no whole catalogue."""
    try:
        return load_catalogue(tag, "app")
    except (UserError, EnvironmentProblem):
        return load_catalogue("en", "app")


def load_catalogue(tag: str, domain: Domain, directory: Path | None = None) -> Catalogue:
    """Return the catalogue of `domain` in the language `tag`.

    In the source language of the domain it returns the msgids. A file that did not change is read once, so two equal
    catalogues are the same texts. Raises UserError `language.unknown`, and
    EnvironmentProblem `language.catalogue_missing` or `language.catalogue_broken` when the compiled file is not
    there or not whole.
    """
    which = language(tag)
    if tag == SOURCE_LANGUAGE[domain]:
        return Catalogue(which, domain, "source", gettext.NullTranslations())
    path = (directory or locale_directory()) / tag / "LC_MESSAGES" / f"{domain}.mo"
    try:
        file = path.stat()
        texts = _read(path, file.st_mtime_ns, file.st_size)
    except FileNotFoundError as error:
        raise EnvironmentProblem("language.catalogue_missing", {"tag": tag, "domain": domain}) from error
    except (OSError, UnicodeDecodeError, ValueError, struct.error) as error:
        raise EnvironmentProblem("language.catalogue_broken", {"tag": tag, "domain": domain}) from error
    reviewed = texts.pgettext(*STATUS_ENTRY) == "reviewed"
    return Catalogue(which, domain, "reviewed" if reviewed else "machine-drafted", texts)


@lru_cache(maxsize=_MOST_KEPT)
def _read(path: Path, _changed: int, _size: int) -> _Known:
    """Return the texts of a file as it is since the moment `_changed`."""
    with path.open("rb") as stream:
        return _Known(stream)
