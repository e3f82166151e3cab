"""A case number as people type it."""

from protocol.identifiers import DossierId, case_number


def is_number_of(typed: str, dossier: DossierId) -> bool:
    """Tell whether `typed` is the case number of `dossier`, with or without hyphens and spaces, in any case."""
    return _plain(typed) == _plain(case_number(dossier))


def _plain(number: str) -> str:
    return number.replace("-", "").replace(" ", "").casefold()
