"""What an author says to have seen counts where the very row it names is here; nothing else hides an answer."""

from datetime import timedelta

import pytest

from desktop.records import (
    CLAIM_VOID,
    CLAIM_WAITS,
    HEALTH,
    ConflictSettled,
    HandoverStep,
    PlaceKept,
)
from desktop.records.events.envelope import Claim
from desktop.services.backups.integrity_check import IntegrityCheck, can_be_fetched
from protocol.identifiers import DeviceId, DossierId
from tests.made_up_claims import MADE_UP, claim_to, stream_of, write_claiming
from tests.unit.records.cases import CONTEXT, Laptop, share
from tests.unit.records.claims.answers import REF, codes, doubts, given, numbers_of, values

FAR = 2**53 - 1


def both_ways(one: Laptop, two: Laptop) -> None:
    share(one, two)
    share(two, one)


def test_a_row_is_named_by_its_number_and_its_hash(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    written = two.answer(dossier, REF, "Almere")
    assert written.claims == {one.journal.device: claim_to(one.rows()[-1])}
    assert written.seen == {one.journal.device: 2}


def test_only_what_is_new_is_said(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    said = [numbers_of(two.answer(dossier, REF, value)) for value in ("a", "b")]
    one.answer(dossier, "/b", "nieuw")
    share(one, two)
    last = two.journal.append_all(dossier, [given("c"), given("d")], CONTEXT)
    assert [*said, *map(numbers_of, last)] == [{one.journal.device: 2}, {}, {one.journal.device: 3}, {}]
    assert [event.seen for event in last] == [{one.journal.device: 3}] * 2


def test_each_key_has_a_list_of_its_own_because_not_everybody_has_all(
    one: Laptop, two: Laptop, dossier: DossierId
) -> None:
    two.answer(dossier, "/b", "terug")
    share(two, one)
    core = one.answer(dossier, REF, "Almere")
    health = one.answer(dossier, "/gezond", "goed", HEALTH)
    one.renew(dossier)
    renewed = one.answer(dossier, REF, "Haarlem")
    for event in (core, health, renewed):
        assert numbers_of(event) == {two.journal.device: 1}
    assert numbers_of(one.answer(dossier, "/gezond", "moe", HEALTH)) == {two.journal.device: 1}
    assert numbers_of(one.answer(dossier, "/gezond", "beter", HEALTH)) == {}


def test_after_a_start_it_goes_on_from_what_was_said(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    two.answer(dossier, REF, "Almere")
    two.reopen()
    later = two.answer(dossier, REF, "Haarlem")
    assert (later.claims, later.seen) == ({}, {one.journal.device: 2})


def test_rows_without_a_key_are_not_said_to_be_seen(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    one.answer(dossier, "/gezond", "goed", HEALTH)
    share(one, two)
    assert numbers_of(two.answer(dossier, REF, "Almere")) == {one.journal.device: 2}


@pytest.mark.parametrize("sequence", [3, FAR])
def test_a_claim_to_what_nobody_wrote_hides_nothing(
    one: Laptop, two: Laptop, third: Laptop, dossier: DossierId, sequence: int
) -> None:
    anna, bert = one.journal.device, two.journal.device
    write_claiming(two.journal, dossier, given("VALS"), CONTEXT, {anna: Claim(sequence, MADE_UP)})
    one.answer(dossier, REF, "Almere")
    both_ways(one, two)
    share(one, third)
    share(two, third)

    code = CLAIM_VOID if sequence == 3 else CLAIM_WAITS
    for laptop in (one, two, third):
        assert values(laptop, dossier) == {"Almere", "VALS"}
        assert laptop.journal.view(dossier).conflicts() == (REF,)
        assert doubts(laptop, dossier) == [(bert, 1, anna, code)]
        laptop.reopen()
        assert values(laptop, dossier) == {"Almere", "VALS"}
        assert doubts(laptop, dossier) == [(bert, 1, anna, code)]

    one.answer(dossier, REF, "Zeewolde")
    both_ways(one, two)
    share(one, third)
    for laptop in (one, two, third):
        assert values(laptop, dossier) == {"Zeewolde"}
        assert laptop.journal.view(dossier).conflicts() == ()


def test_a_claim_to_a_row_that_was_never_there_to_see_hides_nothing(
    one: Laptop, two: Laptop, dossier: DossierId
) -> None:
    one.answer(dossier, REF, "Almere")
    write_claiming(two.journal, dossier, given("VALS"), CONTEXT, {one.journal.device: Claim(3, MADE_UP)})
    assert doubts(two, dossier) == [(two.journal.device, 1, one.journal.device, CLAIM_WAITS)]
    both_ways(one, two)
    for laptop in (one, two):
        assert values(laptop, dossier) == {"Almere", "VALS"}
        assert doubts(laptop, dossier) == [(two.journal.device, 1, one.journal.device, CLAIM_VOID)]
        assert [(item.dossier, item.code) for item in laptop.journal.known_quarantine()] == [(dossier, CLAIM_VOID)]
    one.journal.append(dossier, ConflictSettled(REF, "given", "Almere", "gevraagd"), CONTEXT)
    both_ways(one, two)
    for laptop in (one, two):
        assert values(laptop, dossier) == {"Almere"}


def test_the_others_that_the_same_event_names_count(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    true = claim_to(one.rows()[-1])
    claims = {one.journal.device: true, DeviceId("e" * 32): Claim(4, MADE_UP)}
    written = write_claiming(two.journal, dossier, given("Almere"), CONTEXT, claims)
    share(two, one)
    assert written.seen == {one.journal.device: 2}
    assert values(one, dossier) == {"Almere"}
    assert codes(one, dossier) == [CLAIM_WAITS]


def test_what_its_author_said_truly_before_goes_on_to_count(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    two.answer(dossier, REF, "Almere")
    lie = write_claiming(two.journal, dossier, given("VALS"), CONTEXT, {one.journal.device: Claim(FAR, MADE_UP)})
    assert lie.seen == {one.journal.device: 2}
    one.answer(dossier, "/b", "nieuw")
    both_ways(one, two)
    later = two.answer(dossier, REF, "Haarlem")
    assert later.seen == {one.journal.device: 3}


def test_a_smaller_number_takes_nothing_back(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    two.answer(dossier, REF, "Almere")
    first = claim_to(stream_of(one.rows(), one.journal.device)[1])
    later = write_claiming(two.journal, dossier, given("Haarlem"), CONTEXT, {one.journal.device: first})
    assert later.seen == {one.journal.device: 2}


def test_who_names_its_own_rows_changes_nothing(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    own = two.journal.device
    write_claiming(two.journal, dossier, given("Almere"), CONTEXT, {own: Claim(1, MADE_UP)})
    share(two, one)
    assert values(one, dossier) == {"Dronten", "Almere"}
    assert doubts(one, dossier) == [(own, 1, own, CLAIM_VOID)]


def test_steps_and_places_come_after_what_was_truly_seen_alone(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    ahead = {one.journal.device: Claim(FAR, MADE_UP)}
    write_claiming(two.journal, dossier, HandoverStep("withdrawn", "Haarlem"), CONTEXT, ahead)
    write_claiming(two.journal, dossier, PlaceKept("/vals", "nl"), CONTEXT, ahead)
    one.clock.moment += timedelta(minutes=1)
    one.journal.append(dossier, HandoverStep("chosen", "Haarlem"), CONTEXT)
    one.journal.append(dossier, PlaceKept(REF, "ti"), CONTEXT)
    both_ways(one, two)
    for laptop in (one, two):
        view = laptop.journal.view(dossier)
        assert [step.body.step for step in view.handover] == ["withdrawn", "chosen"]
        assert view.place is not None
        assert view.place.ref == REF


def test_it_is_said_once_when_it_comes_in_and_named_by_the_check(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    write_claiming(two.journal, dossier, given("VALS"), CONTEXT, {one.journal.device: Claim(2, MADE_UP)})
    came = one.journal.accept_rows(two.rows())
    assert [(each.device, each.sequence, each.code) for each in came.untrue] == [(two.journal.device, 1, CLAIM_VOID)]
    assert one.journal.accept_rows(two.rows()).untrue == ()
    report = IntegrityCheck(one.journal).whole(lambda _looked: None)
    (row,) = one.journal._store.run("select id from events where device = ?", [bytes.fromhex(two.journal.device)])
    named = [(found.table, found.code, found.rows, found.device, found.sequence) for found in report.findings]
    assert named == [("events", CLAIM_VOID, row, two.journal.device, 1)]
    assert (report.good, can_be_fetched(report)) == (False, False)
    assert IntegrityCheck(one.journal).damage_in(dossier) == CLAIM_VOID


def test_what_waits_is_named_and_is_no_damage(one: Laptop, two: Laptop, dossier: DossierId) -> None:
    write_claiming(two.journal, dossier, given("VALS"), CONTEXT, {one.journal.device: Claim(9, MADE_UP)})
    assert one.journal.accept_rows(two.rows()).untrue == ()
    report = IntegrityCheck(one.journal).whole(lambda _looked: None)
    assert [(found.table, found.code) for found in report.findings] == [("events", CLAIM_WAITS)]
    assert (report.good, can_be_fetched(report)) == (True, True)
    assert IntegrityCheck(one.journal).damage_in(dossier) == CLAIM_WAITS
    write_claiming(two.journal, dossier, given("VALS"), CONTEXT, {one.journal.device: Claim(1, MADE_UP)})
    one.journal.accept_rows(two.rows())
    assert codes(one, dossier) == [CLAIM_VOID, CLAIM_WAITS]
    assert IntegrityCheck(one.journal).damage_in(dossier) == CLAIM_VOID
