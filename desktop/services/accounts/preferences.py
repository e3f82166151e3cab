"""What this laptop looks like: language of the screen, text size, light or dark, where the window stands.

Holds nothing about a person.

It must be readable before a vault is open, so it lies beside the vaults in `preferences.json`, unsealed.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal

from desktop.i18n.languages import DUTCH, LANGUAGES
from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.files import private_directory, read_bytes, write_atomic
from protocol.canonical import canonical_bytes
from protocol.errors import EnvironmentProblem

_FILE = "preferences.json"
_LARGEST = 16 * 1024
SIZES = (100, 125, 150, 175, 200)
"""Text sizes offered, in percent."""


_MOST_PLACES = 16
_MOST_HINTS = 32
_FARTHEST = 100_000
"""Pixels beyond which no screen lies."""


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """Where a window stands, in pixels without its frame; with `full` it fills the screen until it is made smaller."""

    x: int
    y: int
    width: int
    height: int
    full: bool = False


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """Language tag of the interface, text size in percent, light or dark; where the window stands, by the screens.

    `hints` names the pages whose hint for the first visit was put away.
    """

    language: str = DUTCH
    size: int = 100
    scheme: Literal["light", "dark"] = "light"
    windows: Mapping[str, WindowPlace] = field(default_factory=dict)
    hints: tuple[str, ...] = ()


class Preferences:
    """Keeps the look. A file that is missing or makes no sense counts as the defaults: it is never in the way."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._look = self._read()

    @property
    def look(self) -> DisplaySettings:
        """The look in force."""
        return self._look

    def set_language(self, tag: str) -> Changes:
        """Keep the language of the interface."""
        return self._keep(replace(self._look, language=tag))

    def set_size(self, percent: int) -> Changes:
        """Keep the text size, brought within 100 and 200 percent."""
        return self._keep(replace(self._look, size=min(SIZES[-1], max(SIZES[0], percent))))

    def set_scheme(self, scheme: Literal["light", "dark"]) -> Changes:
        """Keep light or dark."""
        return self._keep(replace(self._look, scheme=scheme))

    def set_window(self, screens: str, place: WindowPlace) -> Changes:
        """Keep where the window stands with these screens, beside those of at most fifteen other sets of screens."""
        others = [(name, kept) for name, kept in self._look.windows.items() if name != screens]
        return self._keep(replace(self._look, windows=dict([*others, (screens, place)][-_MOST_PLACES:])))

    def put_hint_away(self, page: str) -> Changes:
        """Keep that the hint of `page` was read."""
        return self._keep(replace(self._look, hints=tuple(dict.fromkeys((*self._look.hints, page)))[-_MOST_HINTS:]))

    def _keep(self, look: DisplaySettings) -> Changes:
        if look == self._look:
            return Changes()
        self._look = look
        private_directory(self._root)
        write_atomic(self._root / _FILE, canonical_bytes(asdict(look)))
        return changed(Aspect.SETTINGS)

    def _read(self) -> DisplaySettings:
        try:
            found = json.loads(read_bytes(self._root / _FILE, _LARGEST))
        except (EnvironmentProblem, ValueError):
            return DisplaySettings()
        return _validate(found) if isinstance(found, dict) else DisplaySettings()


def _validate(found: dict[str, object]) -> DisplaySettings:
    tags = {each.tag for each in LANGUAGES}
    language, size, scheme = found.get("language"), found.get("size"), found.get("scheme")
    return DisplaySettings(
        language if isinstance(language, str) and language in tags else DUTCH,
        size if isinstance(size, int) and SIZES[0] <= size <= SIZES[-1] else 100,
        "dark" if scheme == "dark" else "light",
        _places(found.get("windows")),
        _hints(found.get("hints")),
    )


def _hints(found: object) -> tuple[str, ...]:
    named = found if isinstance(found, list) else []
    return tuple(each for each in named if isinstance(each, str))[-_MOST_HINTS:]


def _places(found: object) -> dict[str, WindowPlace]:
    """Return the places that make sense, at most as many as are kept."""
    places = {} if not isinstance(found, dict) else found
    read = {str(name): _window_place(each) for name, each in places.items()}
    return dict([(name, place) for name, place in read.items() if place is not None][-_MOST_PLACES:])


def _window_place(found: object) -> WindowPlace | None:
    if not isinstance(found, dict):
        return None
    numbers = [found.get(name) for name in ("x", "y", "width", "height")]
    near = [each for each in numbers if type(each) is int and abs(each) <= _FARTHEST]
    if len(near) != len(numbers):
        return None
    x, y, width, height = near
    return WindowPlace(x, y, width, height, full=found.get("full") is True) if width > 0 and height > 0 else None
