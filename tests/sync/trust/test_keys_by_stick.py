"""A new key reaches laptops that reach no server, by files on a stick; nothing in these files is secret to others."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs
from sqlalchemy import delete

from desktop.services.accounts.organisation_keys import KeysHere, OrganisationKeys
from desktop.services.handover.handover_context import HandoverContext
from desktop.services.handover.settlement import HandoverSettlement
from desktop.services.sync.feed_position import FeedPosition
from desktop.services.sync.key_renewals import KeyRenewals
from desktop.services.sync.known_directory import KnownDirectory
from desktop.vault.crypto.stretching import Cost
from desktop.vault.trust.organisation import OrganisationRoot, read_key_file, write_key_file
from protocol.encoding import to_base64
from protocol.errors import UserError
from protocol.messages.documents import SignedDocument
from protocol.messages.message import to_bytes
from protocol.renewal import KeysFile, LaptopFile
from server.admin import key_renewals, organisations
from server.admin.keyfile import VARIABLE
from server.store.tables import DEVICES, RENEWALS
from tests import warm
from tests.sync.machines import CLOCK, Laptop, Office
from tests.unit.vault.people import PASSPHRASE

Join = Callable[..., Laptop]


def _keys(laptop: Laptop) -> OrganisationKeys:
    known = KnownDirectory(laptop.vault)
    settlement = HandoverSettlement(HandoverContext(laptop.journal, laptop.vault, known), CLOCK, lambda: ())
    renewals = KeyRenewals(
        laptop.journal, laptop.vault, FeedPosition(laptop.journal.outbox, lambda: CLOCK.now().date())
    )
    return OrganisationKeys(laptop.journal, laptop.vault, known, renewals, settlement.settle)


def _finish(keys: OrganisationKeys) -> KeysHere:
    """Go on until nothing is left, as the screen does."""
    for _ in range(20):
        here = keys.here()
        assert here is not None
        if not here.left:
            return here
        keys.step()
    raise AssertionError("it does not end")


def _file(office: Office, path: Path, *laptops: Path) -> Office:
    """Do what `organisation renew-keys --laptop … --out …` does."""
    store = office.administer()
    key_renewals.admit(store, office.root, [LaptopFile.read(each.read_bytes()) for each in laptops], CLOCK)
    root = key_renewals.next_keys(store, office.root, share_only=False)
    key_renewals.publish(store, root, CLOCK)
    path.write_bytes(key_renewals.keys_file(store, root))
    store.close()
    return replace(office, root=root)


def test_two_laptops_without_a_server_take_the_key_begin_fresh_ones_and_read_each_other(
    azc: Office, join: Join, tmp_path: Path
) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    cases = [anna.open_case() for _ in range(12)]
    anna.once()
    bert.once()
    for laptop in (anna, bert):
        _keys(laptop).write_own(tmp_path / laptop.vault.device.id)
    renewed = _file(azc, tmp_path / "keys", *(tmp_path / each.vault.device.id for each in (anna, bert)))

    for laptop in (anna, bert):
        keys = _keys(laptop)
        assert keys.read_file(tmp_path / "keys")
        assert keys.here() == KeysHere(2, 12, 12)
        assert laptop.vault.membership.card == renewed.root.card
    assert _finish(_keys(anna)) == KeysHere(2)
    assert [state.epoch for state in anna.journal.membership.all().values()] == [2] * 12

    anna.answer(cases[0], "Keren")
    anna.once()
    bert.once()
    assert bert.answers(cases[0]) == {"Keren"}
    assert _finish(_keys(bert)) == KeysHere(2)
    assert [state.epoch for state in bert.journal.membership.all().values()] == [2] * 12
    assert _keys(bert).read_file(tmp_path / "keys")
    assert _keys(bert).here() == KeysHere(2)


def test_a_laptop_that_never_reached_a_server_is_known_by_its_file(azc: Office, join: Join, tmp_path: Path) -> None:
    anna = join(azc, "anna")
    _keys(anna).write_own(tmp_path / "anna")
    azc.run(delete(DEVICES))
    renewed = _file(azc, tmp_path / "keys", tmp_path / "anna")
    _keys(anna).read_file(tmp_path / "keys")
    assert anna.vault.membership.wraps == renewed.root.wraps


def test_a_file_without_a_key_for_this_laptop_brings_the_directory_and_says_so(
    azc: Office, town: Office, join: Join, tmp_path: Path
) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    azc.know(town)
    _keys(anna).write_own(tmp_path / "anna")
    _file(azc, tmp_path / "keys", tmp_path / "anna")

    with pytest.raises(UserError, match=r"trust\.no_key_for_laptop"):
        _keys(bert).read_file(tmp_path / "keys")
    assert KnownDirectory(bert.vault).name(town.root.card.id) == town.root.card.name
    assert bert.vault.membership.card.version == 1


def test_a_revoked_laptop_is_not_let_in_again_by_its_file(azc: Office, join: Join, tmp_path: Path) -> None:
    thief = join(azc, "thief")
    thief.once()
    _keys(thief).write_own(tmp_path / "thief")
    store = azc.administer()
    organisations.revoke_device(store, azc.root, thief.vault.device.id, CLOCK)
    with pytest.raises(UserError, match=r"sync\.device_revoked"):
        key_renewals.admit(store, azc.root, [LaptopFile.read((tmp_path / "thief").read_bytes())], CLOCK)
    store.close()
    _file(azc, tmp_path / "keys")
    with pytest.raises(UserError, match=r"trust\.no_key_for_laptop"):
        _keys(thief).read_file(tmp_path / "keys")


def test_what_another_root_signed_or_another_laptop_wrapped_is_refused(
    azc: Office, town: Office, join: Join, tmp_path: Path
) -> None:
    anna, tom = join(azc, "anna"), join(town, "tom")
    anna.once()
    before = anna.vault.membership.card
    for laptop in (anna, tom):
        _keys(laptop).write_own(tmp_path / laptop.vault.device.id)
    mine, theirs = (LaptopFile.read((tmp_path / each.vault.device.id).read_bytes()) for each in (anna, tom))
    store = azc.administer()
    for wrong in (theirs, LaptopFile(mine.chain, theirs.wrapping)):
        with pytest.raises(UserError, match=r"trust\.not_signed"):
            key_renewals.admit(store, azc.root, [wrong], CLOCK)
    store.close()

    _file(azc, tmp_path / "keys", tmp_path / anna.vault.device.id)
    good = KeysFile.read((tmp_path / "keys").read_bytes())
    changed = [replace_body(each) for each in good.renewals]
    (tmp_path / "changed").write_bytes(to_bytes(KeysFile(good.directory, tuple(changed))))
    (tmp_path / "broken").write_bytes((tmp_path / "keys").read_bytes()[:-1])
    _file(town, tmp_path / "other", tmp_path / tom.vault.device.id)
    for name, code in {"changed": "not_signed", "broken": "document_damaged", "other": "not_signed"}.items():
        with pytest.raises(UserError, match=rf"trust\.{code}"):
            _keys(anna).read_file(tmp_path / name)
    assert anna.vault.membership.card == before
    azc.run(delete(RENEWALS))


def replace_body(document: SignedDocument) -> SignedDocument:
    """Return a signed document that says another moment."""
    return structs.replace(document, body={**document.body, "issued": "2026-01-01T00:00:00Z"})


def test_the_commands_do_it_and_neither_file_holds_a_key_in_clear(
    azc: Office, join: Join, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = join(azc, "anna")
    anna.open_case()
    key = tmp_path / "azc.key"
    key.write_bytes(write_key_file(azc.root, PASSPHRASE, Cost.cheap()))
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    _keys(anna).write_own(tmp_path / "anna")
    out = tmp_path / "azc.opmaat-keys"
    done = warm.run(
        *("server", "organisation", "renew-keys", "--database", azc.server.database, "--key-file", str(key)),
        *("--laptop", str(tmp_path / "anna"), "--out", str(out)),
    )
    assert done.returncode == 0, done.stderr
    assert f"given        {anna.vault.device.id}" in done.stdout

    _keys(anna).read_file(out)
    root: OrganisationRoot = read_key_file(key.read_bytes(), PASSPHRASE)
    assert anna.vault.membership.card == root.card
    assert _finish(_keys(anna)) == KeysHere(2)
    files = out.read_text("ascii") + (tmp_path / "anna").read_text("ascii")
    for secret in (*root.wraps, anna.vault.device.seed):
        assert to_base64(secret)[2:-2] not in files
