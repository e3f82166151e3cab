import json
import logging
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, insert, select, text

from desktop.i18n.messages import all_messages
from desktop.vault.crypto.identity import DeviceIdentity, SigningKey
from protocol.certificates import DeviceCertificate, DeviceChain, InvitationCertificate
from protocol.errors import EnvironmentProblem, OpmaatError
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import from_bytes, from_value, to_bytes
from protocol.problems import PROBLEMS, Problem, problem_of
from protocol.times import SettableClock
from server.app import create_app
from server.config import ServerConfig
from server.error_texts import WORDS, sentence
from server.log import note
from server.refusals import Refusal
from server.store import feed, tables
from server.store.engine import ServerStore, insert_once
from server.store.feed import FeedEntry, FeedKind
from server.store.schema import migrate
from server.trust import verify_enrolment
from tests import places

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> ServerStore:
    """Return a store over a fresh SQLite file."""
    fresh = ServerStore(str(tmp_path / "server.db"))
    migrate(fresh)
    return fresh


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_every_problem_can_be_told_to_a_person_and_to_a_machine(code: str) -> None:
    problem = problem_of(code, {"expected": "7"})

    assert from_bytes(Problem, to_bytes(problem)) == problem
    assert (problem.code, problem.status) == (code, PROBLEMS[code].status)
    assert code in all_messages()


def test_every_code_the_serving_side_refuses_with_is_a_known_problem() -> None:
    used: set[str] = set()
    for path in (places.ROOT / "server").rglob("*.py"):
        used |= set(re.findall(r'(?:Refusal|problem)\(\s*"([a-z_.]+)"', path.read_text("utf-8")))

    assert used <= set(PROBLEMS)


def test_a_database_of_before_attachments_is_brought_along(store: ServerStore) -> None:
    case = {"dossier": "ab" * 16, "last_number": 7, "created": 1}
    store.run(lambda connection: connection.execute(insert(tables.DOSSIERS).values(**case)))
    store.run(lambda connection: connection.execute(text("DROP TABLE pieces")))
    store.run(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '0001'")))

    migrate(store)

    kept = store.run(lambda connection: connection.execute(select(tables.DOSSIERS.c.last_number)).scalar_one())
    assert kept == 7
    assert store.run(lambda connection: connection.execute(select(tables.PIECES)).all()) == []


def test_the_migrations_make_exactly_the_tables(store: ServerStore) -> None:
    migrate(store)  # a second time changes nothing

    difference = store.run(lambda connection: compare_metadata(MigrationContext.configure(connection), tables.METADATA))

    assert difference == []
    store.close()


def test_a_database_of_a_newer_server_is_left_alone(store: ServerStore) -> None:
    store.run(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))

    with pytest.raises(EnvironmentProblem, match=r"server\.database_newer"):
        migrate(store)
    store.close()


@pytest.mark.parametrize("database", ["mysql://host/x", "sqlite+odd://", "://nothing", "a://b c"])
def test_an_unknown_kind_of_database_is_refused(database: str) -> None:
    with pytest.raises(EnvironmentProblem, match=r"server\.database_unknown"):
        ServerStore(database)


def test_sqlite_is_opened_so_that_a_power_cut_loses_nothing(store: ServerStore) -> None:
    modes = store.run(
        lambda connection: (
            connection.exec_driver_sql("PRAGMA journal_mode").scalar_one(),
            connection.exec_driver_sql("PRAGMA synchronous").scalar_one(),
        )
    )

    assert modes == ("wal", 2)
    store.close()


def test_an_operation_that_fails_leaves_nothing_behind(store: ServerStore) -> None:
    def operation(connection: Connection) -> None:
        insert_once(connection, tables.DOSSIERS, {"dossier": "a" * 32, "last_number": 0, "created": 0})
        raise Refusal("sync.gap")

    with pytest.raises(Refusal):
        store.run(operation)

    assert store.run(lambda connection: connection.execute(select(tables.DOSSIERS)).all()) == []
    store.close()


def test_a_feed_is_numbered_without_gaps_and_read_in_order(store: ServerStore) -> None:
    values = {"name": "AZC", "kind": "reception", "root": b"", "card": b"", "feed_position": 0, "created": 0}
    ids = ["a" * 32, "b" * 32]
    entries = [FeedEntry(FeedKind.ROWS, "a" * 32, "c" * 32, "d" * 32, str(number), 1) for number in range(3)]

    def make(connection: Connection) -> None:
        rows = [{"organisation": name, **values} for name in ids]
        connection.execute(insert(tables.ORGANISATIONS), rows)

    store.run(make)

    store.run(lambda connection: feed.append(connection, [(name, entry) for entry in entries for name in ids]))
    store.run(lambda connection: feed.append(connection, [(ids[0], entries[0])]))

    numbered = store.run(lambda connection: feed.read(connection, ids[0], 1))
    assert [position for position, _ in numbered] == [2, 3, 4]
    assert [entry.place for _, entry in numbered] == ["1", "2", "0"]
    assert store.run(lambda connection: feed.length(connection, ids[1])) == 3
    store.close()


def _chain(root: SigningKey, device: DeviceIdentity, *, expires: datetime, issued: datetime) -> CertificateChain:
    key = SigningKey.new()
    invitation = InvitationCertificate.make(root, invitation="5" * 32, public=key.public, expires=expires)
    certificate = DeviceCertificate.make(key, invitation, public=device.public, issued=issued)
    return from_value(CertificateChain, DeviceChain(invitation, certificate).to_json())


def test_a_sound_chain_gives_an_enrolment() -> None:
    root, device = SigningKey.new(), DeviceIdentity(SigningKey.new().seed)
    chain = _chain(root, device, expires=MOMENT + timedelta(hours=1), issued=MOMENT)

    asked = verify_enrolment(chain, root.public, SettableClock(MOMENT))

    assert (asked.device, asked.key, asked.invitation) == (device.id, device.public, "5" * 32)


def test_a_chain_that_comes_too_late_is_refused() -> None:
    root, device = SigningKey.new(), DeviceIdentity(SigningKey.new().seed)
    chain = _chain(root, device, expires=MOMENT, issued=MOMENT)

    with pytest.raises(Refusal, match=r"enrol\.invitation_expired"):
        verify_enrolment(chain, root.public, SettableClock(MOMENT + timedelta(seconds=1)))


def test_a_chain_that_is_not_sound_is_refused() -> None:
    root, device = SigningKey.new(), DeviceIdentity(SigningKey.new().seed)
    later = MOMENT + timedelta(hours=1)
    chain = _chain(root, device, expires=later, issued=MOMENT)
    other = _chain(root, device, expires=later, issued=MOMENT)
    mixed = CertificateChain(device=other.device, invitation=chain.invitation)
    swapped = CertificateChain(device=chain.invitation, invitation=chain.device)

    for broken, key in ((chain, SigningKey.new().public), (mixed, root.public), (swapped, root.public), (chain, b"")):
        with pytest.raises(Refusal, match=r"enrol\.chain_broken"):
            verify_enrolment(broken, key, SettableClock(MOMENT))


def test_a_log_line_cannot_carry_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="server"):
        note(logging.getLogger("server.test"), "request", device="Semhar uit Keren", status=200, route="/v1/rows")

    assert json.loads(caplog.messages[0]) == {"event": "request", "device": "#", "status": 200, "route": "/v1/rows"}


def test_the_published_interface_names_every_message_and_problem(tmp_path: Path) -> None:
    app = create_app(ServerConfig(str(tmp_path / "server.db")))

    paths = {route.path for route in app.routes if getattr(route, "include_in_schema", False)}  # type: ignore[attr-defined]
    assert all(re.fullmatch(r"/v1(/[a-z-]+|/\{[a-z]+\})+", path) for path in paths)
    description = _description(tmp_path)
    schemas = description["components"]["schemas"]
    for name in re.findall(r"#/components/schemas/(\w+)", json.dumps(description)):
        assert schemas[name].get("type") == "object" or schemas[name]["enum"]
        assert schemas[name]["description"]
    app.state.services.store.close()


def _description(tmp_path: Path) -> dict[str, Any]:
    from server.openapi import describe

    app = create_app(ServerConfig(str(tmp_path / "another.db")))
    described = describe(app)
    app.state.services.store.close()
    return described


@pytest.mark.parametrize("code", sorted(WORDS))
def test_an_administrator_reads_what_happened_and_what_to_do(code: str) -> None:
    told = sentence(OpmaatError(code))

    assert told.endswith(f"[{code}]")
    assert told.count(". ") >= 1


def test_an_unknown_code_still_says_something() -> None:
    assert "Nothing was changed" in sentence(OpmaatError("somewhere.else"))
