"""The administrator's commands: read the arguments, do one thing, print what came of it."""

import argparse
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from types import MappingProxyType

from sqlalchemy.exc import SQLAlchemyError

from desktop.vault.crypto.wrapping import fingerprint
from desktop.vault.trust.invitation import make_invitation
from desktop.vault.trust.organisation import create_organisation, write_key_file
from protocol.canonical import canonical_bytes
from protocol.certificates import OrganisationCard
from protocol.errors import EnvironmentProblem, UserError
from protocol.limits import MOST_ANSWER_BYTES
from protocol.renewal import LaptopFile
from protocol.times import SystemClock
from server.admin import accounts, content, copies, escrow, keeping, key_renewals, organisations
from server.admin.keyfile import ask_passphrase, change_key_file, open_key_file, read_file, write_new_file
from server.admin.status import last_contact, lines_of, read_status
from server.store import devices
from server.store.administration.backups import remember_backup
from server.store.engine import ServerStore
from server.store.generation import begin_generation
from server.store.schema import migrate
from server.trust import subject_of

_MOST_CARD_BYTES = 64 * 1024


def run(arguments: argparse.Namespace) -> None:
    """Run the command that was asked for; raises OpmaatError when it cannot be done, and then nothing was changed."""
    _COMMANDS[arguments.command](arguments)


def _create_organisation(arguments: argparse.Namespace) -> None:
    passphrase = ask_passphrase(twice=True)
    made = create_organisation(arguments.name, arguments.kind)
    with _store(arguments) as store:
        write_new_file(arguments.key_file, write_key_file(made, passphrase))
        organisations.register(store, made, SystemClock())
    print(f"organisation {made.card.id}")
    print(f"fingerprint  {fingerprint(made.card.root)}")


def _show_organisations(arguments: argparse.Namespace) -> None:
    with _store(arguments) as store:
        asked = arguments.organisation
        if asked is not None:
            card = organisations.find(store, asked)
            if arguments.card is not None:
                write_new_file(arguments.card, canonical_bytes(card.to_json()))
        found = [one for one in organisations.served_organisations(store) if asked in {None, one.card.id}]
    for one in found:
        print(f"organisation {one.card.id}")
        print(f"  name         {one.card.name} ({one.card.kind})")
        print(f"  fingerprint  {fingerprint(one.card.root)}")
        print(f"  card         version {one.card.version}")
        print(f"  directory    version {one.directory.version}")
        for known in one.directory.organisations:
            print(f"  knows        {known.id} {known.name}")


def _renew_keys(arguments: argparse.Namespace) -> None:
    with _store(arguments) as store:
        share_only = arguments.share_only
        laptops = [LaptopFile.read(read_file(path, MOST_ANSWER_BYTES)) for path in arguments.laptop]
        if laptops:
            key_renewals.admit(store, open_key_file(arguments.key_file), laptops, SystemClock())
        root = change_key_file(
            arguments.key_file, lambda kept: key_renewals.next_keys(store, kept, share_only=share_only)
        )
        report = key_renewals.publish(store, root, SystemClock())
        if arguments.out is not None:
            write_new_file(arguments.out, key_renewals.keys_file(store, root))
    print(f"card         version {root.card.version}")
    print(f"directory    version {report.directory.version}")
    for device in report.given:
        print(f"given        {device.device} {fingerprint(device.public)}")
    for left_out in report.left_out:
        print(f"left out     {left_out} has shown no key of its own; let it synchronise, then use --share-only")
    for partner in report.outdated:
        print(f"partner      {partner.id} {partner.name} has the older card; ask for `partner add`")
    if not arguments.share_only:
        print("The key file was changed: put a copy of it in the place of every older copy.")


def _add_partner(arguments: argparse.Namespace) -> None:
    root = open_key_file(arguments.key_file)
    with _store(arguments) as store:
        if arguments.partner is not None:
            partner = organisations.find(store, arguments.partner)
        else:
            partner = OrganisationCard.from_bytes(read_file(arguments.card, _MOST_CARD_BYTES))
        directory = organisations.add_partner(store, root, partner, SystemClock())
    print(f"partner      {partner.id} {partner.name}")
    print(f"fingerprint  {fingerprint(partner.root)}")
    print(f"directory    version {directory.version}")


def _create_invitation(arguments: argparse.Namespace) -> None:
    root = open_key_file(arguments.key_file)
    if arguments.organisation not in {None, root.card.id}:
        raise UserError("server.organisation_unknown")
    expires = SystemClock().now() + timedelta(days=arguments.days)
    file, code = make_invitation(root, server=arguments.server, expires=expires, person=arguments.person)
    write_new_file(arguments.out, file)
    print(f"invitation   {arguments.out}")
    print(f"for          {arguments.person}")
    print(f"expires      {expires.isoformat(timespec='minutes')}")
    print(f"code         {code}")
    print("Give the code separately from the file, for instance by telephone.")


def _list_organisations(arguments: argparse.Namespace) -> None:
    with _store(arguments) as store:
        found = organisations.served_organisations(store)
        here = store.run(devices.all_devices)
    for one in found:
        ours = [device for device in here if device.organisation == one.card.id and device.revoked is None]
        print(f"{one.card.id} {one.card.kind:<12} {len(ours):>4} devices, last {last_contact(ours)}  {one.card.name}")


def _list_devices(arguments: argparse.Namespace) -> None:
    asked = arguments.organisation
    with _store(arguments) as store:
        if asked is not None:
            organisations.find(store, asked)
        names = {str(one.card.id): one.card.name for one in organisations.served_organisations(store)}
        subjects = {device: subject_of(chain) for device, chain in store.run(devices.chains)}
        found = [device for device in store.run(devices.all_devices) if asked in {None, device.organisation}]
    for device in sorted(found, key=lambda one: -(one.seen or 0)):
        standing, subject = "revoked" if device.revoked else "active", subjects.get(device.device) or "no name"
        print(f"device {device.device} {standing} {fingerprint(device.key)}  {subject}")
        print(f"  last contact {last_contact([device])}  {names.get(device.organisation, device.organisation)}")


def _back_up(arguments: argparse.Namespace) -> None:
    copies.back_up(arguments.database, arguments.out)
    print(f"backup       {arguments.out}")
    now = int(SystemClock().now().timestamp())
    try:
        with closing(ServerStore(arguments.database)) as store:
            store.run(lambda connection: remember_backup(connection, now))
    except (SQLAlchemyError, EnvironmentProblem):  # a copy may be made by who may only read
        print("The administrator's page will not know of this copy: the database could not take note of it.")


def _put_back(arguments: argparse.Namespace) -> None:
    copies.put_back(arguments.database, arguments.source)
    _report_restored(arguments)


def _revoke_device(arguments: argparse.Namespace) -> None:
    root = open_key_file(arguments.key_file)
    with _store(arguments) as store:
        directory = organisations.revoke_device(store, root, arguments.device, SystemClock())
    print(f"revoked      {arguments.device}")
    print(f"directory    version {directory.version}")


def _sign_directory(arguments: argparse.Namespace) -> None:
    root = open_key_file(arguments.key_file)
    with _store(arguments) as store:
        directory = organisations.sign_directory_again(store, root, SystemClock())
    print(f"directory    version {directory.version}")
    print(f"signed       {directory.issued.isoformat(timespec='minutes')}")


def _report_restored(arguments: argparse.Namespace) -> None:
    root = None if arguments.key_file is None else open_key_file(arguments.key_file)
    with _store(arguments) as store:
        renewed = None if root is None else organisations.renew_directory(store, root, SystemClock())
        store.run(begin_generation)
        found = organisations.served_organisations(store)
    print("Laptops will send what they have once more, and read everything again.")
    if renewed is not None:
        print(f"directory    version {renewed.version}")
        return
    for one in found:
        print(f"organisation {one.card.id} {one.card.name}: directory version {one.directory.version}")
    print("Repeat what was done since the backup (partner add, device revoke). Then sign each directory again, above")
    print("the version that laptops saw last: opmaat-server restored --key-file FILE")


def _show_status(arguments: argparse.Namespace) -> None:
    with _store(arguments) as store:
        status = read_status(store)
    for line in lines_of(status):
        print(line)


def _with_store(command: Callable[[argparse.Namespace, ServerStore], None], arguments: argparse.Namespace) -> None:
    with _store(arguments) as store:
        command(arguments, store)


@contextmanager
def _store(arguments: argparse.Namespace) -> Iterator[ServerStore]:
    store = ServerStore(arguments.database)
    try:
        migrate(store)
        yield store
    finally:
        store.close()


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], None]] = MappingProxyType(
    {
        "organisation create": _create_organisation,
        "organisation list": _list_organisations,
        "organisation show": _show_organisations,
        "organisation renew-keys": _renew_keys,
        "partner add": _add_partner,
        "invitation create": _create_invitation,
        "device list": _list_devices,
        "device revoke": _revoke_device,
        "dossier list": partial(_with_store, keeping.list_dossiers),
        "dossier forget": partial(_with_store, keeping.forget_dossier),
        "retention run": partial(_with_store, keeping.run_retention),
        "directory sign": _sign_directory,
        "content publish": partial(_with_store, content.publish),
        "content list": partial(_with_store, content.show),
        "content write": partial(_with_store, content.write),
        "escrow show": escrow.show,
        "escrow answer": escrow.answer,
        "administrator create": partial(_with_store, accounts.create),
        "administrator list": partial(_with_store, accounts.show),
        "administrator remove": partial(_with_store, accounts.remove),
        "backup": _back_up,
        "restore": _put_back,
        "restored": _report_restored,
        "status": _show_status,
    }
)
