"""`opmaat bundle …`: exchange without a network, for who keeps a vault. The application is closed meanwhile.

The passphrase is asked for, or read from a pipe; it is not an argument.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.terminal import end_progress, show_progress
from desktop.cli.vault.vault_access import declare_command, find_dossier, open_services_of
from protocol.errors import UserError
from protocol.identifiers import DossierId, case_number

if TYPE_CHECKING:
    from desktop.services.bundles.incoming_bundles import BundleCard, BundleRead
    from desktop.services.bundles.outgoing_bundles import BundlePartner, OutgoingBundles
    from desktop.services.bundles.sealed_bundle import SealedBundle
    from desktop.services.suite import Services

_MEGABYTE = 1_000_000


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    bundle = commands.add_parser("bundle", help="exchange without a network, on a stick").add_subparsers(
        dest="bundle_command", required=True
    )
    export = declare_command(bundle, "export", "put the cases shared with an organisation on a stick, sealed for it")
    export.add_argument("folder", type=Path, metavar="FOLDER", help="where the stick is")
    export.add_argument(
        "--to",
        required=True,
        metavar="ORGANISATION",
        help="name, identifier or `own`; `?` names them",
    )
    export.add_argument("--case", action="append", default=[], metavar="CASE", help="only this case; may be repeated")
    export.add_argument("--everything", action="store_true", help="also what they said they hold")
    export.add_argument("--part-size", type=int, metavar="MB", help="the longest file; by default what the stick takes")
    export.set_defaults(run=_export)
    more = declare_command(bundle, "more", "write the parts that are left to another stick")
    more.add_argument("bundle", metavar="BUNDLE", help="its number, or the start of it")
    more.add_argument("folder", type=Path, metavar="FOLDER")
    more.set_defaults(run=_more)
    look = declare_command(bundle, "look", "say who made a bundle, for whom, and the words to compare")
    look.add_argument("file", type=Path, metavar="FILE")
    look.set_defaults(run=_look)
    read = declare_command(bundle, "import", "read a bundle; its other parts may lie beside it, or come later")
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument("--words", metavar="WORDS", help="what the sender read aloud; refused when it is not the same")
    read.add_argument("--receipt", type=Path, metavar="FOLDER", help="receive the cases and put the receipt there")
    read.set_defaults(run=_import)
    listed = declare_command(bundle, "list", "name the bundles made and read here, the newest last")
    listed.set_defaults(run=_list)


def _export(asked: argparse.Namespace) -> int:
    from desktop.services.bundles.bundle_files import room_on

    with open_services_of(asked) as services:
        outgoing = services.bundles.outgoing
        partner = outgoing.colleagues() if asked.to == "own" else _partner(outgoing.partners(), asked.to)
        size = asked.part_size * _MEGABYTE if asked.part_size else room_on(asked.folder)
        dossiers = [find_dossier(services, case) for case in asked.case]
        return _write_new(outgoing, partner, dossiers, size, asked)


def _write_new(
    outgoing: "OutgoingBundles",
    partner: "BundlePartner",
    dossiers: list[DossierId],
    size: int,
    asked: argparse.Namespace,
) -> int:
    making = outgoing.begin(partner.organisation, dossiers, everything=asked.everything)
    while not making.complete:
        outgoing.step(making)
        show_progress(making.done, making.total)
    sealed = outgoing.seal(making, size)
    print(f"For {partner.name}: {len(sealed.state.dossiers)} cases, {sealed.state.rows} rows, ", end="")
    print(f"{sealed.state.attachments} attachments.")
    if sealed.state.unproven:
        print(f"Left behind: {sealed.state.unproven} rows of others. Synchronise once, then export again.")
    return _write(outgoing, sealed, asked.folder)


def _more(asked: argparse.Namespace) -> int:
    with open_services_of(asked) as services:
        outgoing = services.bundles.outgoing
        return _write(outgoing, outgoing.resume(asked.bundle), asked.folder)


def _write(outgoing: "OutgoingBundles", sealed: "SealedBundle", folder: Path) -> int:
    from desktop.services.backups.backup_file import Cancelled

    written = outgoing.write(sealed, folder, show_progress, Cancelled("bundle.cancelled"))
    outgoing.keep(sealed, written)
    end_progress()
    for path in written.paths:
        print(path)
    print(f"Read back and whole. Words to compare: {' '.join(sealed.words)}")
    if written.left:
        parts = ", ".join(map(str, written.left))
        print(f"Left for another stick: {parts}. Go on with: opmaat bundle more {sealed.body.bundle[:8]} FOLDER")
    return 0


def _look(asked: argparse.Namespace) -> int:
    from desktop.services.bundles.bundle_files import read_part_front

    with open_services_of(asked) as services:
        _show(services.bundles.incoming.judge(read_part_front(asked.file)))
    return 0


def _import(asked: argparse.Namespace) -> int:
    with open_services_of(asked) as services:
        card = _gathered(services, asked)
        incoming = services.bundles.incoming
        reading = incoming.begin_reading(card)
        while not reading.complete:
            incoming.step_reading(reading)
            show_progress(reading.done, reading.total)
        end_progress()
        read = incoming.finish_reading(card, reading)
        status = _report(read)
        if asked.receipt is not None:
            incoming.receive(read.dossiers)
            _put_receipt(services, card, read, asked.receipt)
    return status


def _gathered(services: "Services", asked: argparse.Namespace) -> "BundleCard":
    from desktop.services.backups.backup_file import Cancelled
    from desktop.services.bundles.bundle_files import gather, parts_beside, read_part_front

    incoming = services.bundles.incoming
    card = incoming.judge(read_part_front(asked.file))
    _show(card)
    if asked.words is not None and asked.words.casefold().split() != list(card.words):
        raise UserError("bundle.words_differ")
    gather(parts_beside(asked.file, card.front), incoming.staging(card), show_progress, Cancelled("bundle.cancelled"))
    return card


def _put_receipt(services: "Services", card: "BundleCard", read: "BundleRead", folder: Path) -> None:
    from desktop.services.bundles.bundle_files import room_on

    outgoing = services.bundles.outgoing
    making = outgoing.begin(card.sender, read.dossiers)
    while not making.complete:
        outgoing.step(making)
    print(f"Receipt for {card.sender_name}:")
    _write(outgoing, outgoing.seal(making, room_on(folder)), folder)


def _list(asked: argparse.Namespace) -> int:
    with open_services_of(asked) as services:
        outgoing = services.bundles.outgoing
        names = {each.organisation: each.name for each in (*outgoing.partners(), outgoing.colleagues())}
        for entry in services.bundles.entries():
            who = names.get(entry.organisation, entry.organisation[:8])
            arrived = "" if entry.answered is None else f", arrived {entry.answered:%Y-%m-%d}"
            cases = " ".join(case_number(dossier) for dossier in entry.dossiers)
            print(f"{entry.moment:%Y-%m-%d} {entry.direction.value} {entry.bundle[:8]} {who}: {cases}{arrived}")
    return 0


def _show(card: "BundleCard") -> None:
    print(f"From {card.sender_name} for {card.recipient_name}, made {card.made:%Y-%m-%d %H:%M}, ", end="")
    print(f"{card.size} bytes in {card.parts} parts")
    print(f"Words to compare: {' '.join(card.words)}")
    if card.known is not None:
        print(f"This bundle was read here on {card.known:%Y-%m-%d}.")


def _report(read: "BundleRead") -> int:
    if read.all_known:
        print("All of this was known already; nothing changed.")
        return 0
    print(f"{len(read.dossiers)} cases: {read.rows} new rows, {read.attachments} new attachments")
    for entry in read.answered:
        print(f"Bundle {entry.bundle[:8]} arrived there.")
    if read.waiting:
        print(f"{read.waiting} rows wait for rows before them: read the earlier bundle too, or ask for everything.")
    for code, count in sorted(read.refused.items()):
        print(f"Not used: {count} × {code}", file=sys.stderr)
    return 1 if read.refused else 0


def _partner(partners: "tuple[BundlePartner, ...]", wanted: str) -> "BundlePartner":
    found = [each for each in partners if wanted.casefold() in {each.name.casefold(), each.organisation}]
    if len(found) != 1:
        for each in partners:
            print(f"{each.organisation}  {each.name}  {each.cases} cases", file=sys.stderr)
        raise UserError("bundle.nothing_shared")
    return found[0]
