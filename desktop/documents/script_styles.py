"""How each script is set in documents: fonts, sizes, distances of lines, punctuation. A new script is a row here.

Its fonts come from `packaging/subset_fonts.py`, its languages stand in `desktop.i18n.languages`; screens have their own
sizes in `desktop.ui.design.tokens`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.i18n.languages import Script


@dataclass(frozen=True, slots=True)
class ScriptStyle:
    """One script.

    `family` is the font's name, `file` the start of its files' names. `size_factor` is what a size is multiplied with,
    so that scripts look equally large. `line_pitch` and `figure_pitch` are the distances of baselines in running text
    and in figures, as multiples of the nominal size. `comma` and `stop` separate and end an enumeration.
    """

    family: str
    file: str
    size_factor: float
    line_pitch: float
    figure_pitch: float
    comma: str = ", "
    stop: str = "."


SCRIPTS: Mapping[Script, ScriptStyle] = {
    "Latn": ScriptStyle("Noto Sans", "NotoSans", 1.0, 1.4, 1.3),
    "Ethi": ScriptStyle("Noto Sans Ethiopic", "NotoSansEthiopic", 0.98, 1.45, 1.35, comma="፣ ", stop=""),
    "Arab": ScriptStyle("Noto Naskh Arabic", "NotoNaskhArabic", 1.2, 1.6, 1.5, comma="، "),
}
"""Every script a language of Opmaat is written in."""


def families(script: Script) -> tuple[str, ...]:
    """Return the font families for text in `script`: its own first, then the others for what it lacks."""
    return tuple(dict.fromkeys([SCRIPTS[script].family, *(each.family for each in SCRIPTS.values())]))


def type_data(script: Script) -> dict[str, object]:
    """Return what a template needs to know about a script: `factor`, `pitch`, `fonts` and `latin_fonts`."""
    style = SCRIPTS[script]
    return {
        "factor": style.size_factor,
        "pitch": style.line_pitch,
        "fonts": list(families(script)),
        "latin_fonts": list(families("Latn")),
    }
