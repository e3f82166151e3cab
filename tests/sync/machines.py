"""The people and machines of the sync tests: a real server process, offices with keys, laptops with a vault each."""

import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing import Pipe
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from msgspec import UNSET, UnsetType
from sqlalchemy import Executable

from desktop.records.events.bodies import CORE, AnswerGiven
from desktop.records.events.envelope import EventContext
from desktop.records.journal import Journal, open_journal
from desktop.services.sync.known_directory import KnownDirectory
from desktop.services.sync.synchronise import SyncRound, SyncService
from desktop.sync.client import Client
from desktop.sync.connection import Connection
from desktop.vault.crypto.stretching import Cost
from desktop.vault.trust.invitation import make_invitation, open_invitation
from desktop.vault.trust.organisation import OrganisationRoot, create_organisation
from desktop.vault.vault import Vault, create_vault
from protocol.certificates import OrganisationCard
from protocol.identifiers import DossierId, OrganisationId
from protocol.messages.membership import MembershipStep
from protocol.times import SystemClock
from server.admin import organisations
from server.store.engine import ServerStore
from server.store.schema import migrate
from tests import places, warm
from tests.membership_logs import take_step
from tests.unit.vault.people import PASSPHRASE

ROOT = places.ROOT
CLOCK = SystemClock()
AT_THE_TABLE = EventContext(author="Anna", language="ti", interpreter=True)
CANARY = "Semhar uit Keren"
_MOST_ROUNDS = 50


@dataclass(slots=True)
class ServerProcess:
    """`opmaat-server serve` in a process of its own; its log goes to a file."""

    database: str
    log: Path
    port: int = 0
    address: str = ""
    process: ForkServerProcess | None = None
    more: tuple[str, ...] = ()

    def start(self) -> None:
        """Start and wait until it listens; the port stays the same over restarts."""
        arguments = ["serve", "--database", self.database, "--port", str(self.port), *self.more]
        self.log.touch()
        ours, its = Pipe(duplex=False)
        with its:
            self.process = warm.start("server", arguments, warm.Streams(Path(os.devnull), its, self.log))
        with os.fdopen(os.dup(ours.fileno()), encoding="utf-8") as said, ours:
            line = said.readline()
        assert line.startswith("Listening on "), self.log.read_text("utf-8")
        self.address = line.split()[-1]
        self.port = int(self.address.rsplit(":", 1)[1])

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the process, politely or not, and wait until it is gone."""
        if self.process is not None and self.process.pid is not None:
            with suppress(ProcessLookupError):  # killed already
                os.kill(self.process.pid, how)
            self.process.join(timeout=30)
            assert self.process.exitcode is not None
            self.process = None


@dataclass(frozen=True, slots=True)
class Office:
    """An organisation on a server, with its administrator."""

    root: OrganisationRoot
    server: ServerProcess
    folder: Path

    def administer(self) -> ServerStore:
        """Return the server's database, as the administrator's commands open it."""
        store = ServerStore(self.server.database)
        migrate(store)
        return store

    def invite(self, expires: timedelta = timedelta(days=1), person: str | UnsetType = UNSET) -> tuple[bytes, str]:
        """Return a fresh invitation, in the name of `person` if any, and its code."""
        moment = CLOCK.now() + expires
        return make_invitation(self.root, server=self.server.address, expires=moment, person=person, cost=Cost.cheap())

    def know(self, *others: "Office") -> None:
        """Put other offices in the directory."""
        store = self.administer()
        for other in others:
            organisations.add_partner(store, self.root, other.root.card, CLOCK)
        store.close()

    def run(self, statement: Executable) -> list[Any]:
        """Carry out a statement on the server's database and return its rows."""
        store = self.administer()
        try:
            return store.run(lambda connection: _rows(connection.execute(statement)))
        finally:
            store.close()

    def joined_vault(self, name: str, invitation: tuple[bytes, str] | None = None) -> Vault:
        """Return the vault of a worker who joined on paper; the server hears of it at its first round."""
        file, code = invitation or self.invite(person=name)
        vault, _ = create_vault(
            self.folder / name,
            person=name,
            organisation=self.root.card.name,
            passphrase=PASSPHRASE,
            clock=CLOCK,
            cost=Cost.cheap(),
        )
        vault.join(open_invitation(file, code, CLOCK.now()), CLOCK.now())
        return vault

    def laptop(self, name: str, invitation: tuple[bytes, str] | None = None) -> "Laptop":
        """Return the laptop of `joined_vault`."""
        vault = self.joined_vault(name, invitation)
        return Laptop(vault, open_journal(vault.directory, vault, CLOCK), self.server.address)


def _rows(result: Any) -> list[Any]:  # noqa: ANN401  # rows of any table
    return list(result) if result.returns_rows else []


def found_office(server: ServerProcess, folder: Path, name: str, kind: str) -> Office:
    """Make an organisation and let the server serve it."""
    office = Office(create_organisation(name, kind), server, folder)
    store = office.administer()
    organisations.register(store, office.root, CLOCK)
    store.close()
    return office


@dataclass(frozen=True, slots=True)
class Online:
    """A laptop's way to the server: the synchronisation of the product, and the client below it."""

    client: Client
    known_directory: KnownDirectory
    synchronise: SyncService

    def rounds(self) -> list[SyncRound]:
        """Synchronise until nothing is left to send or fetch, and return each round."""
        done: list[SyncRound] = []
        while not done or done[-1].again:
            one = self.synchronise.round()
            assert one is not None
            assert len(done) < _MOST_ROUNDS
            done.append(one)
        return done


@dataclass(slots=True)
class Laptop:
    """A caseworker's laptop: vault, journal and, when there is a network, an exchange with the server."""

    vault: Vault
    journal: Journal
    address: str
    connections: list[Connection] = field(default_factory=list)

    def online(self, address: str | None = None) -> "Online":
        """Return the way to the server over a new connection, which does not pause between attempts."""
        connection = Connection(address or self.address, self.vault.device, CLOCK, pause=lambda _: None)
        self.connections.append(connection)
        client, known_directory = Client(connection), KnownDirectory(self.vault)
        synchronise = SyncService(self.journal, self.vault, known_directory, CLOCK, client)
        return Online(client, known_directory, synchronise)

    def once(self) -> list[SyncRound]:
        """Synchronise until nothing is left to send or fetch."""
        return self.online().rounds()

    def take(
        self,
        dossier: DossierId,
        step: MembershipStep,
        recipient: OrganisationId,
        along: Callable[[], object] = tuple,
        moment: datetime | None = None,
    ) -> None:
        """Take a step of the dossier, and what belongs to it; the next round says it."""
        take_step(self.journal, dossier, (step, recipient, moment or CLOCK.now()), AT_THE_TABLE, along)

    def offer(
        self,
        dossier: DossierId,
        card: OrganisationCard,
        compartments: Sequence[str] = (CORE,),
        moment: datetime | None = None,
    ) -> None:
        """Offer a dossier with the keys to `compartments`; the next round says it."""
        keys = self.journal.keys
        self.take(
            dossier,
            MembershipStep.OFFERED,
            card.id,
            lambda: keys.export_wraps(dossier, [card], compartments),
            moment,
        )

    def answer_offer(self, dossier: DossierId, step: MembershipStep) -> None:
        """Take a step of the recipient; accepting it begins fresh keys."""
        self.take(dossier, step, self.vault.membership.card.id)

    def step(self, dossier: DossierId) -> MembershipStep | None:
        """Return the newest step of the newest transfer of a dossier as this laptop knows it."""
        transfer = self.journal.membership.transfer(dossier)
        return None if transfer is None else transfer.step

    def open_case(self, name: str = CANARY) -> DossierId:
        """Begin a dossier."""
        return self.journal.create_dossier(name, ("ti",), AT_THE_TABLE)

    def answer(self, dossier: DossierId, value: str, ref: str = "/intake/woonplaats") -> None:
        """Write down an answer."""
        self.journal.append(dossier, AnswerGiven(ref, "given", value), AT_THE_TABLE)

    def answers(self, dossier: DossierId, ref: str = "/intake/woonplaats") -> set[str]:
        """Return every answer that stands at a question; more than one is a conflict."""
        register = self.journal.view(dossier).answers.get(ref)
        return set() if register is None else {entry.text for entry in register}

    def close(self) -> None:
        """Shut the laptop down in order."""
        for connection in self.connections:
            connection.close()
        self.journal.close()
        self.vault.lock()
