"""A server that shows another log than was said: what contradicts is refused and told, what is old changes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from msgspec.structs import replace
from sqlalchemy import delete

from protocol.membership.state import DossierMembership, membership_of
from protocol.messages.feed import Page, page_bytes, read_page
from protocol.messages.membership import MembershipLog, MembershipStatement, MembershipStep
from server.store.tables import STATEMENTS
from tests.membership_logs import next_statement
from tests.sync.accidents.web_proxy import Asked, web_proxy
from tests.sync.machines import Laptop, Office
from tests.sync.membership.hostile import codes_of, edit, log_of, rewrite, tell

Join = Callable[..., Laptop]


@dataclass(frozen=True, slots=True)
class Offered:
    """A case that was offered and received, as everybody honest knows it."""

    azc: Office
    town: Office
    anna: Laptop
    bert: Laptop
    carla: Laptop
    known: DossierMembership

    def show(self, reader: Laptop, statements: Sequence[MembershipStatement]) -> set[str]:
        """Let `reader` be shown another log, as no honest server would; return the notices it has then."""
        log = MembershipLog(tuple(statements))

        def changed(asked: Asked, body: bytes) -> bytes:
            if "/feed" not in asked.path:
                return body
            page = read_page(body)
            return page_bytes(Page(replace(page.head, logs=(log,)), page.segments))

        with web_proxy(reader.address) as proxy:
            proxy.changed = changed
            rounds = reader.online(proxy.address).rounds()
        return {each.code for each in rounds[-1].state.notices}

    def is_as_before(self, *readers: Laptop) -> bool:
        """Tell whether nobody took anything in."""
        return all(reader.journal.membership.of(self.known.dossier) == self.known for reader in readers)


@pytest.fixture
def offered(azc: Office, town: Office, join: Join) -> Offered:
    azc.know(town)
    town.know(azc)
    anna, bert, carla = join(azc, "anna"), join(azc, "bert"), join(town, "carla")
    case = anna.open_case()
    anna.answer(case, "Keren")
    for laptop in (anna, bert, carla):
        laptop.once()
    anna.offer(case, town.root.card)
    anna.once()
    carla.once()
    carla.answer_offer(case, MembershipStep.RECEIVED)
    for laptop in (carla, anna, bert):
        laptop.once()
    made = Offered(azc, town, anna, bert, carla, log_of(azc, case))
    assert made.is_as_before(anna, bert, carla)
    return made


def _until(state: DossierMembership, number: int) -> DossierMembership:
    return membership_of(state.statements[:number])


def test_an_older_log_takes_nothing_back_and_what_follows_waits(offered: Offered, town: Office) -> None:
    case = offered.known.dossier
    rewrite(town, case, offered.known.statements[:2])
    assert offered.carla.once()[-1].state.notices == ()
    assert offered.is_as_before(offered.carla)
    offered.carla.answer_offer(case, MembershipStep.ACCEPTED)

    rounds = offered.carla.once()

    assert "membership.gap" in {code for each in rounds for code in each.refused}
    assert {each.code for each in rounds[-1].state.notices} == {"membership.gap"}
    assert offered.carla.step(case) is MembershipStep.ACCEPTED
    assert offered.carla.journal.membership.is_waiting(case)
    rewrite(town, case, offered.known.statements)
    rounds = offered.carla.once()
    assert rounds[-1].state.notices == ()
    assert not offered.carla.journal.membership.is_waiting(case)
    assert log_of(town, case).holder == town.root.card.id


def test_another_log_of_a_colleague_contradicts_what_everybody_heard(offered: Offered) -> None:
    bert = offered.bert.vault.device
    state = _until(offered.known, 1)
    renewed = next_statement(state, MembershipStep.RENEWED, bert)
    fork = state.after(renewed)

    for reader in (offered.anna, offered.bert, offered.carla):
        assert "membership.forked" in offered.show(reader, fork.statements)
    assert offered.is_as_before(offered.anna, offered.bert, offered.carla)

    offered.anna.answer(offered.known.dossier, "na de vork")
    offered.anna.once()
    offered.bert.once()
    assert offered.bert.answers(offered.known.dossier) == {"na de vork"}


def test_a_statement_of_a_device_of_another_organisation_is_refused(offered: Offered) -> None:
    ours, theirs, state = offered.anna.vault.device, offered.carla.vault.device, offered.known
    of_the_sender = next_statement(_until(state, 1), MembershipStep.OFFERED, theirs, offered.town.root.card.id)
    of_the_recipient = next_statement(state, MembershipStep.RETURNED, ours)
    logs = ((*state.statements[:1], of_the_sender), (*state.statements, of_the_recipient))

    for reader in (offered.anna, offered.carla, offered.bert):
        for log in logs:
            assert "sync.statement_not_signed" in offered.show(reader, log)
    assert offered.is_as_before(offered.anna, offered.bert, offered.carla)


def test_a_changed_statement_is_refused(offered: Offered) -> None:
    *before, last = offered.known.statements
    changed = replace(last, moment=last.moment.replace(year=1999))

    for reader in (offered.anna, offered.carla):
        assert "sync.statement_not_signed" in offered.show(reader, (*before, changed))
    assert offered.is_as_before(offered.anna, offered.carla)


def test_a_step_that_its_author_could_not_take_is_refused(offered: Offered) -> None:
    device, state = offered.carla.vault.device, offered.known
    early = next_statement(_until(state, 2), MembershipStep.ACCEPTED, device)
    high = next_statement(state, MembershipStep.ACCEPTED, device, epoch=2**31 - 1)
    own = next_statement(state, MembershipStep.WITHDRAWN, device, organisation=offered.town.root.card.id)

    for statement in (high, own):
        assert "membership.wrong_step" in offered.show(offered.anna, (*state.statements, statement))
    assert "membership.forked" in offered.show(offered.bert, (*state.statements[:2], early))
    assert offered.is_as_before(offered.anna, offered.bert)


def test_a_log_with_a_hole_is_not_read_and_told(offered: Offered) -> None:
    case = offered.known.dossier
    edit(offered.azc, delete(STATEMENTS).where(STATEMENTS.c.dossier == case, STATEMENTS.c.number == 2))
    tell(offered.azc, case)

    assert "sync.entry_damaged" in codes_of(offered.anna)
    assert offered.is_as_before(offered.anna)
    other = offered.anna.open_case("Een ander")
    offered.anna.once()
    offered.bert.once()
    assert other in offered.bert.journal.dossiers()
