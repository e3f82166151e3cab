"""The texts of the administrator's page: Dutch, or English for a browser that asks for that first."""

import gettext
from dataclasses import dataclass, field
from pathlib import Path

_SERVER = Path(__file__).resolve().parent.parent
_DOMAIN = "server"
_SOURCE = "en"
_LANGUAGES = ("nl", _SOURCE)
_MOST_CHARACTERS = 256


def N_(msgid: str) -> str:  # noqa: N802  # the name gettext tools look for
    """Return `msgid` unchanged: it is translated where it is shown."""
    return msgid


@dataclass(frozen=True)
class PageTexts:
    """The texts in one language, named by its tag; the msgids are English."""

    tag: str
    _texts: gettext.NullTranslations = field(repr=False)

    def text(self, msgid: str, **values: str | int) -> str:
        """Return the translation of `msgid`, with `{name}` filled from `values`; nothing is escaped."""
        return self._texts.gettext(msgid).format_map(values) if values else self._texts.gettext(msgid)

    def plural(self, one: str, many: str, n: int) -> str:
        """Return the form for `n` things; `{n}` is filled."""
        return self._texts.ngettext(one, many, n).format_map({"n": n})


class PageLanguages:
    """The languages whose catalogue is there; English always is."""

    def __init__(self) -> None:
        self._known = {_SOURCE: PageTexts(_SOURCE, gettext.NullTranslations())}
        for tag in _LANGUAGES:
            path = _locale_directory() / tag / "LC_MESSAGES" / f"{_DOMAIN}.mo"
            if path.is_file():
                with path.open("rb") as stream:
                    self._known[tag] = PageTexts(tag, gettext.GNUTranslations(stream))

    def choose(self, asked: str) -> PageTexts:
        """Return the texts for the header `Accept-Language`: what stands first in it of what we have, else Dutch."""
        for tag in _preferred(asked[:_MOST_CHARACTERS]):
            if tag in self._known:
                return self._known[tag]
        return next(self._known[tag] for tag in _LANGUAGES if tag in self._known)


def _preferred(asked: str) -> list[str]:
    """Return the primary languages of an `Accept-Language` (RFC 9110, 12.5.4), the most wanted first."""
    weighed: list[tuple[float, str]] = []
    for part in asked.split(","):
        tag, _, weight = part.partition(";")
        try:
            wanted = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if wanted > 0:
            weighed.append((wanted, tag.strip().lower().partition("-")[0]))
    return [tag for _, tag in sorted(weighed, key=lambda one: -one[0])]


def _locale_directory() -> Path:
    """Return the directory of the compiled catalogues: beside the packages in a checkout, else in the other half."""
    installed = _SERVER.parent / "desktop" / "locale"
    return installed if installed.is_dir() else _SERVER.parent / "locale"
