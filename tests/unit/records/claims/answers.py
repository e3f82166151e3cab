"""Answers to one question, and what does not count of what their authors say to have seen."""

from desktop.records import AnswerGiven, Event
from protocol.identifiers import DeviceId, DossierId
from tests.unit.records.cases import Laptop

REF = "/intake/woonplaats"


def given(value: str) -> AnswerGiven:
    """Return an answer."""
    return AnswerGiven(REF, "given", value)


def values(laptop: Laptop, dossier: DossierId) -> set[object]:
    """Return the answers that stand."""
    return {entry.value for entry in laptop.journal.view(dossier).answers[REF]}


def doubts(laptop: Laptop, dossier: DossierId) -> list[tuple[DeviceId, int, DeviceId, str]]:
    """Return whose event says to have seen something of whom, and why that does not count."""
    found = laptop.journal.doubtful_claims(dossier)
    return [(each.device, each.sequence, each.about, each.code) for each in found]


def codes(laptop: Laptop, dossier: DossierId) -> list[str]:
    """Return why what is said to be seen does not count."""
    return [code for _device, _sequence, _about, code in doubts(laptop, dossier)]


def numbers_of(event: Event) -> dict[DeviceId, int]:
    """Return up to which row of others the author of `event` newly says to have seen."""
    return {device: claim.sequence for device, claim in event.claims.items()}
