"""Opening the journal: whatever is wrong with one row or one erasure keeps nobody out; no broken opening holds on."""

import logging
from datetime import timedelta

import pytest

from desktop.records import open_journal
from desktop.vault.vault import open_vault
from protocol.errors import UserError
from tests.unit.records.cases import CONTEXT, Desk
from tests.unit.vault.people import MOMENT, PASSPHRASE


@pytest.mark.parametrize(
    "damage",
    ["update events set sealed = zeroblob(60)", "update dossier_keys set sealed = zeroblob(60)"],
    ids=["row", "key"],
)
def test_a_last_row_that_does_not_open_leaves_the_clock_unjudged(desk: Desk, damage: str) -> None:
    desk.new_dossier()
    desk.change(damage)
    desk.clock.moment -= timedelta(days=1)
    other = desk.journal.create_dossier("Ahmed", ("ar",), CONTEXT)
    assert desk.journal.events(other)[0].warnings == ()


def test_the_last_row_says_what_the_clock_was_when_this_device_last_wrote(desk: Desk) -> None:
    desk.new_dossier()
    desk.reopen()
    desk.clock.moment -= timedelta(days=1)
    other = desk.journal.create_dossier("Ahmed", ("ar",), CONTEXT)
    assert desk.journal.events(other)[0].warnings == ("records.clock_jumped",)


@pytest.mark.expects_log
def test_an_erasure_that_cannot_be_finished_waits_and_is_told_without_naming_anyone(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    dossier = desk.new_dossier()
    kept = desk.journal.create_dossier("Ahmed", ("ar",), CONTEXT)
    with desk.journal._store.atomic():
        desk.journal.erasures.begin(dossier, "", "duty_ended", MOMENT, ())
    with caplog.at_level(logging.WARNING):
        desk.change("create trigger nothing_goes before delete on events begin select raise(abort, 'no'); end")
    assert "records.erasure_waits" in caplog.text
    assert dossier not in caplog.text
    assert desk.journal.view(kept).name == "Ahmed"
    assert [stone.done for stone in desk.journal.erasures.tombstones()] == [False]
    desk.change("drop trigger nothing_goes")
    assert [stone.done for stone in desk.journal.erasures.tombstones()] == [True]
    assert desk.journal.dossiers() == (kept,)


def test_an_opening_that_breaks_off_lets_the_file_go(desk: Desk) -> None:
    desk.journal.close()
    desk.vault.lock()
    with pytest.raises(UserError, match=r"vault\.locked"):
        open_journal(desk.vault.directory, desk.vault, desk.clock)
    desk.vault = open_vault(desk.vault.directory, PASSPHRASE, desk.clock)
    desk.journal = open_journal(desk.vault.directory, desk.vault, desk.clock)
    assert desk.journal.dossiers() == ()
