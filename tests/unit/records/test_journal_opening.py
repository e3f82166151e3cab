"""Opening the journal: whatever is wrong with one row or one erasure keeps nobody out; no broken opening holds on."""

import logging
from datetime import timedelta

import pytest

from desktop.records import open_journal
from desktop.vault.vault import open_vault
from protocol.errors import UserError
from tests.unit.records.cases import CONTEXT, Laptop
from tests.unit.vault.people import MOMENT, PASSPHRASE


@pytest.mark.parametrize(
    "damage",
    ["update events set sealed = zeroblob(60)", "update dossier_keys set sealed = zeroblob(60)"],
    ids=["row", "key"],
)
def test_a_last_row_that_does_not_open_leaves_the_clock_unjudged(laptop: Laptop, damage: str) -> None:
    laptop.new_dossier()
    laptop.change(damage)
    laptop.clock.moment -= timedelta(days=1)
    other = laptop.journal.create_dossier("Ahmed", ("ar",), CONTEXT)
    assert laptop.journal.events(other)[0].warnings == ()


def test_the_last_row_says_what_the_clock_was_when_this_device_last_wrote(laptop: Laptop) -> None:
    laptop.new_dossier()
    laptop.reopen()
    laptop.clock.moment -= timedelta(days=1)
    other = laptop.journal.create_dossier("Ahmed", ("ar",), CONTEXT)
    assert laptop.journal.events(other)[0].warnings == ("records.clock_jumped",)


@pytest.mark.expects_log
def test_an_erasure_that_cannot_be_finished_waits_and_is_told_without_naming_anyone(
    laptop: Laptop, caplog: pytest.LogCaptureFixture
) -> None:
    dossier = laptop.new_dossier()
    kept = laptop.journal.create_dossier("Ahmed", ("ar",), CONTEXT)
    with laptop.journal._store.atomic():
        laptop.journal.erasures.begin(dossier, "", "duty_ended", MOMENT, ())
    with caplog.at_level(logging.WARNING):
        laptop.change("create trigger nothing_goes before delete on events begin select raise(abort, 'no'); end")
    assert "records.erasure_waits" in caplog.text
    assert dossier not in caplog.text
    assert laptop.journal.view(kept).name == "Ahmed"
    assert [stone.done for stone in laptop.journal.erasures.tombstones()] == [False]
    laptop.change("drop trigger nothing_goes")
    assert [stone.done for stone in laptop.journal.erasures.tombstones()] == [True]
    assert laptop.journal.dossiers() == (kept,)


def test_an_opening_that_breaks_off_lets_the_file_go(laptop: Laptop) -> None:
    laptop.journal.close()
    laptop.vault.lock()
    with pytest.raises(UserError, match=r"vault\.locked"):
        open_journal(laptop.vault.directory, laptop.vault, laptop.clock)
    laptop.vault = open_vault(laptop.vault.directory, PASSPHRASE, laptop.clock)
    laptop.journal = open_journal(laptop.vault.directory, laptop.vault, laptop.clock)
    assert laptop.journal.dossiers() == ()
