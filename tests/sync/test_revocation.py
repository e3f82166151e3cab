"""A revoked device is cut off on every laptop by its place in the chain, whatever the server lets through."""

from collections.abc import Callable

from sqlalchemy import delete, insert, select, update

from desktop.records.journal import open_journal
from desktop.services.sync.known_directory import KnownDirectory
from desktop.vault.revocations import FOLDER
from desktop.vault.vault import open_vault
from protocol.identifiers import DossierId
from protocol.revocation import Revocation, sign_revocation
from server.admin import organisations
from server.store.tables import DEVICES, DIRECTORIES, REVOCATIONS
from tests.sync.machines import CLOCK, Laptop, Office
from tests.unit.vault.people import PASSPHRASE

Join = Callable[..., Laptop]
REF = "/intake/woonplaats"
AFTER = "records.after_revocation"
UNKNOWN = "trust.revocation_unknown"


def _revoke(office: Office, laptop: Laptop) -> None:
    store = office.administer()
    organisations.revoke_device(store, office.root, laptop.vault.device.id, CLOCK)
    store.close()


def _let_in_again(office: Office, laptop: Laptop) -> None:
    """Do what a hostile server does: take what the revoked device sends."""
    office.run(update(DEVICES).where(DEVICES.c.device == laptop.vault.device.id).values(revoked=None))


def _codes(laptop: Laptop) -> set[str]:
    return {code for each in laptop.once() for code in each.refused}


def _two(azc: Office, join: Join) -> tuple[Laptop, Laptop, DossierId]:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    dossier = anna.open_case()
    anna.once()
    bert.once()
    bert.answer(dossier, "before", "/intake/q1")
    bert.once()
    return anna, bert, dossier


def test_what_a_revoked_device_writes_later_is_set_aside_though_the_server_takes_it(azc: Office, join: Join) -> None:
    anna, bert, dossier = _two(azc, join)
    anna.once()
    _revoke(azc, bert)
    _let_in_again(azc, bert)
    bert.answer(dossier, "after", "/intake/q1")
    bert.once()

    assert AFTER in _codes(anna)
    assert anna.answers(dossier, "/intake/q1") == {"before"}
    assert [each.code for each in anna.journal.quarantined(dossier)] == [AFTER]


def test_what_it_wrote_before_comes_in_although_it_was_revoked_meanwhile(azc: Office, join: Join) -> None:
    anna, bert, dossier = _two(azc, join)
    _revoke(azc, bert)

    assert _codes(anna) == set()
    assert anna.answers(dossier, "/intake/q1") == {"before"}


def test_a_dossier_it_never_wrote_in_is_closed_to_it(azc: Office, join: Join) -> None:
    anna, bert, _ = _two(azc, join)
    other = anna.open_case()
    anna.once()
    bert.once()
    _revoke(azc, bert)
    _let_in_again(azc, bert)
    bert.answer(other, "after")
    bert.once()

    assert AFTER in _codes(anna)
    assert anna.answers(other) == set()


def test_what_came_in_before_the_laptop_heard_of_it_is_set_aside_then(azc: Office, join: Join) -> None:
    anna, bert, dossier = _two(azc, join)
    here = DIRECTORIES.c.organisation == azc.root.card.id
    ((old,),) = azc.run(select(DIRECTORIES.c.document).where(here))
    _revoke(azc, bert)
    ((new,),) = azc.run(select(DIRECTORIES.c.document).where(here))
    _let_in_again(azc, bert)
    azc.run(update(DIRECTORIES).where(here).values(document=old))
    bert.answer(dossier, "after", "/intake/q1")
    bert.once()
    anna.once()
    assert anna.answers(dossier, "/intake/q1") == {"after"}

    azc.run(update(DIRECTORIES).where(here).values(document=new))
    anna.once()

    assert anna.answers(dossier, "/intake/q1") == {"before"}
    assert [each.code for each in anna.journal.quarantined(dossier)] == [AFTER]


def test_without_the_document_nothing_new_of_it_counts_and_with_it_what_was_before_does(
    azc: Office, join: Join
) -> None:
    anna, bert, dossier = _two(azc, join)
    _revoke(azc, bert)
    ((document,),) = azc.run(select(REVOCATIONS.c.document).where(REVOCATIONS.c.device == bert.vault.device.id))
    azc.run(delete(REVOCATIONS).where(REVOCATIONS.c.device == bert.vault.device.id))

    assert UNKNOWN in _codes(anna)
    assert anna.answers(dossier, "/intake/q1") == set()
    assert [each.code for each in anna.journal.quarantined(dossier)] == [UNKNOWN]

    azc.run(insert(REVOCATIONS).values(device=bert.vault.device.id, document=document))
    assert _codes(anna) == set()
    assert anna.answers(dossier, "/intake/q1") == {"before"}
    assert anna.journal.quarantined(dossier) == ()


def test_a_document_of_the_servers_own_making_is_not_believed(azc: Office, town: Office, join: Join) -> None:
    anna, bert, dossier = _two(azc, join)
    _revoke(azc, bert)
    forged = sign_revocation(town.root.root, Revocation(azc.root.card.id, bert.vault.device.id, CLOCK.now(), {}))
    azc.run(update(REVOCATIONS).where(REVOCATIONS.c.device == bert.vault.device.id).values(document=forged))

    assert UNKNOWN in _codes(anna)
    assert anna.answers(dossier, "/intake/q1") == set()


def test_a_damaged_document_beside_the_vault_is_fetched_again(azc: Office, join: Join) -> None:
    anna, bert, dossier = _two(azc, join)
    _revoke(azc, bert)
    anna.once()
    (kept,) = (anna.vault.directory / FOLDER).iterdir()
    kept.write_bytes(b"{}")
    again = _opened_again(anna)
    _let_in_again(azc, bert)
    bert.answer(dossier, "after", "/intake/q1")
    bert.once()

    assert AFTER in _codes(again)
    assert again.answers(dossier, "/intake/q1") == {"before"}
    again.close()


def test_rows_from_a_stick_are_cut_off_too(azc: Office, join: Join) -> None:
    anna, bert, dossier = _two(azc, join)
    _revoke(azc, bert)
    anna.once()
    bert.answer(dossier, "after", "/intake/q1")

    taken = anna.journal.accept_rows(bert.journal.outbox.rows_after(0, 500))

    assert {each.code for each in taken.quarantined} == {AFTER}
    assert anna.answers(dossier, "/intake/q1") == {"before"}


def test_revoking_again_changes_no_cut(azc: Office, join: Join) -> None:
    _, bert, _ = _two(azc, join)
    _revoke(azc, bert)
    first = azc.run(select(REVOCATIONS.c.document))
    _revoke(azc, bert)

    assert azc.run(select(REVOCATIONS.c.document)) == first


def _opened_again(laptop: Laptop) -> Laptop:
    laptop.close()
    vault = open_vault(laptop.vault.directory, PASSPHRASE, CLOCK)
    assert KnownDirectory(vault).directory() is not None
    return Laptop(vault, open_journal(vault.directory, vault, CLOCK), laptop.address)
