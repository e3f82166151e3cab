"""Whose handover a record is about: a case can be handed on, and its record tells of every handover before. Pure."""

from collections.abc import Mapping

from msgspec.structs import replace

from desktop.records import DossierView, RecordedEvent
from desktop.records.events.bodies import HandoverStep
from desktop.records.events.registers import Register
from desktop.services.handover.handover_state import OWN_STEPS
from protocol.identifiers import DeviceId, OrganisationId
from protocol.membership.state import DossierMembership
from protocol.membership.transfer import Transfer

Writers = Mapping[DeviceId, OrganisationId]
"""The organisations of the devices of others; a device that is not in it belongs to the own one."""


def giver_of(state: DossierMembership | None, own: OrganisationId | None) -> OrganisationId | None:
    """Return who hands the case over in what `own` sees of it: itself where it holds it or let it go last."""
    if state is None or own == state.holder:
        return own
    return own if state.transfer is not None and state.transfer.sender == own else state.holder


def transfer_of(state: DossierMembership | None, giver: OrganisationId | None) -> Transfer | None:
    """Return the newest transfer where `giver` is its sender; None where it came to the giver by it, or is none."""
    transfer = None if state is None else state.transfer
    return transfer if transfer is not None and transfer.sender == giver else None


def handover_of(
    record: DossierView, giver: OrganisationId | None, own: OrganisationId | None, writers: Writers
) -> DossierView:
    """Return `record` with only the steps and ticks of the handover by `giver`: since it took the case on, if it did.

    What a giver does (choosing, making ready, sending, taking back) counts from the giver alone.
    """

    def is_by_giver(step: RecordedEvent[HandoverStep]) -> bool:
        return writers.get(step.stamp.device, own) == giver

    taken_on = [
        number for number, step in enumerate(record.handover) if step.body.step == "accepted" and is_by_giver(step)
    ]
    since = record.handover[taken_on[-1]] if taken_on else None
    later = record.handover[taken_on[-1] + 1 :] if taken_on else record.handover
    steps = tuple(step for step in later if step.body.step not in OWN_STEPS or is_by_giver(step))
    ticks = {item: register for item, register in record.ticks.items() if since is None or _is_after(register, since)}
    return replace(record, handover=steps, ticks=ticks)


def _is_after(register: Register, since: RecordedEvent[HandoverStep]) -> bool:
    latest = register.latest
    if latest is None:
        return False
    if latest.device == since.stamp.device:
        return latest.sequence > since.stamp.sequence
    return latest.time > since.stamp.time
