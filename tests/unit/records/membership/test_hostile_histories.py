"""Any steps of four laptops and three organisations in any order, between them a server that means no good.

Every step is taken as `HandoverService` and `ReceivedService` take it. Whatever the server shows, hides, repeats and
slips in: nobody reads beyond its time in the case, nothing written after it counts, and no answer loses its last key.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop.records import COMPARTMENTS, CORE, HEALTH, KeyGrant, SealedRow, StepToTake
from desktop.records.dossiers.keyring import DossierKey
from desktop.services.handover.receipts import has_arrived, is_proven, is_to_be_renewed
from desktop.vault.crypto.sealing import new_key
from desktop.vault.crypto.wrapping import WrapInfo
from desktop.vault.key_grants import give, key_id
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import MUNICIPALITY
from protocol.identifiers import DeviceId, OrganisationId
from protocol.membership.state import DossierMembership
from protocol.membership.transfer import Transfer
from protocol.messages.membership import MembershipLog, MembershipStatement, MembershipStep
from protocol.messages.stream_cuts import unpack_cuts
from tests.examples import examples
from tests.membership_logs import created
from tests.unit.records.cases import AZC, CONTEXT, Laptop, new_laptop
from tests.unit.records.membership.hostile_server import HostileServer
from tests.unit.records.membership.parties import TOWN, VILLAGE, own
from tests.unit.vault.people import MOMENT

STRANGER = create_organisation("Gemeente Zandvoort", MUNICIPALITY)
CARDS = {card.id: card for card in (AZC.card, TOWN.card, VILLAGE.card)}
REF, HEALTH_REF = "/intake/woonplaats", "/zorg/medicatie"
LAPTOPS = st.integers(0, 3)
RECEIVED = (MembershipStep.OFFERED, MembershipStep.RECEIVED)
TAKEN_OVER = (*RECEIVED, MembershipStep.ACCEPTED)
COURSES = (
    (),
    RECEIVED,
    TAKEN_OVER,
    (*RECEIVED, MembershipStep.RETURNED),
    (MembershipStep.OFFERED, MembershipStep.WITHDRAWN),
    (*TAKEN_OVER, MembershipStep.OFFERED),
    (*TAKEN_OVER, *TAKEN_OVER),
)
"""What every laptop has heard of when the steps begin, from the reception location to the town and to the village."""


class HostileHistories(RuleBasedStateMachine):
    """One dossier, made at the first laptop of the reception location."""

    @initialize(course=st.sampled_from(COURSES))
    def begin(self, course: Sequence[MembershipStep]) -> None:
        """Make the laptops and the dossier, let the stranger write and the case come as far as `course` says."""
        self.root = Path(tempfile.mkdtemp())
        self.laptops = [
            new_laptop(self.root, organisation, str(number))
            for number, organisation in enumerate((AZC, AZC, TOWN, VILLAGE, STRANGER))
        ]
        self.server, self.written, self.count = HostileServer(), set[tuple[DeviceId, int]](), 0
        self.dossier = self.laptops[0].new_dossier()
        self.makers: dict[bytes, OrganisationId | None] = {}
        self.begun: dict[bytes, MembershipStatement] = {}
        self.slipped: set[KeyGrant] = set()
        self._note_keys(self.laptops[0])
        self._slip_in_rows(self.laptops[4])
        for number, step in enumerate(course, 1):
            self._write(self.laptops[0 if number == 1 else 2], COMPARTMENTS[number % 2])
            self._come_as_far(step)

    def teardown(self) -> None:
        """Close every laptop."""
        for laptop in getattr(self, "laptops", []):
            laptop.journal.close()
            laptop.vault.lock()
        shutil.rmtree(getattr(self, "root", Path("nowhere")), ignore_errors=True)

    # What the laptops do.

    @rule(data=st.data(), compartment=st.sampled_from(COMPARTMENTS))
    def answer(self, data: st.DataObject, compartment: str) -> None:
        """Write an answer where the compartment is open."""
        able = [each for each in self.laptops[:4] if compartment in self._opened(each)]
        if able:
            self._write(data.draw(st.sampled_from(able)), compartment)

    @precondition(lambda self: self._able(_may_offer))
    @rule(data=st.data(), other=st.sampled_from(sorted(CARDS)))
    def offer(self, data: st.DataObject, other: OrganisationId) -> None:
        """Offer the case with what is open of it."""
        laptop = data.draw(st.sampled_from(self._able(_may_offer)))
        if other != own(laptop):
            laptop.offer(self.dossier, CARDS[other], self._opened(laptop))

    @precondition(lambda self: self._able(_may_withdraw))
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        """Take an offer back: unsaid, or said and under fresh keys."""
        self._withdraw(data.draw(st.sampled_from(self._able(_may_withdraw))))

    @precondition(lambda self: self._able(_may_receive))
    @rule(data=st.data())
    def receive(self, data: st.DataObject) -> None:
        """Say that all that was promised is here."""
        self._receive(data.draw(st.sampled_from(self._able(_may_receive))))

    @precondition(lambda self: self._able(_may_decide))
    @rule(data=st.data(), back=st.booleans())
    def decide(self, data: st.DataObject, *, back: bool) -> None:
        """Accept the case under fresh keys, or give it back with its health keys."""
        self._decide(data.draw(st.sampled_from(self._able(_may_decide))), back=back)

    @rule(which=LAPTOPS)
    def settle(self, which: int) -> None:
        """Let a health key go, or begin fresh keys, where the statements say so."""
        laptop = self.laptops[which]
        state, journal = self._state(laptop), laptop.journal
        if state is None or state.transfer is None or CORE not in self._opened(laptop):
            return
        last = journal.membership.last_rows(self.dossier, HEALTH)
        if state.transfer.sender == own(laptop) and is_proven(
            state.transfer, last, partial(journal.membership.matches, self.dossier)
        ):
            if HEALTH in journal.compartments(self.dossier):
                journal.erase(self.dossier, "health_key", CONTEXT, HEALTH)
        elif state.holder == own(laptop) and is_to_be_renewed(state, journal.keys.newest_epoch(self.dossier), {}):
            self._take(laptop, MembershipStep.RENEWED)

    # What the server does.

    @rule(which=LAPTOPS)
    def send(self, which: int) -> None:
        """Let a laptop send all it has."""
        self.server.hear(self.laptops[which])

    @rule(which=LAPTOPS)
    def fetch(self, which: int) -> None:
        """Show a laptop all there is."""
        self.server.tell_all(self.laptops[which])

    @rule(which=LAPTOPS, data=st.data())
    def fetch_in_part(self, which: int, data: st.DataObject) -> None:
        """Show a laptop an older log, some of its keys and some rows, in any order."""

        def choose(found: Sequence[KeyGrant] | Sequence[SealedRow]) -> Sequence[int]:
            return data.draw(st.permutations(range(len(found))))[: data.draw(st.integers(0, len(found)))]

        length = data.draw(st.integers(0, len(self.server.log)))
        self.server.tell(self.laptops[which], length, choose)

    @rule(
        recipient=st.sampled_from(sorted(CARDS)),
        compartment=st.sampled_from(COMPARTMENTS),
        epoch=st.integers(1, 4),
    )
    def slip_in_a_key(self, recipient: OrganisationId, compartment: str, epoch: int) -> None:
        """Slip in a key of an organisation that never was in the case."""
        key, info = new_key(), WrapInfo(self.dossier, compartment, epoch, recipient)
        self.makers[key_id(key)] = None
        grant = give(self.laptops[4].vault, info, CARDS[recipient], key)
        slipped = KeyGrant(self.dossier, compartment, epoch, recipient, grant)
        self.slipped.add(slipped)
        self.server.wraps[slipped] = own(self.laptops[4])

    @rule()
    def be_honest(self) -> None:
        """Let every laptop hear and do all there is, after which those of one organisation agree."""
        self._hear_and_do_all(rounds=4)
        for which in (*range(4), *range(4)):
            self.send(which)
            self.fetch(which)
        one, two = self.laptops[:2]
        assert [laptop.journal.membership.waiting() for laptop in self.laptops[:4]] == [()] * 4
        assert self._state(one) == self._state(two)
        if CORE in self._opened(one) and CORE in self._opened(two):
            first, second = (each.journal.view(self.dossier).answers.get(REF) for each in (one, two))
            assert first == second

    # What holds always.

    @invariant()
    def nobody_holds_a_key_from_beyond_its_time(self) -> None:
        """Look at every key and who made it.

        What was made for a step that was given up was meant for whom it went to, and seals nothing afterwards.
        """
        server = self.server.state
        for laptop in self.laptops[:4]:
            for key in self._keys(laptop):
                maker = self.makers[key.key_id]
                assert maker is not None, "a key of who was no member is held"
                if maker == own(laptop) or server is None:
                    continue
                if self.begun.get(key.key_id) in self.server.log:
                    assert any(own(laptop) in server.readers[each] for each in server.readers if each >= key.epoch)

    @invariant()
    def no_key_was_sent_for_who_is_not_in_the_case(self) -> None:
        """Look at all that a server that was broken into can hand out, by its own log: two offers at once are one.

        What an organisation made for a step that was given up it may send to itself: nobody else knows that key.
        """
        server = self.server.state
        readers = {} if server is None else server.readers
        for wrap, sender in self.server.wraps.items():
            if wrap not in self.slipped and sender != wrap.recipient != AZC.card.id:
                assert any(wrap.recipient in readers[epoch] for epoch in readers if epoch >= wrap.epoch)

    @invariant()
    def nobody_seals_under_a_key_that_no_statement_named(self) -> None:
        """Look at the key that each laptop would write under now, where it holds the case."""
        for laptop in self.laptops[:4]:
            state = self._state(laptop)
            if state is None or state.holder != own(laptop):
                continue
            for compartment in self._opened(laptop):
                key = laptop.journal._cache.open(self.dossier).keyring.to_seal(compartment, state.keys)
                assert key.key_id.hex() in state.keys[key.epoch]

    @invariant()
    def every_health_answer_can_be_read_somewhere(self) -> None:
        """Look for each health answer that was ever written."""
        read: set[tuple[DeviceId, int]] = set()
        for laptop in self.laptops[:4]:
            if self._has(laptop):
                read |= {(each.address[3], each.sequence) for each in laptop.journal.events(self.dossier)}
        assert self.written <= read

    @invariant()
    def nothing_counts_that_a_former_member_wrote_later(self) -> None:
        """Look at every row that counts, by the statements alone."""
        for laptop in self.laptops[:4]:
            state = self._state(laptop)
            for row in laptop.journal._store.rows(self.dossier):
                writer = laptop.journal.membership.writers.all().get(row.device)
                if writer is not None:
                    assert state is not None
                    assert row.sequence <= _last_that_counts(state, writer, row.device)

    # How.

    def _come_as_far(self, step: MembershipStep) -> None:
        may = {
            MembershipStep.OFFERED: _may_offer,
            MembershipStep.WITHDRAWN: _may_withdraw,
            MembershipStep.RECEIVED: _may_receive,
        }.get(step, _may_decide)
        laptop = self._able(may)[0]
        match step:
            case MembershipStep.OFFERED:
                other = VILLAGE if own(laptop) == TOWN.card.id else TOWN
                laptop.offer(self.dossier, other.card, self._opened(laptop))
            case MembershipStep.WITHDRAWN:
                self._hear_and_do_all(rounds=2)
                self._withdraw(laptop)
            case MembershipStep.RECEIVED:
                self._receive(laptop)
            case _:
                self._decide(laptop, back=step is MembershipStep.RETURNED)
        self._hear_and_do_all(rounds=2)

    def _hear_and_do_all(self, rounds: int) -> None:
        for _round in range(rounds):
            for which in range(4):
                self.send(which)
                self.fetch(which)
                self.settle(which)

    def _write(self, laptop: Laptop, compartment: str) -> None:
        self.count += 1
        ref = HEALTH_REF if compartment == HEALTH else REF
        event = laptop.answer(self.dossier, ref, str(self.count), compartment)
        if compartment == HEALTH:
            self.written.add((laptop.journal.device, event.sequence))

    def _withdraw(self, laptop: Laptop) -> None:
        laptop.journal.append_all(self.dossier, (), CONTEXT, also=lambda: self._unsay(laptop))
        self._note_keys(laptop)

    def _receive(self, laptop: Laptop) -> None:
        heads = laptop.journal.membership.heads(self.dossier)
        if has_arrived(self._transfer(laptop), heads, self._opened(laptop)):
            self._take(laptop, MembershipStep.RECEIVED)

    def _decide(self, laptop: Laptop, *, back: bool) -> None:
        keys, opened = laptop.journal.keys, self._opened(laptop)
        if back:
            card, given = CARDS[self._transfer(laptop).sender], [each for each in opened if each == HEALTH]
            self._take(laptop, MembershipStep.RETURNED, lambda: keys.export_wraps(self.dossier, [card], given))
        else:
            self._take(laptop, MembershipStep.ACCEPTED)

    def _state(self, laptop: Laptop) -> DossierMembership | None:
        return laptop.journal.membership.of(self.dossier)

    def _able(self, may: Callable[[DossierMembership, OrganisationId], bool]) -> list[Laptop]:
        """Return the laptops that may take a step, as far as they know, and have the core of the case open."""
        return [
            each
            for each in self.laptops[:4]
            if (state := self._state(each)) is not None and CORE in self._opened(each) and may(state, own(each))
        ]

    def _transfer(self, laptop: Laptop) -> Transfer:
        transfer = laptop.journal.membership.transfer(self.dossier)
        assert transfer is not None
        return transfer

    def _has(self, laptop: Laptop) -> bool:
        return self.dossier in laptop.journal.dossiers()

    def _keys(self, laptop: Laptop) -> Iterator[DossierKey]:
        return iter(laptop.journal._cache.open(self.dossier).keyring)

    def _opened(self, laptop: Laptop) -> tuple[str, ...]:
        if not self._has(laptop):
            return ()
        held, hidden = laptop.journal.compartments(self.dossier), laptop.journal.view(self.dossier).hidden
        return tuple(name for name in COMPARTMENTS if name in held and not hidden.get(name))

    def _take(self, laptop: Laptop, step: MembershipStep, along: Callable[[], object] = tuple) -> None:
        laptop.take(self.dossier, step, own(laptop), along)
        self._note_keys(laptop)

    def _unsay(self, laptop: Laptop) -> None:
        journal, recipient = laptop.journal, self._transfer(laptop).recipient
        if journal.membership.take_back(self.dossier):
            journal.keys.withdraw_wraps(self.dossier, recipient)
            return
        held = tuple(sorted(journal.compartments(self.dossier)))
        step = StepToTake(MembershipStep.WITHDRAWN, recipient, held, laptop.clock.now())
        journal.membership.take(self.dossier, step)

    def _note_keys(self, laptop: Laptop) -> None:
        state = self._state(laptop)
        assert state is not None
        first = {each.epoch: each for each in reversed(state.statements)}
        for key in self._keys(laptop):
            if key.key_id not in self.makers and key.epoch in first:
                self.begun[key.key_id] = first[key.epoch]
            self.makers.setdefault(key.key_id, own(laptop))

    def _slip_in_rows(self, stranger: Laptop) -> None:
        """Let the stranger write rows under keys and a log that it made for itself."""
        log = created(self.dossier, own(stranger), stranger.vault.device, MOMENT)
        stranger.journal.accept_logs([MembershipLog(log.statements)])
        keys = [DossierKey.new(compartment, 1) for compartment in COMPARTMENTS]
        with stranger.journal._store.atomic():
            stranger.journal.keys.add_new(self.dossier, keys)
        for key in keys:
            self.makers[key.key_id] = None
        stranger.answer(self.dossier, REF, "Zandvoort")
        self.server.hear(stranger)


def _may_offer(state: DossierMembership, organisation: OrganisationId) -> bool:
    return state.holder == organisation and state.open_transfer is None


def _may_withdraw(state: DossierMembership, organisation: OrganisationId) -> bool:
    transfer = state.open_transfer
    return transfer is not None and (transfer.sender, transfer.step) == (organisation, MembershipStep.OFFERED)


def _may_receive(state: DossierMembership, organisation: OrganisationId) -> bool:
    transfer = state.open_transfer
    return transfer is not None and (transfer.recipient, transfer.step) == (organisation, MembershipStep.OFFERED)


def _may_decide(state: DossierMembership, organisation: OrganisationId) -> bool:
    transfer = state.open_transfer
    return transfer is not None and (transfer.recipient, transfer.step) == (organisation, MembershipStep.RECEIVED)


def _last_that_counts(state: DossierMembership, writer: OrganisationId, device: DeviceId) -> int:
    """Return the last sequence of a device of `writer` that counts, as the statements say one by one."""
    holder, recipient, inside, cuts = state.statements[0].organisation, None, set(), {}
    inside.add(holder)
    for statement in state.statements[1:]:
        heads = {name: cut.sequence for name, cut in unpack_cuts(statement.heads, "").items()}
        match statement.step:
            case MembershipStep.OFFERED:
                recipient = statement.recipient
                inside.add(recipient)
            case MembershipStep.ACCEPTED:
                inside.discard(holder)
                cuts[holder], holder = heads, statement.organisation
            case MembershipStep.RETURNED | MembershipStep.WITHDRAWN:
                inside.discard(statement.recipient)
                cuts[statement.recipient] = heads
    return 2**53 if writer in inside else cuts.get(writer, {}).get(device, 0)


TestHostileHistories = pytest.mark.timeout(1200)(HostileHistories.TestCase)
TestHostileHistories.settings = settings(
    max_examples=examples(60), stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
