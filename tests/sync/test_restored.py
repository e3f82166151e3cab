"""A restored copy and the server: what only the backup held arrives, nothing forks, also when the old laptop lives."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop.records import open_journal
from desktop.services.accounts.rejoining import RejoinService
from desktop.services.backups.backup_file import Cancelled, restore
from desktop.services.backups.backups import Backups
from desktop.services.sync.former_devices import FormerDevices
from desktop.services.sync.known_directory import KnownDirectory
from desktop.services.sync.synchronise import SyncService
from desktop.sync.client import Client
from desktop.sync.connection import Connection
from desktop.vault.crypto.identity import DeviceIdentity
from desktop.vault.file.slots import SlotKind
from protocol.certificates import DeviceChain
from protocol.errors import EnvironmentProblem
from protocol.identifiers import DossierId
from protocol.messages.enrolment import Enrolled
from protocol.messages.membership import MembershipStep
from server.admin import organisations
from tests.sync.machines import CLOCK, Laptop, Office, Online
from tests.unit.services.backup_parts import ignore_progress, unlock

Join = Callable[..., Laptop]


def _backup(laptop: Laptop, path: Path) -> None:
    Backups(laptop.journal, laptop.vault, CLOCK).make(path, ignore_progress, Cancelled())


def _restored(office: Office, path: Path, folder: Path) -> Laptop:
    folder.mkdir(mode=0o700)
    vault = restore(path, folder, unlock, SlotKind.PASSPHRASE, CLOCK)
    return Laptop(vault, open_journal(vault.directory, vault, CLOCK), office.server.address)


def _rejoin(office: Office, laptop: Laptop, folder: Path) -> None:
    file, code = office.invite()
    path = folder / "uitnodiging"
    path.write_bytes(file)
    RejoinService(laptop.vault, laptop.journal, CLOCK).rejoin(path, code)


def _online(laptop: Laptop) -> Online:
    """Return the way to the server as the product builds it: with the former devices."""

    def connect(device: DeviceIdentity) -> Client:
        connection = Connection(laptop.address, device, CLOCK, pause=lambda _: None)
        laptop.connections.append(connection)
        return Client(connection)

    client, book = connect(laptop.vault.device), KnownDirectory(laptop.vault)
    former = FormerDevices(laptop.journal, laptop.vault, connect)
    return Online(client, book, SyncService(laptop.journal, laptop.vault, book, CLOCK, client, former=former))


class _Away(Client):
    """A way to the server that fails before a word was said."""

    def __init__(self, code: str, _device: DeviceIdentity) -> None:
        self._code = code

    def enrol(self, chain: DeviceChain) -> Enrolled:
        raise EnvironmentProblem(self._code, {"device": chain.device.device})

    def close(self) -> None:
        return None


def _heads(laptop: Laptop, dossier: DossierId) -> dict[str, int]:
    return {str(device): last for device, last in laptop.journal.view(dossier).seen.items()}


def test_what_only_the_backup_held_reaches_colleagues(azc: Office, join: Join, tmp_path: Path) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    dossier = anna.open_case()
    anna.answer(dossier, "Keren")
    anna.once()
    anna.answer(dossier, "never sent", "/intake/q2")
    second = anna.open_case("Never sent at all")
    _backup(anna, tmp_path / "stick")

    again = _restored(azc, tmp_path / "stick", tmp_path / "new")
    _rejoin(azc, again, tmp_path)
    again.answer(dossier, "on the new laptop", "/intake/q3")
    rounds = _online(again).rounds()
    assert [code for each in rounds for code in each.refused] == []
    bram.once()

    assert bram.answers(dossier, "/intake/q2") == {"never sent"}
    assert bram.answers(dossier, "/intake/q3") == {"on the new laptop"}
    assert bram.journal.view(second).name == "Never sent at all"
    assert bram.journal.quarantined(dossier) == ()
    assert _heads(bram, dossier) == _heads(again, dossier)
    again.close()


def test_the_old_laptop_lives_and_nothing_forks(azc: Office, join: Join, tmp_path: Path) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    dossier = anna.open_case()
    anna.once()
    anna.answer(dossier, "before the backup", "/intake/q2")
    _backup(anna, tmp_path / "stick")
    anna.answer(dossier, "after the backup", "/intake/q2")

    again = _restored(azc, tmp_path / "stick", tmp_path / "new")
    _rejoin(azc, again, tmp_path)
    again.answer(dossier, "on the copy", "/intake/q2")
    for laptop in (again, anna, again):
        found = [code for each in _online(laptop).rounds() for code in each.refused]
        assert found == []
    anna.once()
    bram.once()

    both = {"after the backup", "on the copy"}
    assert anna.answers(dossier, "/intake/q2") == again.answers(dossier, "/intake/q2") == both
    assert bram.answers(dossier, "/intake/q2") == both
    assert [laptop.journal.quarantined(dossier) for laptop in (anna, again, bram)] == [(), (), ()]
    again.close()


def test_before_joining_again_nothing_is_sent_and_the_state_says_why(azc: Office, join: Join, tmp_path: Path) -> None:
    anna = join(azc, "anna")
    dossier = anna.open_case()
    anna.once()
    _backup(anna, tmp_path / "stick")
    again = _restored(azc, tmp_path / "stick", tmp_path / "new")
    assert RejoinService(again.vault, again.journal, CLOCK).needed
    again.answer(dossier, "kept here")
    synchronise = _online(again).synchronise
    assert synchronise.round() is None
    assert synchronise.state().problem == "vault.not_certified"
    assert again.answers(dossier) == {"kept here"}
    _rejoin(azc, again, tmp_path)
    assert not RejoinService(again.vault, again.journal, CLOCK).needed
    _online(again).rounds()
    anna.once()
    assert anna.answers(dossier) == {"kept here"}
    again.close()


def test_what_came_in_of_one_former_device_hides_no_unsent_row_of_another(
    azc: Office, join: Join, tmp_path: Path
) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    dossier = anna.open_case()
    anna.once()
    _backup(anna, tmp_path / "stick")
    second = _restored(azc, tmp_path / "stick", tmp_path / "second")
    _rejoin(azc, second, tmp_path)
    second.answer(dossier, "of the second, never sent", "/intake/q2")
    anna.answer(dossier, "of the first, which lives", "/intake/q3")
    _online(anna).rounds()
    bram.once()
    second.journal.accept_rows(bram.journal.outbox.rows_written_by(anna.vault.device.id, 0, 100))
    _backup(second, tmp_path / "again")

    third = _restored(azc, tmp_path / "again", tmp_path / "third")
    _rejoin(azc, third, tmp_path)
    _online(third).rounds()
    bram.once()

    assert bram.answers(dossier, "/intake/q2") == {"of the second, never sent"}
    assert bram.answers(dossier, "/intake/q3") == {"of the first, which lives"}
    for laptop in (second, third):
        laptop.close()


def test_a_server_from_a_backup_gets_the_rows_of_former_devices_again(azc: Office, join: Join, tmp_path: Path) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    dossier = anna.open_case()
    anna.once()
    anna.answer(dossier, "never sent", "/intake/q2")
    _backup(anna, tmp_path / "stick")
    again = _restored(azc, tmp_path / "stick", tmp_path / "new")
    _rejoin(azc, again, tmp_path)
    _online(again).rounds()
    former = anna.vault.device.id
    sent = again.journal.outbox.acknowledged_of(former)
    assert sent > 0

    again.journal.outbox.send_again()

    assert again.journal.outbox.acknowledged_of(former) == 0
    assert again.journal.outbox.acknowledged() == 0
    assert not any(each.refused for each in _online(again).rounds())
    assert again.journal.outbox.acknowledged_of(former) == sent
    bram.once()
    assert bram.answers(dossier, "/intake/q2") == {"never sent"}
    again.close()


def test_what_this_laptop_itself_could_not_do_is_no_refusal_of_former_rows(
    azc: Office, join: Join, tmp_path: Path
) -> None:
    anna = join(azc, "anna")
    dossier = anna.open_case()
    anna.once()
    anna.answer(dossier, "never sent", "/intake/q2")
    _backup(anna, tmp_path / "stick")
    again = _restored(azc, tmp_path / "stick", tmp_path / "new")
    _rejoin(azc, again, tmp_path)

    for code in ("sync.unreachable", "sync.certificate_refused", "sync.not_opmaat", "sync.answer_broken", "sync.busy"):
        former = FormerDevices(again.journal, again.vault, partial(_Away, code))
        rows = former.collect()
        assert rows is not None
        try:
            sent = former.send(rows)
        except EnvironmentProblem as error:
            assert error.code == code
        else:
            assert (sent.refused, sent.given_up, sent.moved) == (code, False, False)
            former.settle(sent)
        left = former.collect()
        assert left is not None
        assert left.signed == rows.signed
    again.close()


def test_a_revoked_old_laptop_is_told_and_its_unsent_rows_stay_readable(
    azc: Office, join: Join, tmp_path: Path
) -> None:
    anna = join(azc, "anna")
    dossier = anna.open_case()
    anna.once()
    anna.answer(dossier, "never sent", "/intake/q2")
    _backup(anna, tmp_path / "stick")
    store = azc.administer()
    organisations.revoke_device(store, azc.root, anna.vault.device.id, CLOCK)
    store.close()
    again = _restored(azc, tmp_path / "stick", tmp_path / "new")
    _rejoin(azc, again, tmp_path)
    codes = {code for each in _online(again).rounds() for code in each.refused}
    assert "sync.device_revoked" in codes
    assert again.answers(dossier, "/intake/q2") == {"never sent"}
    again.close()


def test_a_restored_laptop_says_what_the_one_before_left_unsaid(
    azc: Office, town: Office, join: Join, tmp_path: Path
) -> None:
    azc.know(town)
    town.know(azc)
    anna, carla = join(azc, "anna"), join(town, "carla")
    dossier = anna.open_case()
    anna.once()
    carla.once()
    anna.answer(dossier, "never sent")
    anna.offer(dossier, town.root.card)
    _backup(anna, tmp_path / "stick")

    again = _restored(azc, tmp_path / "stick", tmp_path / "new")
    _rejoin(azc, again, tmp_path)
    rounds = _online(again).rounds()
    rounds += _online(again).rounds()
    carla.once()

    assert rounds[-1].state.notices == ()
    assert again.journal.membership.waiting() == ()
    assert carla.step(dossier) is MembershipStep.OFFERED
    assert carla.answers(dossier) == {"never sent"}
    anna.once()
    assert anna.journal.membership.of(dossier) == again.journal.membership.of(dossier)
    again.close()


def test_what_a_revoked_laptop_left_unsaid_is_given_up_and_told(
    azc: Office, town: Office, join: Join, tmp_path: Path
) -> None:
    azc.know(town)
    town.know(azc)
    anna, carla = join(azc, "anna"), join(town, "carla")
    dossier = anna.open_case()
    anna.once()
    carla.once()
    anna.offer(dossier, town.root.card)
    _backup(anna, tmp_path / "stick")
    store = azc.administer()
    organisations.revoke_device(store, azc.root, anna.vault.device.id, CLOCK)
    store.close()

    again = _restored(azc, tmp_path / "stick", tmp_path / "new")
    _rejoin(azc, again, tmp_path)
    rounds = _online(again).rounds()
    carla.once()

    assert "membership.given_up" in {each.code for each in rounds[-1].state.notices}
    assert carla.journal.dossiers() == ()
    again.offer(dossier, town.root.card)
    _online(again).rounds()
    carla.once()
    assert carla.step(dossier) is MembershipStep.OFFERED
    again.close()
