"""The way to DUO against a local server built from DUO's description, and what every answer means."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from desktop.cli import run
from desktop.plan.pip.duo_message import DuoFile, DuoMunicipality, DuoPip, file_to_bytes
from desktop.services.pip.duo_sending import send
from desktop.sync.duo.duo_connection import DuoAccess, DuoConnection
from protocol.errors import EnvironmentProblem, UserError
from tests.sync.duo.duo_server import DuoState, running

BSN = "123456782"
OINS = ("00000001001234567000", "00000004123456789000")
PIP = DuoPip(date(2026, 11, 24), "B", "B1", 900, may_finish_school=False, literacy="NVT")


@pytest.fixture
def duo() -> DuoState:
    return DuoState()


@pytest.fixture
def address(duo: DuoState) -> Iterator[str]:
    with running(duo) as served:
        yield served


@pytest.fixture
def connection(address: str) -> Iterator[DuoConnection]:
    made = DuoConnection(DuoAccess(address, *OINS), new_id=lambda: "0b8e9a3e-1d5f-4c9c-9a1e-000000000001")
    yield made
    made.close()


class RecordedDuo:
    """A double of DUO: what it was asked, and answers made up beforehand."""

    def __init__(self, *known: DuoMunicipality | None) -> None:
        self._known = list(known)
        self.registered: list[DuoPip] = []

    def read(self, _bsn: str) -> DuoMunicipality | None:
        """Return the next answer."""
        return self._known.pop(0)

    def register(self, _bsn: str, message: DuoPip) -> None:
        """Remember the message."""
        self.registered.append(message)

    def withdraw(self, _bsn: str) -> None:
        """Do nothing."""


def test_a_decision_is_registered_once_and_looked_at_afterwards(connection: DuoConnection, duo: DuoState) -> None:
    assert send(DuoFile(BSN, PIP), connection)
    assert not send(DuoFile(BSN, PIP), connection)
    assert [method for method, _headers, _body in duo.requests] == ["GET", "POST", "GET", "GET"]
    headers = duo.requests[1][1]
    assert (headers["bron"], headers["doel"]) == OINS
    assert headers["berichtId"].endswith("1")
    known = connection.read(BSN)
    assert known is not None
    assert (known.code, known.pip) == ("0243", PIP)
    connection.withdraw(BSN)
    assert connection.read(BSN) is None


def test_a_level_that_is_left_out_is_filled_in_before_it_is_compared(connection: DuoConnection, duo: DuoState) -> None:
    assert send(DuoFile(BSN, replace(PIP, level=None)), connection)
    assert duo.pips[0]["niveau"] == "B1"


@pytest.mark.parametrize(
    ("known", "message"),
    [
        (DuoState(duty_began="2026-12-01"), PIP),
        (DuoState(settled="2026-12-01"), PIP),
        (DuoState(pips=[{"dagtekeningPip": "2026-12-01", "leerroute": "B", "niveau": "B1"}]), PIP),
        (DuoState(), DuoPip(date(2026, 11, 24), "O", "A2")),
        (DuoState(), DuoPip(date(2026, 11, 24), "Z", "B1")),
        (DuoState(), DuoPip(date(2026, 11, 24), "B", "A2")),
        (DuoState(asylum=False), PIP),
    ],
    ids=["duty", "settlement", "earlier plan", "O with A2", "Z with B1", "first with A2", "hours without asylum"],
)
def test_what_duo_refuses_comes_with_its_reasons(known: DuoState, message: DuoPip) -> None:
    with running(known) as served:
        made = DuoConnection(DuoAccess(served, *OINS))
        with pytest.raises(UserError, match=r"duo\.refused") as caught:
            send(DuoFile(BSN, message), made)
        made.close()
    assert caught.value.details["reasons"].endswith(".")
    assert BSN not in str(caught.value)


def test_a_plan_whose_term_runs_is_not_taken_back(connection: DuoConnection, duo: DuoState) -> None:
    connection.register(BSN, PIP)
    duo.term_set = True
    with pytest.raises(UserError, match=r"duo\.refused"):
        connection.withdraw(BSN)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((200, b"<html>sign in</html>"), "duo.answer_damaged"),
        ((200, b"x" * 200_000), "duo.answer_damaged"),
        ((302, b""), "duo.answer_damaged"),
        ((400, b""), "duo.not_understood"),
        ((403, b""), "duo.refused"),
        ((403, b"{}"), "duo.answer_damaged"),
        ((500, b""), "duo.failed"),
        ((503, b"[]"), "duo.failed"),
    ],
)
def test_every_answer_means_something(
    connection: DuoConnection, duo: DuoState, answer: tuple[int, bytes], code: str
) -> None:
    duo.answer = answer
    with pytest.raises((UserError, EnvironmentProblem)) as caught:
        connection.read(BSN)
    assert caught.value.code == code


def test_an_answer_to_another_message_is_not_believed(connection: DuoConnection, duo: DuoState) -> None:
    duo.echo = "0b8e9a3e-1d5f-4c9c-9a1e-000000000002"
    with pytest.raises(UserError, match=r"duo\.answer_damaged"):
        connection.register(BSN, PIP)


def test_somebody_duo_does_not_know_is_told(connection: DuoConnection) -> None:
    assert connection.read("111222333") is None
    with pytest.raises(UserError, match=r"duo\.person_unknown"):
        connection.register("111222333", PIP)


@pytest.mark.parametrize(
    ("access", "code"),
    [
        (DuoAccess("http://duo.example:1234", *OINS), "duo.not_private"),
        (DuoAccess("nonsense", *OINS), "duo.not_private"),
        (DuoAccess("https://duo.example", "123", OINS[1]), "duo.oin_wrong"),
        (DuoAccess("https://duo.example", *OINS, certificate=Path("/nowhere.pem")), "duo.certificate_unreadable"),
    ],
)
def test_what_is_no_way_to_duo_is_refused(access: DuoAccess, code: str) -> None:
    with pytest.raises((UserError, EnvironmentProblem)) as caught:
        DuoConnection(access)
    assert caught.value.code == code


def test_nobody_there_is_told_and_nothing_is_tried_again(duo: DuoState) -> None:
    with running(duo) as served:
        gone = served
    made = DuoConnection(DuoAccess(gone, *OINS))
    with pytest.raises(EnvironmentProblem, match=r"duo\.unreachable"):
        made.register(BSN, PIP)
    made.close()


def test_numbers_of_people_are_not_logged(connection: DuoConnection, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="opmaat")
    send(DuoFile(BSN, PIP), connection)
    assert BSN not in caplog.text


def test_what_duo_then_has_must_be_what_was_sent() -> None:
    other = DuoMunicipality("0243", replace(PIP, hours=100))
    double = RecordedDuo(None, other)
    with pytest.raises(UserError, match=r"duo\.registered_otherwise"):
        send(DuoFile(BSN, PIP), double)
    assert double.registered == [PIP]
    with pytest.raises(UserError, match=r"duo\.registered_otherwise"):
        send(DuoFile(BSN, PIP), RecordedDuo(None, None))


def test_the_command_line_shows_sends_and_takes_back(
    address: str, duo: DuoState, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "duo.json"
    file.write_bytes(file_to_bytes(BSN, PIP))
    way = [str(file), "--address", address, "--source", OINS[0], "--target", OINS[1]]
    assert run(["duo", "show", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "dagtekeningPip: 24-11-2026\nleerroute: B" in shown
    assert BSN not in shown
    assert run(["duo", "send", *way]) == 0
    assert run(["duo", "send", *way]) == 0
    assert capsys.readouterr().out == "registered\nDUO has it already\n"
    assert run(["duo", "withdraw", *way]) == 0
    assert duo.pips == []
    file.write_text("{", "utf-8")
    assert run(["duo", "show", str(file)]) == 1
