"""A reception location, two municipalities and what goes between their laptops, carried by hand."""

from collections.abc import Iterable
from pathlib import Path

from desktop.records import KeyGrant, RowAcceptance, SealedRow
from desktop.records.key_access import KeyAcceptance
from desktop.records.membership.membership_records import LogsAccepted
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import MUNICIPALITY
from protocol.directory import Directory
from protocol.errors import UserError
from protocol.identifiers import DossierId, OrganisationId
from protocol.membership.state import DossierMembership, visible_to
from protocol.messages.membership import MembershipLog
from tests.unit.records.cases import AZC, Laptop, new_laptop
from tests.unit.vault.people import MOMENT

TOWN = create_organisation("Gemeente Haarlem", MUNICIPALITY)
VILLAGE = create_organisation("Gemeente Bloemendaal", MUNICIPALITY)
DIRECTORY = Directory(AZC.card.id, 1, MOMENT, (AZC.card, TOWN.card, VILLAGE.card), ())


def town_laptop(root: Path) -> Laptop:
    """Return a laptop of the town."""
    return new_laptop(root, TOWN, "Gemeente")


def own(laptop: Laptop) -> OrganisationId:
    """Return the organisation of a laptop."""
    return laptop.vault.membership.card.id


def state_at(laptop: Laptop, dossier: DossierId) -> DossierMembership:
    """Return where the log of a dossier stands at a laptop."""
    state = laptop.journal.membership.of(dossier)
    assert state is not None
    return state


def give_log(giver: Laptop, taker: Laptop, dossier: DossierId) -> LogsAccepted:
    """Carry as much of the log of a dossier as the taker may see."""
    try:
        seen = visible_to(own(taker), giver.log(dossier).statements)
    except UserError:
        return LogsAccepted()
    return taker.journal.accept_logs([MembershipLog(seen)])


def give_keys(giver: Laptop, taker: Laptop, wraps: Iterable[KeyGrant] | None = None) -> KeyAcceptance:
    """Carry the keys that are for the taker's organisation, or `wraps`."""
    made = giver.wraps(own(taker)) if wraps is None else wraps
    return taker.journal.keys.import_wraps([each for each in made if each.recipient == own(taker)], DIRECTORY)


def give_rows(giver: Laptop, taker: Laptop, rows: Iterable[SealedRow] | None = None) -> RowAcceptance:
    """Carry the rows that the giver wrote, or `rows` of them."""
    return taker.journal.accept_rows(giver.rows() if rows is None else rows, {giver.journal.device: own(giver)})


def carry(giver: Laptop, taker: Laptop, dossier: DossierId) -> None:
    """Carry all that the giver has of a dossier, as a server would."""
    give_log(giver, taker, dossier)
    give_keys(giver, taker)
    give_rows(giver, taker)
