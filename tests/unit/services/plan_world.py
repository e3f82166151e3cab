"""A reception location and a municipality for tests: real vaults, journals and directory, the demonstration's case."""

import atexit
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from desktop.bootstrap.opening import open_services
from desktop.records import Journal, SealedRow
from desktop.services.accounts.case_file import read_case
from desktop.services.accounts.practice import fill_practice
from desktop.services.content.known_content import KnownContent
from desktop.services.suite import Services
from desktop.services.sync.known_directory import KnownDirectory
from desktop.vault.file.container import FILE_NAME
from desktop.vault.trust.organisation import OrganisationRoot, create_organisation
from desktop.vault.vault import Vault, open_vault
from protocol.directory import Directory, sign_directory
from protocol.identifiers import DossierId, OrganisationId
from protocol.membership.state import DossierMembership, visible_to
from protocol.messages.content import PartMedia, sign_content
from protocol.messages.membership import MembershipLog, MembershipStep
from protocol.messages.stream_cuts import unpack_cuts
from protocol.times import SettableClock, today
from tests import places
from tests.content import content
from tests.unit.vault.people import MOMENT, PASSPHRASE, enrolled_vault, still_clock

REGION = places.ROOT / "desktop" / "plan" / "library" / "regio_voorbeeld.md"
CASE = places.ROOT / "demo" / "case_haarlem.json"
AZC = "azc Duinrand (voorbeeld)"
TOWN = "Gemeente Waterbeke (voorbeeld)"


@cache
def case() -> Mapping[str, Any]:
    """Return the demonstration's case as written."""
    found: Mapping[str, Any] = json.loads(CASE.read_text("utf-8"))
    return found


@dataclass(slots=True)
class Laptop:
    """One worker at a laptop: an open vault and its use cases."""

    vault: Vault
    services: Services
    clock: SettableClock

    @property
    def journal(self) -> Journal:
        """Return the journal behind the use cases."""
        return self.services.journal

    @property
    def book(self) -> KnownDirectory:
        """Return whom this laptop knows."""
        return KnownDirectory(self.vault)

    def unsent(self, dossier: DossierId) -> list[MembershipStep]:
        """Return the steps of a dossier that the server may not have yet."""
        return [each.step for each in self.journal.membership.waiting() if each.dossier == dossier]

    def said(self, dossier: DossierId) -> list[MembershipStep]:
        """Return every step of a dossier."""
        state = self.journal.membership.of(dossier)
        return [] if state is None else [each.step for each in state.statements]

    def close(self) -> None:
        """Close journal and vault."""
        self.services.close()


@dataclass(slots=True)
class World:
    """Two organisations that know each other, with one worker each; `dossier` is a filled case at the reception."""

    azc: Laptop
    town: Laptop
    dossier: DossierId

    def close(self) -> None:
        """Close both laptops."""
        self.azc.close()
        self.town.close()


def make_laptop(root: Path, own: OrganisationRoot, partner: OrganisationRoot, person: str) -> Laptop:
    """Return a worker of `own` whose directory knows `partner`."""
    vault = enrolled_vault(root, own, person)
    _know(vault, own, 1, partner)
    publish(vault, own, REGION.read_bytes())
    clock = still_clock()
    return Laptop(vault, open_services(vault, content(), clock), clock)


def publish(vault: Vault, own: OrganisationRoot, workbook: bytes, version: int = 1, logo: bytes = b"") -> None:
    """Let `vault` have a workbook that its organisation published."""
    issued = MOMENT + timedelta(days=version - 1)
    media = PartMedia.MARKDOWN
    file = sign_content(own.root, version=version, issued=issued, workbook=workbook, media=media, logo=logo)
    KnownContent(vault).keep(file)


def _know(vault: Vault, own: OrganisationRoot, version: int, *others: OrganisationRoot) -> None:
    directory = Directory(own.card.id, version, MOMENT, (own.card, *(each.card for each in others)), ())
    KnownDirectory(vault).keep(sign_directory(own.root, directory))


@cache
def organisations() -> tuple[OrganisationRoot, OrganisationRoot]:
    return create_organisation(AZC, "reception"), create_organisation(TOWN, "municipality")


def add_organisation(world: World, root: Path, name: str, kind: str) -> Laptop:
    """Return a worker of a third organisation; all three know each other from now on."""
    (azc, town), other = organisations(), create_organisation(name, kind)
    _know(world.azc.vault, azc, 2, town, other)
    _know(world.town.vault, town, 2, azc, other)
    made = make_laptop(root, other, town, "Fleur Bakker")
    _know(made.vault, other, 2, azc, town)
    return made


def carry_all(*laptops: Laptop) -> None:
    """Do the server's part between laptops of any number of organisations: each gets what it may have."""
    logs: dict[DossierId, DossierMembership] = {}
    for laptop in laptops:
        for dossier, state in laptop.journal.membership.all().items():
            if dossier not in logs or len(state.statements) > len(logs[dossier].statements):
                logs[dossier] = state
    for laptop in laptops:
        laptop.journal.membership.land((), laptop.journal.membership.let_go())
    wraps = [wrap for laptop in laptops for wrap in laptop.journal.outbox.wraps_waiting(1000)]
    rows = [row for laptop in laptops for row in laptop.journal.outbox.rows_after(0, 10_000)]
    writers = {laptop.vault.device.id: laptop.vault.membership.card.id for laptop in laptops}
    for taker in laptops:
        own, journal = taker.vault.membership.card.id, taker.journal
        concerned = [state for state in logs.values() if state.was_member(own)]
        journal.accept_logs(MembershipLog(visible_to(own, state.statements)) for state in concerned)
        journal.keys.import_wraps([wrap for wrap in wraps if wrap.recipient == own], taker.book.directory())
        theirs = {device: each for device, each in writers.items() if each != own}
        visible = [row for row in rows if row.device in theirs and _may_have(own, row, logs.get(row.dossier))]
        journal.accept_rows(visible, theirs)
        taker.services.handover.settle()


Prepare = Callable[[World], object]


def make_world(root: Path, *before: Prepare) -> World:
    """Return the two organisations with the case in the reception's journal, after what is done `before`, in order.

    What is done before is done once in a process, and copied: give functions of a module.
    """
    kept, dossier = _prepared_world(before) if before else _kept_world()
    shutil.copytree(kept, root, dirs_exist_ok=True)
    return open_world(root, dossier)


@cache
def _prepared_world(before: tuple[Prepare, ...]) -> tuple[Path, DossierId]:
    root = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, root)
    world = make_world(root, *before[:-1])
    before[-1](world)
    world.close()
    return root, world.dossier


@cache
def _kept_world() -> tuple[Path, DossierId]:
    """Make the world once, and return where it is closed and its dossier."""
    root = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, root)
    reception, municipality = organisations()
    azc = make_laptop(root / "azc", reception, municipality, "Sanne de Wit")
    town = make_laptop(root / "town", municipality, reception, "Karim Jansen")
    read = read_case(CASE.read_bytes(), today(azc.clock))
    fill_practice(azc.journal, content().form, [read], azc.vault.person)
    dossier = azc.journal.dossiers()[0]
    azc.services.plan.switch_workbook(dossier)
    World(azc, town, dossier).close()
    return root, dossier


def open_world(root: Path, dossier: DossierId, later: timedelta = timedelta()) -> World:
    """Return a world that was made at `root` and closed since, as a start of the program `later` opens it."""
    azc, town = (_open_laptop(root / name, later) for name in ("azc", "town"))
    return World(azc, town, dossier)


def _open_laptop(root: Path, later: timedelta) -> Laptop:
    (directory,) = (path.parent for path in root.glob(f"*/{FILE_NAME}"))
    clock = still_clock()
    clock.moment += later
    vault = open_vault(directory, PASSPHRASE, clock)
    return Laptop(vault, open_services(vault, content(), clock), clock)


def carry(world: World) -> None:
    """Do the server's part between both laptops: pass on wraps, rows and statements, in both directions."""
    for giver, taker in ((world.azc, world.town), (world.town, world.azc)):
        _carry(giver, taker)


def hand_over(world: World) -> None:
    """Offer the case to the first of the recipients, who receives it; what the plan waits for is decided before."""
    handover = world.azc.services.handover
    handover.choose(world.dossier, handover.recipients()[0].id)
    handover.tick(world.dossier, "told", done=True)
    handover.prepare(world.dossier)
    handover.send(world.dossier)
    carry(world)
    world.town.services.received.receive(world.dossier)


def _carry(giver: Laptop, taker: Laptop) -> None:
    directory, membership = taker.book.directory(), giver.journal.membership
    own = giver.vault.membership.card.id
    logs = [
        MembershipLog(state.statements)
        for state in membership.all().values()
        if taker.vault.organisation_id in state.members or state.was_member(taker.vault.membership.card.id)
    ]
    taker.journal.accept_logs(logs)
    giver.journal.accept_logs(MembershipLog(state.statements) for state in membership.all().values())
    wraps = giver.journal.outbox.wraps_waiting(1000)
    mine = [wrap for wrap in wraps if wrap.recipient == taker.vault.organisation_id]
    taker.journal.keys.import_wraps(mine, directory)
    heard = {DossierId(log.dossier) for log in logs}
    rows = [row for row in giver.journal.outbox.rows_after(0, 10_000) if row.dossier in heard]
    taker.journal.accept_rows(rows, {giver.vault.device.id: own})
    for laptop in (giver, taker):
        laptop.services.handover.settle()


def _may_have(own: OrganisationId, row: SealedRow, state: DossierMembership | None) -> bool:
    """Tell whether a row is served to an organisation: all of them to a member, those up to its leaving to another."""
    if state is None or not state.was_member(own):
        return False
    last = unpack_cuts(visible_to(own, state.statements)[-1].heads, "sync.message_broken")
    return own in state.members or (row.device in last and row.sequence <= last[row.device].sequence)


def decide(laptop: Laptop, dossier: DossierId) -> None:
    """Write down the reasons and the proposal of the case."""
    plan, written = laptop.services.plan, case()["plan"]
    for route, reason in written["reasons"].items():
        plan.set_reason(dossier, route, reason)
    plan.propose(dossier, written["proposed"])
    plan.set_own_words(dossier, written["own_words"]["nl"], written["own_words"]["other"])
    plan.set_feedback(dossier, "yes")
