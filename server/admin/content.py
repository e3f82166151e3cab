"""The commands about what an organisation publishes: its region workbook and its logo.

A workbook is checked as the laptops read it, by their own code: what is published opens on every one of them.
"""

import argparse
from pathlib import Path

from desktop.cli.error_texts import complaint
from desktop.services.content.content_check import clean_logo, content_problems, media_of
from desktop.services.dossier.form_locale import builtin_intake
from protocol.errors import UserError
from protocol.limits import MOST_WORKBOOK_BYTES
from protocol.messages.content import ContentSet
from protocol.times import SystemClock
from server.admin.keyfile import open_key_file, read_file, write_new_file
from server.admin.organisations import (
    ContentDraft,
    publish_content,
    published_contents,
    served_organisations,
)
from server.store import devices
from server.store.engine import ServerStore

_MOST_PICTURE = 8 * 1024 * 1024


def publish(arguments: argparse.Namespace, store: ServerStore) -> None:
    """Check a workbook and a logo, sign them as the next version, and let the laptops have them.

    Every problem is printed with its place and what to do. Raises UserError `content.not_published` then; nothing was
    published.
    """
    draft = _draft(arguments)
    made = publish_content(store, open_key_file(arguments.key_file), draft, SystemClock())
    print(f"published    version {made.version}")
    print(f"digest       {made.digest.hex()}")
    if arguments.out is not None:
        _write_out(store, made, arguments.out)
    print("Laptops take it in at their next synchronisation. Cases that were begun keep the version they have.")


def show(arguments: argparse.Namespace, store: ServerStore) -> None:
    """List what was published, the newest first; write one version to a file for a stick."""
    for one in served_organisations(store):
        if arguments.organisation not in {None, one.card.id}:
            continue
        print(f"organisation {one.card.id} {one.card.name}")
        for each in published_contents(store, one):
            logo = "with a logo" if each.logo else "without a logo"
            day = f"{each.issued:%Y-%m-%d}"
            print(f"  version {each.version:<4} {day} {each.media.value:<4} {len(each.workbook):>7} bytes, {logo}")


def write(arguments: argparse.Namespace, store: ServerStore) -> None:
    """Write a version to a file, for laptops without a network. Raises UserError `content.version_unknown`."""
    for one in served_organisations(store):
        for each in published_contents(store, one):
            if one.card.id == arguments.organisation and arguments.version in {None, each.version}:
                _write_out(store, each, arguments.out)
                return
    raise UserError("content.version_unknown")


def _draft(arguments: argparse.Namespace) -> ContentDraft:
    path: Path = arguments.workbook
    media, workbook = media_of(path.name), read_file(path, MOST_WORKBOOK_BYTES)
    problems = content_problems(workbook, media, builtin_intake(), example=arguments.example)
    for problem in problems:
        print(complaint(problem, arguments.messages))
    if problems:
        raise UserError("content.not_published")
    logo = b"" if arguments.logo is None else clean_logo(read_file(arguments.logo, _MOST_PICTURE))
    return ContentDraft(workbook, media, logo)


def _write_out(store: ServerStore, which: ContentSet, out: Path) -> None:
    digest = which.digest.hex()
    file = store.run(lambda connection: devices.content_of(connection, which.organisation, digest))
    if file is None:
        raise UserError("content.version_unknown")
    write_new_file(out, file)
    print(f"written      {out}")
