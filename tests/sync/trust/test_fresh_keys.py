"""After a renewal every case that the organisation holds gets fresh keys: the former key opens nothing newer."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select

from desktop.records.events.bodies import CORE
from desktop.services.handover.handover_context import HandoverContext
from desktop.services.handover.settlement import HandoverSettlement
from desktop.services.sync.synchronise import SyncService
from desktop.vault.crypto.codec import JsonFields
from desktop.vault.crypto.wrapping import WrapInfo, unwrap_key
from protocol.errors import UserError
from protocol.identifiers import DossierId
from protocol.messages.message import from_bytes
from protocol.messages.wraps import WrapSet
from server.admin import key_renewals
from server.store.tables import ROWS, WRAP_SETS
from tests.sync.machines import CLOCK, Laptop, Office, Online

Join = Callable[..., Laptop]


def _renew(office: Office) -> Office:
    store = office.administer()
    root = key_renewals.next_keys(store, office.root, share_only=False)
    key_renewals.publish(store, root, CLOCK)
    store.close()
    return replace(office, root=root)


def _online(laptop: Laptop) -> Online:
    """Return the way to the server as the application makes it: what follows from a round is done after it."""
    plain = laptop.online()
    context = HandoverContext(laptop.journal, laptop.vault, plain.known_directory)
    settlement = HandoverSettlement(context, CLOCK, lambda: ())
    service = SyncService(laptop.journal, laptop.vault, plain.known_directory, CLOCK, plain.client, settlement.settle)
    return Online(plain.client, plain.known_directory, service)


def _rounds(online: Online) -> list[str]:
    """Do what the application does until there is nothing left to do, and return the codes of what was refused."""
    codes: list[str] = []
    for _ in range(20):
        rounds = online.rounds()
        codes += [code for each in rounds for code in each.refused]
        if not any(each.changes.dossiers for each in rounds) and not online.synchronise.state().cases_left:
            return codes
    raise AssertionError("the rounds do not end")


def _epochs(laptop: Laptop, cases: list[DossierId]) -> list[int]:
    states = [laptop.journal.membership.of(case) for case in cases]
    return [state.epoch for state in states if state is not None]


def _opened_by(office: Office, key: bytes) -> set[tuple[DossierId, int]]:
    """Return the cases and epochs of which the private wrapping key `key` opens a key on the server."""
    found = set()
    for (document,) in office.run(select(WRAP_SETS.c.document)):
        one = from_bytes(WrapSet, document)
        for wrap in one.wraps:
            info = WrapInfo(one.dossier, wrap.compartment, wrap.epoch, one.recipient)
            sealed = JsonFields.parse(wrap.wrapped, "trust.wrap_damaged").binary("wrapped")
            try:
                unwrap_key(key, sealed, info.to_bytes())
            except UserError:
                continue
            found.add((DossierId(one.dossier), wrap.epoch))
    return found


def test_what_is_written_after_a_renewal_opens_with_the_former_key_in_no_case(azc: Office, join: Join) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    cases = [anna.open_case() for _ in range(12)]
    anna.once()
    bert.once()
    _renew(azc)

    first = _online(anna)
    first.synchronise.round()
    assert first.synchronise.state().cases_left == 12
    assert _rounds(first) == []

    assert first.synchronise.state().cases_left == 0
    assert _epochs(anna, cases) == [2] * 12
    assert _opened_by(azc, azc.root.wrap) == {(case, 1) for case in cases}
    anna.answer(cases[0], "Keren")
    assert _rounds(_online(anna)) == []
    assert _rounds(_online(bert)) == []
    assert _epochs(bert, cases) == [2] * 12
    assert bert.answers(cases[0]) == {"Keren"}
    bert.answer(cases[1], "Asmara")
    assert _rounds(_online(bert)) == []
    assert _rounds(_online(anna)) == []
    assert anna.answers(cases[1]) == {"Asmara"}
    later = azc.run(select(ROWS.c.dossier, ROWS.c.epoch).where(ROWS.c.dossier.in_(cases[:2]), ROWS.c.epoch == 2))
    assert {dossier for dossier, _epoch in later} == set(cases[:2])
    assert first.synchronise.state().notices == ()


def test_of_two_laptops_at_once_one_gives_way_without_a_word_and_both_read_everything(azc: Office, join: Join) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    cases = [anna.open_case() for _ in range(3)]
    anna.once()
    bert.once()
    _renew(azc)
    one, two = _online(anna), _online(bert)
    for each in (one, two, one, two):
        each.synchronise.round()
    anna.answer(cases[0], "Keren")
    bert.answer(cases[0], "Asmara")

    for each in (one, two, one, two):
        each.rounds()

    for laptop, online in ((anna, one), (bert, two)):
        assert online.synchronise.state().cases_left == 0
        assert "membership.given_up" not in {each.code for each in online.synchronise.state().notices}
        assert laptop.answers(cases[0]) == {"Keren", "Asmara"}
    assert _epochs(anna, cases) == _epochs(bert, cases)
    assert min(_epochs(anna, cases)) >= 2
    assert {each for each in _opened_by(azc, azc.root.wrap) if each[1] > 1} == set()


def test_who_is_offered_the_case_gets_the_fresh_keys(azc: Office, town: Office, join: Join) -> None:
    azc.know(town)
    town.know(azc)
    anna, tom = join(azc, "anna"), join(town, "tom")
    case = anna.open_case()
    _rounds(_online(anna))
    anna.offer(case, town.root.card, (CORE,))
    _rounds(_online(anna))
    _rounds(_online(tom))
    _renew(azc)

    assert _rounds(_online(anna)) == []
    assert _epochs(anna, [case]) == [2]
    anna.answer(case, "Keren")
    assert _rounds(_online(anna)) == []
    assert _rounds(_online(tom)) == []
    assert tom.answers(case) == {"Keren"}


def test_a_laptop_closed_in_the_middle_goes_on(azc: Office, join: Join) -> None:
    anna = join(azc, "anna")
    cases = [anna.open_case() for _ in range(12)]
    anna.once()
    _renew(azc)
    online = _online(anna)
    online.synchronise.round()
    online.synchronise.round()
    left = online.synchronise.state().cases_left
    assert 0 < left < len(cases)

    again = _online(anna)
    assert again.synchronise.state().cases_left == left
    assert _rounds(again) == []
    assert _epochs(anna, cases) == [2] * 12
