"""How the command line says what went wrong."""

from desktop.cli.terminal import without_control
from protocol.errors import OpmaatError

_PLACES = ("line", "sheet", "row", "column", "path")


def place_of(error: OpmaatError) -> str:
    """Return where `error` is, as far as that is known: sheet, row, column and question, or the line of a script."""
    about = "choice" if error.details.get("sheet") == "choices" else "question"
    parts = [f"{about if name == 'path' else name} {error.details[name]}" for name in _PLACES if name in error.details]
    return without_control(", ".join(parts))


def sentence(error: OpmaatError, language: str = "en") -> str:
    """Return what to tell the reader of `language` about `error`: what happened and what to do next."""
    from desktop.i18n.catalogue import load_catalogue
    from desktop.i18n.messages import text_for

    return without_control(text_for(error, load_catalogue(language, "app")))


def complaint(error: OpmaatError, language: str = "en") -> str:
    """Return code, message and place of `error` on one line."""
    place = place_of(error)
    return f"{error.code}: {sentence(error, language)}{f' ({place})' if place else ''}"
