"""Taking a step in the life of an offer, as a statement signed by this device. Network thread.

What the step means for the case (the sealed events, who gets keys) is decided in the services; wraps and rows are sent
before the step that makes another organisation read them.
"""

from dataclasses import replace

from desktop.kernel.clock import Clock
from desktop.kernel.ids import DossierId, OrganisationId, new_id
from desktop.sync.client import Client
from desktop.sync.wire import Offer, Statement, Step, statement_message
from desktop.vault.identity import DeviceIdentity

_UNSIGNED = bytes(64)


class Handover:
    """Says steps as `device`. Each method returns all statements so far, and raises what `Client.say` raises.

    Repeating the newest step is harmless, so a step whose answer did not come may be taken again.
    """

    def __init__(self, client: Client, device: DeviceIdentity, clock: Clock) -> None:
        self._client = client
        self._device = device
        self._clock = clock

    def offer(
        self, dossier: DossierId, sender: OrganisationId, recipient: OrganisationId, offer: str | None = None
    ) -> Offer:
        """Offer a dossier of our own; the recipient may read it from now on.

        `offer` is an identifier made earlier with `new_id`, to repeat an offer whose answer did not come.
        """
        unsigned = Statement(
            offer=offer or new_id(),
            dossier=dossier,
            sender=sender,
            recipient=recipient,
            step=Step.OFFERED,
            device=self._device.id,
            moment=self._clock.now(),
            signature=_UNSIGNED,
        )
        return self._say(unsigned)

    def receive(self, offer: Offer) -> Offer:
        """Tell the sender that everything arrived: the receipt."""
        return self._step(offer, Step.RECEIVED)

    def accept(self, offer: Offer) -> Offer:
        """Make the case ours; the sender gets nothing new from now on."""
        return self._step(offer, Step.ACCEPTED)

    def give_back(self, offer: Offer) -> Offer:
        """Return the case to its sender; the reason lies sealed in the journal."""
        return self._step(offer, Step.RETURNED)

    def withdraw(self, offer: Offer) -> Offer:
        """Take back what was offered and not yet accepted."""
        return self._step(offer, Step.WITHDRAWN)

    def _step(self, offer: Offer, step: Step) -> Offer:
        first = offer.statements[0]
        return self._say(
            replace(first, step=step, device=self._device.id, moment=self._clock.now(), signature=_UNSIGNED)
        )

    def _say(self, unsigned: Statement) -> Offer:
        signature = self._device.sign(statement_message(unsigned))
        return self._client.say(replace(unsigned, signature=signature))
