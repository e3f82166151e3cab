"""A verified request, carried out in one transaction: may this device, was this asked before, and what is asked for.

Nothing is answered before that transaction is durable. The nonce of a request that writes is stored by the same
transaction, so it costs no wait for the disk of its own.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from server.refusals import Refusal
from server.services import ServerContext
from server.signatures import VerifiedSignature
from server.store import devices
from server.store.calling_device import CallingDevice
from server.store.connecting.failures import is_full
from server.store.engine import do_not_wait

_Result = TypeVar("_Result")
_SEEN_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class VerifiedCall:
    """A request whose signature and content are verified, of `device`; `writes` tells whether it may change anything.

    Whether the device is still let in, and the nonce, are looked at by `run`.
    """

    services: ServerContext
    device: CallingDevice
    proof: VerifiedSignature
    writes: bool

    def run(self, operation: Callable[[Connection], _Result]) -> _Result:
        """Carry `operation` out for the device, use the nonce up, and return the result once all of it is durable.

        Once in a request. Raises Refusal `sync.device_unknown`, `sync.device_revoked`, `sync.request_replayed`, or what
        `operation` refuses; the nonce is used up then, too.
        """
        now = self.services.seconds()
        return self._write(operation, now) if self.writes else self._read(operation, now)

    def _write(self, operation: Callable[[Connection], _Result], now: int) -> _Result:
        def whole(connection: Connection) -> _Result:
            known = self._admitted(connection)
            use_nonce(connection, self.proof)
            if _is_long_ago(known, now):
                devices.see(connection, known.device, now)
            return operation(connection)

        forget_old_nonces(self.services, now)
        try:
            return self.services.store.run(whole)
        except Refusal:
            with suppress(Refusal):  # used up before
                self.services.store.run(lambda connection: use_nonce(connection, self.proof))
            raise

    def _read(self, operation: Callable[[Connection], _Result], now: int) -> _Result:
        self.services.nonces.use(self.proof.device, self.proof.nonce, self.proof.expires, now)

        def whole(connection: Connection) -> tuple[devices.Device, _Result]:
            return self._admitted(connection), operation(connection)

        def once(connection: Connection) -> tuple[devices.Device, _Result]:
            do_not_wait(connection)
            use_nonce(connection, self.proof)
            return whole(connection)

        known, result = self._run_once(once, whole) if self.services.store.shared else self.services.store.run(whole)
        if _is_long_ago(known, now):
            with suppress(SQLAlchemyError):  # the disk is full: that is no reason to refuse a read
                self.services.store.run(partial(_see, device=known.device, now=now))
        return result

    def _run_once(self, once: Callable[[Connection], _Result], otherwise: Callable[[Connection], _Result]) -> _Result:
        """Carry out `once`, which uses the nonce up for all workers; where there is no room for it, `otherwise`."""
        try:
            return self.services.store.run(once)
        except DBAPIError as error:
            if not is_full(error):
                raise
            return self.services.store.run(otherwise)

    def _admitted(self, connection: Connection) -> devices.Device:
        known = devices.find_device(connection, self.device.device)
        if known is not None and (known.organisation, known.key) != (self.device.organisation, self.device.key):
            known = None  # another database than before
        try:
            return require_admitted(known)
        except Refusal:
            self.services.known.forget(self.device.device)
            raise


def require_admitted(known: devices.Device | None) -> devices.Device:
    """Return a device that may ask; raises Refusal `sync.device_unknown` or `sync.device_revoked`."""
    if known is None:
        raise Refusal("sync.device_unknown")
    if known.revoked is not None:
        raise Refusal("sync.device_revoked")
    return known


def use_nonce(connection: Connection, proof: VerifiedSignature) -> None:
    """Use the nonce of a verified request up; raises Refusal `sync.request_replayed`."""
    devices.use_nonce(connection, proof.device, proof.nonce, proof.expires)


def forget_old_nonces(services: ServerContext, now: int) -> None:
    """Forget, from time to time, the nonces of requests that would be refused for their age."""
    if services.nonces.are_due(now):
        services.store.run(partial(_forget_nonces, now=now))


def _forget_nonces(connection: Connection, now: int) -> None:
    do_not_wait(connection)
    devices.forget_nonces(connection, now)


def _see(connection: Connection, device: str, now: int) -> None:
    do_not_wait(connection)
    devices.see(connection, device, now)


def _is_long_ago(known: devices.Device, now: int) -> bool:
    return now - (known.seen or 0) >= _SEEN_SECONDS
