"""Which cases two organisations have between them, what was said about each, and what of it may travel.

The only module of this package that knows how a handover is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.services.handover.handover_context import HandoverContext
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.messages.message import Message
from protocol.messages.offers import Offer, OfferStep, Statement

_SENDS_KEYS = frozenset({OfferStep.OFFERED, OfferStep.RECEIVED})
_SENDS_ROWS = frozenset({OfferStep.OFFERED, OfferStep.RECEIVED, OfferStep.ACCEPTED})
_ANSWERS_WITH_ROWS = frozenset({OfferStep.OFFERED, OfferStep.RECEIVED, OfferStep.RETURNED})


@dataclass(frozen=True, slots=True)
class SharedCase:
    """One case between two organisations. `said` is what travels as messages, `devices` are who signed it."""

    dossier: DossierId
    said: tuple[Message, ...]
    devices: frozenset[DeviceId]
    keys: bool
    rows: bool


def shared_with(context: HandoverContext, other: OrganisationId) -> tuple[SharedCase, ...]:
    """Return the cases that this organisation and `other` handed to each other, the oldest first."""
    own = context.vault.organisation_id
    by_dossier: dict[DossierId, list[Offer]] = {}
    for offer in _offers(context.correspondence.offers(), context.waiting()):
        first = offer.statements[0]
        if {first.sender, first.recipient} == {own, other}:
            by_dossier.setdefault(DossierId(first.dossier), []).append(offer)
    return tuple(_case(dossier, offers, own) for dossier, offers in by_dossier.items())


def other_side(context: HandoverContext, dossier: DossierId) -> OrganisationId | None:
    """Return the organisation with which `dossier` is shared, the newest one; None when there is none."""
    own, found = context.vault.organisation_id, None
    for offer in _offers(context.correspondence.offers(), context.waiting()):
        first = offer.statements[0]
        if first.dossier == dossier:
            found = first.recipient if first.sender == own else first.sender
    return found


def waits_to_be_received(context: HandoverContext, dossier: DossierId) -> bool:
    """Tell whether the newest offer of `dossier` is to this organisation and nobody here received it yet."""
    offers = [
        each
        for each in _offers(context.correspondence.offers(), context.waiting())
        if each.statements[0].dossier == dossier
    ]
    return bool(offers) and offers[-1].step is OfferStep.OFFERED and _is_to_us(offers[-1], context)


def _is_to_us(offer: Offer, context: HandoverContext) -> bool:
    return offer.statements[0].recipient == context.vault.organisation_id


def _case(dossier: DossierId, offers: Sequence[Offer], own: OrganisationId | None) -> SharedCase:
    newest = offers[-1]
    sends = newest.statements[0].sender == own
    return SharedCase(
        dossier,
        tuple(offers),
        frozenset(statement.device for offer in offers for statement in offer.statements),
        keys=sends and newest.step in _SENDS_KEYS,
        rows=newest.step in (_SENDS_ROWS if sends else _ANSWERS_WITH_ROWS),
    )


def _offers(known: Sequence[Offer], waiting: Sequence[Statement]) -> tuple[Offer, ...]:
    """Return the offers with what still waits to be said to the server: a stick says it as well."""
    offers = {offer.statements[0].offer: offer for offer in known}
    for statement in waiting:
        before = offers.get(statement.offer)
        said = () if before is None else before.statements
        if any(each.signature == statement.signature for each in said):
            continue
        try:
            offers[statement.offer] = Offer((*said, statement))
        except UserError:
            continue
    return tuple(offers.values())
