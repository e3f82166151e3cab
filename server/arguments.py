"""The command line of `opmaat-server`."""

import argparse
import os
from pathlib import Path

import msgspec

from protocol.certificates import KINDS
from protocol.limits import LONGEST_PERSON_NAME
from protocol.messages.fields import PersonName

DATABASE_VARIABLE = "OPMAAT_DATABASE"
_DAYS = 14
_ERASED_DAYS = 30
_FORMER_DAYS = 90
_MOST_DAYS = 9999
_LAST_PORT = 65535


def parser() -> argparse.ArgumentParser:
    """Return the parser; its result has the chosen command in `command`, such as `organisation create`."""
    top = argparse.ArgumentParser(prog="opmaat-server", description="The municipal server of Opmaat.")
    groups = top.add_subparsers(required=True, metavar="COMMAND")
    _serve(groups.add_parser("serve", help="answer laptops until stopped"))
    organisation = groups.add_parser("organisation", help="reception locations and municipalities")
    _organisation(organisation.add_subparsers(required=True, metavar="WHAT"))
    partner = groups.add_parser("partner", help="organisations that ours works with")
    _partner(partner.add_subparsers(required=True, metavar="WHAT"))
    invitation = groups.add_parser("invitation", help="files with which devices join")
    _invitation(invitation.add_subparsers(required=True, metavar="WHAT"))
    device = groups.add_parser("device", help="devices that have joined")
    _device(device.add_subparsers(required=True, metavar="WHAT"))
    dossier = groups.add_parser("dossier", help="dossiers that an organisation erased on its laptops")
    _dossier(dossier.add_subparsers(required=True, metavar="WHAT"))
    retention = groups.add_parser("retention", help="what is kept no longer than its term")
    _retention(retention.add_subparsers(required=True, metavar="WHAT"))
    directory = groups.add_parser("directory", help="what every laptop of an organisation reads about others")
    _directory(directory.add_subparsers(required=True, metavar="WHAT"))
    _content(groups)
    escrow = groups.add_parser("escrow", help="open the vault of a colleague who lost every way in")
    _escrow(escrow.add_subparsers(required=True, metavar="WHAT"))
    administrator = groups.add_parser("administrator", help="who may sign in to the administrator's page")
    _administrator(administrator.add_subparsers(required=True, metavar="WHAT"))
    backup = groups.add_parser("backup", help="copy the database while it is in use")
    _with_database(backup)
    backup.add_argument("--out", required=True, type=Path, help="where to write the copy")
    backup.set_defaults(command="backup")
    restore = groups.add_parser("restore", help="put a copy in the place of a database that is absent or empty")
    _with_database(restore)
    restore.add_argument("--from", required=True, type=Path, dest="source", help="the copy that `backup` made")
    restored = groups.add_parser("restored", help="say that the database was put back in another way")
    _with_database(restored)
    for parser, command in ((restore, "restore"), (restored, "restored")):
        parser.add_argument("--key-file", type=Path, help="key file of an organisation whose directory is signed again")
        parser.set_defaults(command=command)
    status = groups.add_parser("status", help="what the server knows, in numbers")
    _with_database(status)
    status.set_defaults(command="status")
    return top


def _serve(serve: argparse.ArgumentParser) -> None:
    _with_database(serve)
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    serve.add_argument("--port", type=int, default=8443, help="port to listen on; 0 takes a free one and prints it")
    serve.add_argument("--origin", help="how laptops address this server, such as https://opmaat.example.nl")
    serve.add_argument("--certificate", type=Path, help="TLS certificate (PEM), when no proxy ends TLS")
    serve.add_argument("--certificate-key", type=Path, help="its private key (PEM)")
    serve.add_argument("--metrics-port", type=int, help="also show figures for Prometheus there, to this machine only")
    serve.add_argument(
        "--admin-listen",
        type=_address,
        metavar="HOST:PORT",
        help="also show the administrator's page there, such as 127.0.0.1:8081 (default: nowhere)",
    )
    serve.add_argument(
        "--admin-origin", help="how browsers address that page behind a proxy, such as https://beheer.example.nl"
    )
    serve.set_defaults(command="serve")


def _address(text: str) -> tuple[str, int]:
    """Return host and port of `HOST:PORT`, with an IPv6 address in brackets."""
    host, colon, port = text.rpartition(":")
    if not (host and colon and port.isascii() and port.isdecimal() and int(port) <= _LAST_PORT):
        raise argparse.ArgumentTypeError("is not HOST:PORT, such as 127.0.0.1:8081")
    return host.removeprefix("[").removesuffix("]"), int(port)


def _organisation(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    create = verbs.add_parser("create", help="make an organisation and its key file")
    _with_database(create)
    create.add_argument("--name", required=True, help="name that workers see")
    create.add_argument("--kind", required=True, choices=KINDS)
    create.add_argument(
        "--key-file", required=True, type=Path, help="where to write the new key file; keep it off the server"
    )
    create.set_defaults(command="organisation create")
    listed = verbs.add_parser("list", help="list organisations, with their devices and last contact")
    _with_database(listed)
    listed.set_defaults(command="organisation list")
    show = verbs.add_parser("show", help="show organisations with their fingerprints and partners")
    _with_database(show)
    show.add_argument("--organisation", help="only this one (identifier)")
    show.add_argument("--card", type=Path, help="also write its card to this file, for another server's administrator")
    show.set_defaults(command="organisation show")
    renew = verbs.add_parser("renew-keys", help="make a new wrapping key, after a laptop was stolen while it was open")
    _with_database(renew)
    renew.add_argument("--key-file", required=True, type=Path, help="its key file, which is changed")
    renew.add_argument(
        "--share-only", action="store_true", help="make no new key; give the present ones to laptops that came since"
    )
    renew.add_argument(
        "--laptop",
        type=Path,
        action="append",
        default=[],
        help="file of a laptop that reaches no server (Settings, or `opmaat vault show-key`); may be repeated",
    )
    renew.add_argument("--out", type=Path, help="also write the keys to this file, for laptops that reach no server")
    renew.set_defaults(command="organisation renew-keys")


def _partner(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    add = verbs.add_parser("add", help="let the devices of an organisation know another one")
    _with_database(add)
    add.add_argument("--key-file", required=True, type=Path, help="key file of the organisation whose directory grows")
    which = add.add_mutually_exclusive_group(required=True)
    which.add_argument("--partner", help="identifier of an organisation on this server")
    which.add_argument("--card", type=Path, help="card file of an organisation")
    add.set_defaults(command="partner add")


def _invitation(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    create = verbs.add_parser("create", help="write an invitation file and print its one-time code")
    create.add_argument("--key-file", required=True, type=Path, help="key file of the inviting organisation")
    create.add_argument("--organisation", help="its identifier, as a check on the key file")
    create.add_argument("--server", required=True, help="how the laptop reaches this server, such as https://…")
    create.add_argument(
        "--person", required=True, type=_person, help="who joins: the name that stands beside all they write"
    )
    create.add_argument("--out", required=True, type=Path, help="where to write the invitation file")
    create.add_argument("--days", type=int, default=_DAYS, help=f"how long it can be used (default: {_DAYS})")
    create.set_defaults(command="invitation create")


def _device(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    listed = verbs.add_parser("list", help="list devices, the one that was here last first")
    _with_database(listed)
    listed.add_argument("--organisation", help="only those of this one (identifier)")
    listed.set_defaults(command="device list")
    revoke = verbs.add_parser("revoke", help="refuse a device from now on")
    _with_database(revoke)
    revoke.add_argument("--key-file", required=True, type=Path, help="key file of its organisation")
    revoke.add_argument("--device", required=True, help="its identifier")
    revoke.set_defaults(command="device revoke")


def _directory(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    sign = verbs.add_parser("sign", help="sign it again as it is, so that it does not grow old")
    _with_database(sign)
    sign.add_argument("--key-file", required=True, type=Path, help="key file of its organisation")
    sign.set_defaults(command="directory sign")


def _content(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    content = groups.add_parser("content", help="the region workbook and letterhead that an organisation's plans go by")
    verbs = content.add_subparsers(required=True, metavar="WHAT")
    publish = verbs.add_parser("publish", help="check a workbook, sign it as the next version, and let laptops have it")
    publish.add_argument("--key-file", required=True, type=Path, help="key file of the organisation")
    publish.add_argument("--workbook", required=True, type=Path, help="the region workbook: xlsx or md")
    publish.add_argument("--logo", type=Path, help="the logo of its documents: a PNG of at most 64 KiB")
    publish.add_argument("--out", type=Path, help="also write the signed set to this file, for a stick")
    publish.add_argument(
        "--messages", choices=("en", "nl"), default="en", help="the language of problems (default: en)"
    )
    publish.add_argument(
        "--example", action="store_true", help="publish although it has invented names, for a demonstration"
    )
    listed = verbs.add_parser("list", help="list what was published, the newest first")
    write = verbs.add_parser("write", help="write a version to a file, for laptops without a network")
    for parser, verb in ((publish, "publish"), (listed, "list"), (write, "write")):
        _with_database(parser)
        parser.set_defaults(command=f"content {verb}")
    listed.add_argument("--organisation", help="only what this one published (identifier)")
    write.add_argument("--organisation", required=True, help="whose (identifier)")
    write.add_argument("--version", type=int, help="which version (default: the newest)")
    write.add_argument("--out", required=True, type=Path, help="where to write it")


def _dossier(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    listed = verbs.add_parser("list", help="list what was erased and is still here, and for whom")
    forget = verbs.add_parser("forget", help="say what would go of an erased dossier, and with --yes let it go")
    for parser, verb in ((listed, "list"), (forget, "forget")):
        _with_database(parser)
        _with_former_days(parser)
        parser.set_defaults(command=f"dossier {verb}")
    forget.add_argument("--dossier", required=True, help="its identifier")
    forget.add_argument("--yes", action="store_true", help="do it; it cannot be undone")


def _retention(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    run = verbs.add_parser("run", help="say what has no term left, and with --yes remove it; for a timer")
    _with_database(run)
    _with_former_days(run)
    run.add_argument(
        "--erased-days",
        type=_days,
        default=_ERASED_DAYS,
        help=f"how long an erased dossier stays (default: {_ERASED_DAYS})",
    )
    run.add_argument("--yes", action="store_true", help="do it; it cannot be undone")
    run.set_defaults(command="retention run")


def _with_former_days(parser: argparse.ArgumentParser) -> None:
    words = "how long an organisation that left a dossier may fetch again what it had"
    parser.add_argument("--former-days", type=_days, default=_FORMER_DAYS, help=f"{words} (default: {_FORMER_DAYS})")


def _person(text: str) -> str:
    try:
        return msgspec.convert(text.strip(), PersonName)
    except msgspec.ValidationError:
        msg = f"is not a name of at most {LONGEST_PERSON_NAME} characters"
        raise argparse.ArgumentTypeError(msg) from None


def _days(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(_MOST_DAYS))):
        raise argparse.ArgumentTypeError("is not a number of days")
    return int(text)


def _escrow(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    show = verbs.add_parser("show", help="say whose vault a request is about, and its fingerprint")
    show.add_argument("--request", required=True, type=Path, help="the request file that the person sent")
    show.set_defaults(command="escrow show")
    answer = verbs.add_parser("answer", help="write the answer to a request and print its one-time code")
    answer.add_argument("--key-file", required=True, type=Path, help="key file of the organisation")
    answer.add_argument("--request", required=True, type=Path, help="the request file that the person sent")
    answer.add_argument("--fingerprint", required=True, help="what the person reads aloud from the own screen")
    answer.add_argument("--out", required=True, type=Path, help="where to write the answer file")
    answer.set_defaults(command="escrow answer")


def _administrator(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    create = verbs.add_parser("create", help="make an account; its passphrase is asked for")
    remove = verbs.add_parser("remove", help="remove an account, and end what it is signed in to")
    listed = verbs.add_parser("list", help="list the accounts")
    for parser, verb in ((create, "create"), (remove, "remove"), (listed, "list")):
        _with_database(parser)
        parser.set_defaults(command=f"administrator {verb}")
    for parser in (create, remove):
        parser.add_argument(
            "--name", required=True, help="name to sign in with: lower-case letters, digits, dots, dashes"
        )


def _with_database(parser: argparse.ArgumentParser) -> None:
    given = os.environ.get(DATABASE_VARIABLE)
    parser.add_argument(
        "--database",
        default=given,
        required=given is None,
        help=f"path (SQLite) or postgresql:// URL; {DATABASE_VARIABLE} in the environment does the same",
    )
