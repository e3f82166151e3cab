"""How the command line says what went wrong."""

from desktop.kernel.errors import OpmaatError


def sentence(error: OpmaatError) -> str:
    """Return the code of `error`, its message in English, and the place where it is known."""
    from desktop.i18n.catalogue import load_catalogue
    from desktop.i18n.messages import text_for

    place = ", ".join(f"{name} {value}" for name, value in error.details.items() if name in {"sheet", "row", "column"})
    return f"{error.code}: {text_for(error, load_catalogue('en', 'app'))}{f' ({place})' if place else ''}"
