"""A renewed wrapping key reaches every laptop but a revoked one; a server can delay it, and that is noticed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from desktop.records.events.bodies import CORE
from desktop.records.journal import open_journal
from desktop.vault.crypto.codec import JsonFields
from desktop.vault.crypto.stretching import Cost
from desktop.vault.crypto.wrapping import WrapInfo, unwrap_key
from desktop.vault.trust.organisation import OrganisationRoot, read_key_file, write_key_file
from desktop.vault.trust.renewal import make_renewal, own_wrapping_key
from desktop.vault.vault import open_vault
from protocol.encoding import to_base64
from protocol.errors import EnvironmentProblem, OpmaatError, UserError
from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipStep
from protocol.messages.message import from_bytes, to_bytes
from protocol.messages.wraps import WrapSet
from protocol.renewal import verify_renewal
from server.admin import key_renewals, organisations
from server.admin.keyfile import VARIABLE
from server.store.tables import DEVICES, RENEWALS, WRAP_SETS
from tests import warm
from tests.sync.machines import CLOCK, Laptop, Office
from tests.unit.services.failing_writes import MOST_WRITES, FailingWrites, ProcessDiedError, attempt
from tests.unit.vault.people import PASSPHRASE

Join = Callable[..., Laptop]
MISSING = "trust.renewal_missing"


def _renew(office: Office, *, share_only: bool = False) -> Office:
    """Do what `organisation renew-keys` does, and return the office with its new key file."""
    store = office.administer()
    root = key_renewals.next_keys(store, office.root, share_only=share_only)
    key_renewals.publish(store, root, CLOCK)
    store.close()
    return replace(office, root=root)


def _revoke(office: Office, laptop: Laptop) -> None:
    store = office.administer()
    organisations.revoke_device(store, office.root, laptop.vault.device.id, CLOCK)
    store.close()


def _wrapped_for(office: Office, key: bytes) -> set[tuple[DossierId, str, int]]:
    """Return what on the server opens with the private wrapping key `key`: dossier, compartment, epoch."""
    found = set()
    for (document,) in office.run(select(WRAP_SETS.c.document)):
        one = from_bytes(WrapSet, document)
        for wrap in one.wraps:
            info = WrapInfo(one.dossier, wrap.compartment, wrap.epoch, one.recipient)
            if _opens(key, info, wrap.wrapped):
                found.add((one.dossier, wrap.compartment, wrap.epoch))
    return found


def _opens(key: bytes, info: WrapInfo, grant: bytes) -> bool:
    try:
        unwrap_key(key, JsonFields.parse(grant, "trust.wrap_damaged").binary("wrapped"), info.to_bytes())
    except UserError:
        return False
    return True


def _codes(laptop: Laptop) -> set[str]:
    return {code for each in laptop.once() for code in each.refused}


def _notices(laptop: Laptop) -> list[str]:
    return [each.code for each in laptop.online().synchronise.state().notices]


def test_laptops_take_the_new_key_wrap_what_they_have_for_it_and_go_on(azc: Office, join: Join) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    cases = [anna.open_case() for _ in range(3)]
    anna.once()
    bert.once()

    renewed = _renew(azc)
    assert _wrapped_for(azc, renewed.root.wrap) == set()
    rounds = anna.once()

    assert anna.vault.membership.card == renewed.root.card
    assert anna.vault.membership.wraps == renewed.root.wraps
    assert not any(each.refused for each in rounds)
    assert _wrapped_for(azc, renewed.root.wrap) == {(case, CORE, 1) for case in cases}
    assert anna.online().synchronise.state().keys_left == 0
    assert _codes(bert) == set()
    bert.answer(cases[0], "Keren")
    bert.once()
    anna.once()
    assert anna.answers(cases[0]) == {"Keren"}


def test_what_one_laptop_wrapped_no_other_wraps_again(azc: Office, join: Join) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    for _ in range(3):
        anna.open_case()
    anna.once()
    bert.once()
    _renew(azc)
    anna.once()
    before = len(azc.run(select(WRAP_SETS.c.digest)))

    bert.once()

    assert bert.online().synchronise.state().keys_left == 0
    assert len(azc.run(select(WRAP_SETS.c.digest))) == before


def test_a_new_case_opens_for_no_one_who_has_the_old_key_alone(azc: Office, join: Join) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    anna.open_case()
    anna.once()
    bert.once()
    old = azc.root.wrap
    renewed = _renew(azc)
    anna.once()
    case = anna.open_case()
    anna.once()
    bert.once()

    assert (case, CORE, 1) in _wrapped_for(azc, renewed.root.wrap)
    assert case not in {dossier for dossier, *_ in _wrapped_for(azc, old)}
    assert bert.journal.view(case).name == anna.journal.view(case).name


def test_a_revoked_laptop_never_gets_the_new_key(azc: Office, join: Join) -> None:
    anna, thief = join(azc, "anna"), join(azc, "thief")
    anna.once()
    thief.once()
    _revoke(azc, thief)
    _renew(azc)
    gone = thief.vault.device.id
    azc.run(update(DEVICES).where(DEVICES.c.device == gone).values(revoked=None))
    again = replace(azc, root=_renew(azc).root)

    assert {device for (device,) in azc.run(select(RENEWALS.c.device))} >= {anna.vault.device.id}
    assert gone not in {device for (device,) in azc.run(select(RENEWALS.c.device))}
    assert MISSING in _codes(thief)
    assert thief.vault.membership.wraps == (azc.root.wrap,)
    ((document,),) = azc.run(select(RENEWALS.c.document).where(RENEWALS.c.device == anna.vault.device.id))
    azc.run(insert(RENEWALS).values(device=gone, document=document))
    assert MISSING in _codes(thief)
    assert thief.vault.membership.wraps == (azc.root.wrap,)
    assert again.root.card.version > azc.root.card.version


def test_a_key_of_the_servers_own_making_gets_nothing(azc: Office, town: Office, join: Join) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    stranger = join(town, "stranger")
    anna.once()
    bert.once()
    stranger.once()
    other = to_bytes(own_wrapping_key(stranger.vault.device).signed)
    azc.run(update(DEVICES).where(DEVICES.c.device == bert.vault.device.id).values(wrapping=other))
    store = azc.administer()
    report = key_renewals.publish(store, key_renewals.next_keys(store, azc.root, share_only=False), CLOCK)
    store.close()

    assert [each.device for each in report.given] == [anna.vault.device.id]
    assert report.left_out == (bert.vault.device.id,)


def test_a_device_shows_its_own_key_only_and_reads_its_own_document_only(azc: Office, join: Join) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    anna.once()
    bert.once()
    client = anna.online().client
    with pytest.raises(OpmaatError, match=r"sync\.message_broken"):
        client.show_wrapping_key(own_wrapping_key(bert.vault.device).signed)
    with pytest.raises(OpmaatError, match=r"sync\.not_found"):
        client.renewal()

    renewed = _renew(azc)

    assert verify_renewal(client.renewal(), renewed.root.card.root).device == anna.vault.device.id


def test_a_renewal_that_is_kept_back_is_noticed_until_it_comes(azc: Office, join: Join) -> None:
    anna = join(azc, "anna")
    anna.open_case()
    anna.once()
    renewed = _renew(azc)
    mine = RENEWALS.c.device == anna.vault.device.id
    ((document,),) = azc.run(select(RENEWALS.c.document).where(mine))
    azc.run(delete(RENEWALS).where(mine))

    assert _codes(anna) == {MISSING}
    assert _notices(anna) == [MISSING]
    assert anna.vault.membership.card == azc.root.card

    azc.run(insert(RENEWALS).values(device=anna.vault.device.id, document=document))
    assert _codes(anna) == set()
    assert _notices(anna) == []
    assert anna.vault.membership.card == renewed.root.card


@pytest.mark.parametrize("kind", ["older", "forged", "broken"])
def test_no_other_document_passes_for_the_renewal(azc: Office, town: Office, join: Join, kind: str) -> None:
    anna = join(azc, "anna")
    anna.once()
    first = _renew(azc)
    mine = RENEWALS.c.device == anna.vault.device.id
    ((older,),) = azc.run(select(RENEWALS.c.document).where(mine))
    _renew(first)
    forged = make_renewal(town.root, own_wrapping_key(anna.vault.device), CLOCK.now())
    document = {"older": older, "forged": forged, "broken": b"{}"}[kind]
    azc.run(update(RENEWALS).where(mine).values(document=document))

    assert MISSING in _codes(anna)
    assert anna.vault.membership.wraps == (azc.root.wrap,)


def test_what_came_under_the_new_key_before_the_laptop_had_it_is_read_afterwards(azc: Office, join: Join) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    anna.once()
    bert.once()
    _renew(azc)
    late = RENEWALS.c.device == bert.vault.device.id
    ((document,),) = azc.run(select(RENEWALS.c.document).where(late))
    azc.run(delete(RENEWALS).where(late))
    anna.once()
    case = anna.open_case()
    anna.once()
    assert MISSING in _codes(bert)
    assert bert.journal.keys.readable(CORE) == frozenset()

    azc.run(insert(RENEWALS).values(device=bert.vault.device.id, document=document))
    bert.once()

    assert bert.journal.view(case).name == anna.journal.view(case).name
    assert _notices(bert) == []


def test_a_laptop_that_joins_later_reads_what_was_wrapped_for_any_key(azc: Office, join: Join) -> None:
    anna = join(azc, "anna")
    old = anna.open_case()
    anna.once()
    renewed = _renew(_renew(azc))
    invitation = renewed.invite()
    carla = join(renewed, "carla", invitation)

    assert _codes(carla) == set()
    assert carla.journal.view(old).name == anna.journal.view(old).name
    assert carla.vault.membership.card == renewed.root.card
    assert carla.vault.membership.wraps == renewed.root.wraps


def test_an_invitation_from_before_joins_late_and_gets_the_key_when_it_is_shared_again(azc: Office, join: Join) -> None:
    invitation = azc.invite()
    renewed = _renew(azc)
    bert = join(azc, "bert", invitation)
    assert _codes(bert) == {MISSING}

    shared = _renew(renewed, share_only=True)

    assert shared.root == renewed.root
    assert _codes(bert) == set()
    assert bert.vault.membership.wraps == renewed.root.wraps


def test_a_laptop_that_was_away_for_two_renewals_gets_every_key(azc: Office, join: Join) -> None:
    anna = join(azc, "anna")
    anna.once()
    renewed = _renew(_renew(azc))
    assert renewed.root.card.version == 3

    assert _codes(anna) == set()
    assert anna.vault.membership.wraps == renewed.root.wraps
    assert len(renewed.root.wraps) == 3


def test_a_case_that_went_to_another_organisation_stays_as_it_was(azc: Office, town: Office, join: Join) -> None:
    azc.know(town)
    town.know(azc)
    anna, tom = join(azc, "anna"), join(town, "tom")
    case = anna.open_case()
    anna.offer(case, town.root.card)
    anna.once()
    tom.once()
    tom.answer_offer(case, MembershipStep.RECEIVED)
    tom.answer_offer(case, MembershipStep.ACCEPTED)
    tom.once()
    anna.once()
    _renew(azc)

    assert _codes(anna) == set()
    assert _notices(anna) == []
    assert anna.online().synchronise.state().keys_left == 0


def test_a_partner_wraps_for_the_newer_card_once_its_directory_has_it_and_never_goes_back(
    azc: Office, town: Office, join: Join
) -> None:
    town.know(azc)
    tom = join(town, "tom")
    tom.once()
    old, renewed = azc.root.card, _renew(azc)
    town.know(renewed)
    tom.once()
    directory = tom.online().known_directory.directory()

    assert directory is not None
    assert directory.card(old.id) == renewed.root.card
    store = town.administer()
    with pytest.raises(UserError, match=r"trust\.card_older"):
        organisations.add_partner(store, town.root, old, CLOCK)
    store.close()


def test_a_laptop_that_was_closed_in_the_middle_goes_on(azc: Office, join: Join) -> None:
    anna = join(azc, "anna")
    case = anna.open_case()
    anna.once()
    renewed = _renew(azc)
    online = anna.online()
    online.synchronise.round()
    left = online.synchronise.state().keys_left
    again = _opened_again(anna)

    again.once()

    assert left == 1
    assert again.online().synchronise.state().keys_left == 0
    assert _wrapped_for(azc, renewed.root.wrap) == {(case, CORE, 1)}
    again.close()


def test_the_administrators_command_does_it_all_and_no_key_gets_into_a_log(
    azc: Office,
    town: Office,
    join: Join,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    town.know(azc)
    anna, early = join(azc, "anna"), join(azc, "early")
    case = anna.open_case()
    anna.once()
    early.online().client.enrol(early.vault.membership.chain)
    key = tmp_path / "azc.key"
    key.write_bytes(write_key_file(azc.root, PASSPHRASE, Cost.cheap()))
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    caplog.set_level("DEBUG")

    said = _command(azc, key)
    shared = _command(azc, key, "--share-only")
    root = read_key_file(key.read_bytes(), PASSPHRASE)
    anna.once()

    assert "card         version 2" in said
    assert f"given        {anna.vault.device.id}" in said
    assert f"left out     {early.vault.device.id}" in said
    assert f"partner      {town.root.card.id} {town.root.card.name}" in said
    assert "card         version 2" in shared
    assert root.former == (azc.root.wrap,)
    assert anna.vault.membership.card == root.card
    assert _wrapped_for(azc, root.wrap) == {(case, CORE, 1)}
    assert list(tmp_path.glob("azc.key*")) == [key]
    logged = azc.server.log.read_text("utf-8") + caplog.text + said + shared
    for secret in (*root.wraps, anna.vault.device.seed):
        for canary in (secret[1:].hex(), to_base64(secret), to_base64(secret)[2:-2]):
            assert canary not in logged


def test_a_command_that_was_cut_off_after_its_first_write_publishes_that_key(
    azc: Office, tmp_path: Path, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = join(azc, "anna")
    anna.once()
    ahead = _next(azc)
    key = tmp_path / "azc.key"
    key.write_bytes(write_key_file(ahead, PASSPHRASE, Cost.cheap()))
    (tmp_path / "azc.key.new").write_bytes(b"half")
    before = key.read_bytes()
    monkeypatch.setenv(VARIABLE, PASSPHRASE)

    _command(azc, key)
    anna.once()

    assert key.read_bytes() == before
    assert anna.vault.membership.wraps == ahead.wraps


def test_an_older_key_file_shares_nothing_and_still_renews(azc: Office, join: Join) -> None:
    anna = join(azc, "anna")
    anna.once()
    _renew(azc)
    store = azc.administer()
    with pytest.raises(UserError, match=r"server\.key_file_older"):
        key_renewals.next_keys(store, azc.root, share_only=True)
    store.close()

    third = _renew(azc)
    anna.once()

    assert third.root.card.version == 3
    assert anna.vault.membership.wraps[0] == third.root.wrap


def _next(office: Office) -> OrganisationRoot:
    store = office.administer()
    try:
        return key_renewals.next_keys(store, office.root, share_only=False)
    finally:
        store.close()


def _command(office: Office, key: Path, *more: str) -> str:
    arguments = ("--database", office.server.database, "--key-file", str(key), *more)
    done = warm.run("server", "organisation", "renew-keys", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("failure", [EnvironmentProblem("records.disk_full"), ProcessDiedError()], ids=["full", "dead"])
def test_each_write_of_a_renewal_fails_once_and_the_next_round_completes_it(
    azc: Office, join: Join, failure: BaseException
) -> None:
    if "://" in azc.server.database:
        pytest.skip("it is about the laptop, and takes long")
    anna, office, failed = join(azc, "anna"), azc, []
    case = anna.open_case()
    anna.once()
    for at in range(1, MOST_WRITES):
        office = _renew(office)
        failed.append(attempt(anna.once, FailingWrites(at, failure)))
        anna = _opened_again(anna)
        anna.once()

        assert anna.vault.membership.wraps == office.root.wraps
        assert anna.online().synchronise.state().keys_left == 0
        assert _wrapped_for(azc, office.root.wrap) == {(case, CORE, 1)}
        if not failed[-1]:
            break

    anna.close()
    assert len(failed) > 3
    assert failed == [True] * (len(failed) - 1) + [False]


def _opened_again(laptop: Laptop) -> Laptop:
    laptop.close()
    vault = open_vault(laptop.vault.directory, PASSPHRASE, CLOCK)
    return Laptop(vault, open_journal(vault.directory, vault, CLOCK), laptop.address)
