"""What this laptop looks like: language of the screen, text size, light or dark. Holds nothing about a person.

It must be readable before a vault is open, so it lies beside the vaults in `preferences.json`, unsealed.
"""

import json
from dataclasses import asdict, dataclass, replace
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


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """Language tag of the interface, text size in percent, light or dark."""

    language: str = DUTCH
    size: int = 100
    scheme: Literal["light", "dark"] = "light"


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
    )
