import re
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.vault.trust.invitation import open_invitation
from desktop.vault.trust.organisation import create_organisation
from protocol.errors import EnvironmentProblem, UserError
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import from_value
from protocol.times import SettableClock
from server.admin import organisations
from server.store import devices
from server.trust import verify_enrolment
from tests import warm
from tests.sync.machines import CLOCK, Laptop, Office, ServerProcess, found_office

Join = Callable[..., Laptop]


def test_a_laptop_joins_once_and_may_say_so_again(azc: Office, join: Join) -> None:
    anna = join(azc, "anna")
    client = anna.online().client

    first = client.enrol(anna.vault.membership.chain)
    second = client.enrol(anna.vault.membership.chain)

    assert first == second
    assert first.device == anna.vault.device.id


def test_an_invitation_enrols_one_laptop_only(azc: Office, join: Join) -> None:
    invitation = azc.invite()
    _enrol(join(azc, "anna", invitation))
    bram = join(azc, "bram", invitation)

    with pytest.raises(UserError, match=r"enrol\.invitation_used"):
        _enrol(bram)


def test_a_wrong_code_opens_nothing_and_uses_nothing_up(azc: Office, join: Join) -> None:
    file, code = azc.invite()
    with pytest.raises(UserError, match=r"enrol\.wrong_code"):
        open_invitation(file, "0000-0000-0000", CLOCK.now())

    _enrol(join(azc, "anna", (file, code)))


def test_an_expired_invitation_is_refused_on_paper_and_by_the_server(azc: Office, join: Join) -> None:
    file, code = azc.invite(expires=timedelta(seconds=-1))
    with pytest.raises(UserError, match=r"enrol\.invitation_expired"):
        open_invitation(file, code, CLOCK.now())

    opened_invitation = open_invitation(file, code, CLOCK.now() - timedelta(hours=1))
    anna = join(azc, "anna")
    chain = opened_invitation.certify(anna.vault.device, CLOCK.now() - timedelta(hours=1))
    with pytest.raises(UserError, match=r"enrol\.invitation_expired"):
        anna.online().client.enrol(chain)


def test_a_laptop_that_is_enrolled_may_say_so_again_after_its_invitation(azc: Office, join: Join) -> None:
    then = CLOCK.now() - timedelta(hours=1)
    file, code = azc.invite(expires=timedelta(seconds=-1))
    anna = join(azc, "anna")
    chain = open_invitation(file, code, then).certify(anna.vault.device, then)
    shown = from_value(CertificateChain, chain.to_json())
    asked = verify_enrolment(shown, azc.root.card.root, SettableClock(then))
    store = azc.administer()
    store.run(lambda connection: devices.enrol(connection, asked, int(then.timestamp())))
    store.close()

    assert anna.online().client.enrol(chain).device == anna.vault.device.id


def test_an_organisation_of_another_server_is_unknown(azc: Office, tmp_path: Path, join: Join) -> None:
    stranger = Office(create_organisation("AZC Elders", "reception"), azc.server, tmp_path / "elders")

    with pytest.raises(EnvironmentProblem, match=r"enrol\.organisation_unknown"):
        _enrol(join(stranger, "anna"))


def test_a_device_nobody_enrolled_gets_nothing(azc: Office, join: Join) -> None:
    with pytest.raises(EnvironmentProblem, match=r"sync\.device_unknown"):
        join(azc, "anna").online().client.page(0)


def test_a_revoked_laptop_is_refused_and_keeps_its_work(azc: Office, join: Join) -> None:
    anna = join(azc, "anna")
    case = anna.open_case()
    online = anna.online()
    online.rounds()
    store = azc.administer()
    organisations.revoke_device(store, azc.root, anna.vault.device.id, CLOCK)
    store.close()
    anna.answer(case, "Keren")

    with pytest.raises(EnvironmentProblem, match=r"sync\.device_revoked"):
        online.rounds()
    with pytest.raises(EnvironmentProblem, match=r"sync\.device_revoked"):
        online.client.enrol(anna.vault.membership.chain)

    assert anna.journal.outbox.waiting() == 1
    assert anna.answers(case) == {"Keren"}


def test_the_directory_tells_who_is_known_and_who_is_revoked(azc: Office, town: Office, join: Join) -> None:
    anna, lost = join(azc, "anna"), join(azc, "lost")
    _enrol(lost)
    azc.know(town)
    store = azc.administer()
    organisations.revoke_device(store, azc.root, lost.vault.device.id, CLOCK)
    store.close()
    online = anna.online()

    online.rounds()

    directory = online.known_directory.directory()
    assert directory is not None
    assert directory.revoked == (lost.vault.device.id,)
    assert directory.card(town.root.card.id) == town.root.card


def test_an_older_directory_is_never_taken(azc: Office, town: Office, join: Join) -> None:
    anna = join(azc, "anna")
    online = anna.online()
    online.rounds()
    old = online.client.directory(azc.root.card.id)
    azc.know(town)
    online.rounds()

    kept = online.known_directory.keep(old)

    assert kept == online.known_directory.directory()
    assert kept.card(town.root.card.id) == town.root.card


def _enrol(laptop: Laptop) -> None:
    laptop.online().client.enrol(laptop.vault.membership.chain)


def test_the_administrators_commands_do_the_whole_job(own_server: ServerProcess, tmp_path: Path, join: Join) -> None:
    key, invitation = tmp_path / "azc.key", tmp_path / "anna.invitation"
    database = ("--database", own_server.database)
    made = _administer("organisation", "create", *database, "--name", "AZC", "--kind", "reception", "--key-file", key)
    create = ("organisation", "create", *database, "--kind", "municipality", "--key-file", tmp_path / "s.key")
    town = _administer(*create, "--name", "Stad")
    identifier, partner_id = made.split()[1], town.split()[1]
    card = tmp_path / "stad.card"
    _administer("organisation", "show", *database, "--organisation", partner_id, "--card", card)
    assert "version 2" in _administer("partner", "add", *database, "--key-file", key, "--card", card)
    invite = ("invitation", "create", "--key-file", key, "--server", own_server.address)
    told = _administer(*invite, "--person", "Anna", "--out", invitation)
    code = re.search(r"code +(\S+)", told)
    assert code is not None
    opened_invitation = open_invitation(invitation.read_bytes(), code.group(1), CLOCK.now())
    assert (opened_invitation.card.id, opened_invitation.certificate.subject) == (identifier, "Anna")

    office = found_office(own_server, tmp_path / "office", "AZC Elders", "reception")
    anna = join(office, "Anna", office.invite(person="Anna"))
    anna.open_case()
    anna.once()
    device = anna.vault.device.id

    listed = _administer("device", "list", *database, "--organisation", office.root.card.id).splitlines()
    assert listed[0].startswith(f"device {device} active ")
    assert listed[0].endswith("  Anna")
    shown = _administer("organisation", "show", *database)
    assert f"knows        {partner_id} Stad" in shown
    status = _administer("status", *database)
    assert "3: AZC (reception), Stad (municipality), AZC Elders (reception)" in status
    assert "sealed events   1," in status


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("status", "--database", "mysql://elsewhere/x"), "server.database_unknown"),
        (("status", "--database", "/nowhere/at/all.db"), "server.database_away"),
        (
            ("invitation", "create", "--key-file", "/nowhere", "--server", "x", "--person", "Anna", "--out", "y"),
            "server.file_unreadable",
        ),
    ],
)
def test_a_command_that_cannot_be_done_says_why(arguments: tuple[str, ...], code: str) -> None:
    done = _run(*arguments)

    assert done.returncode == 1
    assert code in done.stderr
    assert "Traceback" not in done.stderr


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    key = tmp_path / "azc.key"
    key.write_bytes(b"mine")
    database = ("--database", str(tmp_path / "server.db"))

    done = _run("organisation", "create", *database, "--name", "A", "--kind", "reception", "--key-file", str(key))

    assert "server.file_exists" in done.stderr
    assert key.read_bytes() == b"mine"


def _administer(*arguments: str | Path) -> str:
    done = _run(*map(str, arguments))
    assert done.returncode == 0, done.stderr
    return done.stdout


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return warm.run("server", *arguments, environment={"OPMAAT_ADMINISTRATOR_PASSPHRASE": "the administrator's own"})
