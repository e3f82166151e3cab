"""Two people of one organisation on one laptop: with everything of the one, nothing of the other opens."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.records import AnswerGiven, open_journal
from desktop.vault.crypto.wrapping import unwrap_key
from desktop.vault.file import slots
from desktop.vault.file.container import FILE_NAME, read
from desktop.vault.file.listing import list_vaults
from desktop.vault.file.slots import SlotKind
from desktop.vault.trust.escrow import escrow_info
from desktop.vault.trust.organisation import create_organisation
from desktop.vault.vault import Vault, open_vault
from protocol.canonical import JsonValue, canonical_bytes
from protocol.certificates import RECEPTION
from protocol.errors import UserError
from tests.unit.records.cases import CONTEXT
from tests.unit.vault.people import PASSPHRASE, enrolled_vault, still_clock

OTHER_PASSPHRASE = "another sentence for tests"
CANARY = "Zebediah Kwamena"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Vault, Path]]:
    """Bas with his vault open, and the directory of Anna's closed one with an answer in its journal."""
    office = create_organisation("AZC Dronten", RECEPTION)
    anna = enrolled_vault(tmp_path, office, "Anna")
    anna.change_passphrase(PASSPHRASE, OTHER_PASSPHRASE)
    journal = open_journal(anna.directory, anna, still_clock())
    dossier = journal.create_dossier(CANARY, ("ti", "nl"), CONTEXT)
    journal.append(dossier, AnswerGiven("/data/naam", "given", CANARY), CONTEXT)
    journal.close()
    anna.lock()
    bas = enrolled_vault(tmp_path, office, "Bas")
    yield bas, anna.directory
    bas.lock()


def _secrets(value: JsonValue) -> Iterator[bytes]:
    """Yield every 32-byte secret in the body of a vault."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _secrets(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _secrets(item)
    elif isinstance(value, str) and 43 <= len(value) <= 44:
        data = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
        yield data[-32:]


def test_no_key_of_the_one_opens_anything_of_the_other(pair: tuple[Vault, Path]) -> None:
    bas, anna = pair
    theirs = read((anna / FILE_NAME).read_bytes())
    keys = [bas._open.key, *_secrets(_parsed(bas)), bas.device.seed]
    assert len(keys) > 3
    for key in keys:
        with pytest.raises(UserError, match=r"vault\.damaged"):
            theirs.open_body(key)
        with pytest.raises(UserError, match=r"escrow\.used"):
            slots.open_escrow_slot(theirs.metadata.vault, slots.find(theirs.slots, SlotKind.ESCROW), key)
    wrapped = slots.escrow_wrap(slots.find(theirs.slots, SlotKind.ESCROW))[1]
    for private in bas.membership.wraps:
        with pytest.raises(UserError, match=r"trust\.wrap_damaged"):
            unwrap_key(private, wrapped, escrow_info(theirs.metadata.vault, bas.membership.card.id, "Anna"))
    with pytest.raises(UserError, match=r"vault\.wrong_passphrase"):
        open_vault(anna, PASSPHRASE, still_clock())


def test_opening_the_one_touches_nothing_of_the_other(pair: tuple[Vault, Path]) -> None:
    bas, anna = pair
    before = {path.name: path.read_bytes() for path in anna.iterdir()}
    bas.put("settings", {"theme": "dark"})
    bas.change_passphrase(PASSPHRASE, "yet another sentence")
    journal = open_journal(bas.directory, bas, still_clock())
    assert list(journal.dossiers()) == []
    journal.close()
    assert {path.name: path.read_bytes() for path in anna.iterdir()} == before


def test_all_that_is_to_be_seen_of_the_other_is_the_worker_and_the_organisation(pair: tuple[Vault, Path]) -> None:
    _, anna = pair
    card = next(each for each in list_vaults(anna.parent) if each.directory == anna)
    assert (card.person, card.organisation) == ("Anna", "AZC Dronten")
    for path in anna.iterdir():
        assert CANARY.encode() not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0


def test_the_journal_of_the_other_does_not_open_under_ones_own_vault(pair: tuple[Vault, Path]) -> None:
    bas, anna = pair
    (bas.directory / "journal.db").write_bytes((anna / "journal.db").read_bytes())
    try:
        journal = open_journal(bas.directory, bas, still_clock())
    except UserError:
        return
    shown = [journal.events(dossier) for dossier in journal.dossiers()]
    journal.close()
    assert CANARY not in repr(shown)


def _parsed(vault: Vault) -> JsonValue:
    parsed: JsonValue = json.loads(vault._open.contents.to_bytes())
    assert canonical_bytes(parsed) == vault._open.contents.to_bytes()
    return parsed
