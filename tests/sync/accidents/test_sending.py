"""What goes wrong on the way although everybody is honest: it costs a repetition, never a laptop."""

from collections.abc import Callable

import pytest

from desktop.records.events.bodies import AnswerGiven, NoteWritten
from protocol.errors import UserError
from protocol.limits import MOST_SEALED_BYTES
from protocol.messages.membership import MembershipStep
from protocol.messages.message import to_bytes
from protocol.messages.rows import read_batch
from protocol.problems import problem_of
from tests.sync.accidents.web_proxy import Asked, Said, limit_of, web_proxy
from tests.sync.machines import AT_THE_TABLE, Laptop, Office

Join = Callable[..., Laptop]
MEBIBYTE = 1024 * 1024


def test_a_day_of_notes_passes_a_proxy_with_a_limit_of_one_mebibyte(azc: Office, join: Join) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    case = anna.open_case()
    notes = [NoteWritten("/intake/n", "n" * 9000) for _ in range(120)]
    anna.journal.append_all(case, notes, AT_THE_TABLE)

    with web_proxy(anna.address) as proxy:
        proxy.instead = limit_of(MEBIBYTE)
        rounds = anna.online(proxy.address).rounds()

    assert rounds[-1].state.problem is None
    assert anna.journal.outbox.waiting() == 0
    bert.once()
    assert bert.journal.view(case).name == anna.journal.view(case).name


def test_a_long_run_sends_everything_and_then_reads_once(azc: Office, join: Join) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    cases = [anna.open_case(str(number)) for number in range(30)]
    for case in cases[:3]:
        anna.journal.append_all(case, [AnswerGiven("/intake/woonplaats", "given", "Almere")] * 1999, AT_THE_TABLE)

    with web_proxy(anna.address) as proxy:
        anna.online(proxy.address).rounds()

    paths = [asked.path.partition("?")[0] for asked in proxy.asked]
    assert paths.count("/v1/wraps") == 1
    assert paths.count("/v1/feed") == 1
    assert "/v1/rows" not in paths[paths.index("/v1/feed") :]
    assert paths.index("/v1/wraps") < paths.index("/v1/rows")
    bert.once()
    assert [bert.answers(case) for case in cases[:4]] == [{"Almere"}] * 3 + [set()]


def test_what_was_too_long_once_is_not_tried_in_that_length_again(azc: Office, join: Join) -> None:
    anna = join(azc, "anna")
    case = anna.open_case()
    anna.journal.append_all(case, [NoteWritten("/intake/n", "n" * 9000) for _ in range(700)], AT_THE_TABLE)

    with web_proxy(anna.address) as proxy:
        proxy.instead = limit_of(MEBIBYTE)
        anna.online(proxy.address).rounds()

    assert anna.journal.outbox.waiting() == 0
    assert sum(len(asked.body) > MEBIBYTE for asked in proxy.asked) <= 3


def test_a_row_that_no_proxy_lets_through_holds_up_its_own_case_only(azc: Office, join: Join) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    long, other = anna.open_case("Een"), anna.open_case("Twee")
    anna.journal.append(long, NoteWritten("/intake/n", "n" * 1_500_000), AT_THE_TABLE)
    anna.answer(long, "na de lange")
    anna.answer(other, "Almere")
    bert.once()
    mine = bert.open_case("Van Bert")
    bert.once()

    with web_proxy(anna.address) as proxy:
        proxy.instead = limit_of(MEBIBYTE)
        rounds = anna.online(proxy.address).rounds()

    assert rounds[-1].state.problem == "sync.too_large"
    assert "sync.too_large" in rounds[-1].refused
    assert anna.journal.view(mine).name == "Van Bert"
    bert.once()
    assert bert.answers(other) == {"Almere"}
    assert bert.answers(long) == set()
    anna.once()
    bert.once()
    assert bert.answers(long) == {"na de lange"}


def test_a_row_the_server_does_not_understand_holds_up_its_own_case_only(azc: Office, join: Join) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    cases = [anna.open_case(str(number)) for number in range(5)]
    for case in cases:
        for number in range(20):
            anna.answer(case, f"{number}")

    def refusing(asked: Asked) -> Said | None:
        if asked.path != "/v1/rows":
            return None
        broken = any(each.dossier == cases[2] for each in read_batch(asked.body).segments)
        return _refusal("sync.message_broken") if broken else None

    with web_proxy(anna.address) as proxy:
        proxy.instead = refusing
        rounds = anna.online(proxy.address).rounds()

    assert rounds[-1].state.problem == "sync.message_broken"
    bert.once()
    assert [bert.answers(case) for case in cases if case != cases[2]] == [{"19"}] * 4
    assert cases[2] not in bert.journal.dossiers()


def test_the_feed_is_read_although_nothing_can_be_sent(azc: Office, join: Join) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    anna.once()
    case = bert.open_case("Van Bert")
    bert.once()
    anna.open_case("Van Anna")

    with web_proxy(anna.address) as proxy:
        proxy.instead = lambda asked: Said(502, b"<html>Bad gateway</html>") if asked.path == "/v1/rows" else None
        rounds = anna.online(proxy.address).rounds()

    assert rounds[-1].state.problem == "sync.not_opmaat"
    assert anna.journal.view(case).name == "Van Bert"
    assert anna.journal.outbox.waiting() == 1


@pytest.mark.parametrize(
    "failure",
    [Said(502, b"<html>Bad gateway</html>"), Said(400, to_bytes(problem_of("sync.message_broken")), ours=True)],
)
def test_an_offer_is_not_said_while_rows_of_it_are_left(failure: Said, azc: Office, town: Office, join: Join) -> None:
    azc.know(town)
    anna = join(azc, "anna")
    membership = anna.journal.membership
    anna.offer(anna.open_case(), town.root.card)

    with web_proxy(anna.address) as proxy:
        proxy.instead = lambda asked: failure if asked.path == "/v1/rows" else None
        anna.online(proxy.address).rounds()
        assert [each.step for each in membership.waiting()] == [MembershipStep.OFFERED]
        assert "/v1/feed" in {asked.path.partition("?")[0] for asked in proxy.asked}

    anna.once()
    assert membership.waiting() == ()


def test_what_could_not_be_sent_is_not_written(anna: Laptop) -> None:
    case = anna.open_case()

    with pytest.raises(UserError) as caught:
        anna.journal.append(case, NoteWritten("/intake/n", "n" * MOST_SEALED_BYTES), AT_THE_TABLE)

    assert caught.value.code == "records.event_too_large"
    anna.answer(case, "Almere")
    anna.once()
    assert anna.journal.outbox.waiting() == 0


def _refusal(code: str) -> Said:
    problem = problem_of(code)
    return Said(problem.status, to_bytes(problem), ours=True)
