"""The recovery sheet of a vault, as PDF: for a new vault and for a new recovery key alike."""

from protocol.times import Clock


def make_recovery_sheet(person: str, organisation: str, words: tuple[str, ...], clock: Clock) -> bytes:
    """Return the sheet, to be printed; the last of the `words` is its check. Raises what `desktop.documents` raises."""
    from desktop.documents import recovery_sheet_pdf
    from desktop.documents.typesetting.isolated_process import compile_pdf

    return recovery_sheet_pdf(
        words, check=words[-1], person=person, organisation=organisation, moment=clock.now(), typeset=compile_pdf
    )
