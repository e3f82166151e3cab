"""The catalogues: extract texts from the sources, merge them into the .po files, compile what the program reads.

    python packaging/catalogues.py update     # after a text changed: templates, then every .po
    python packaging/catalogues.py compile    # part of the set-up: .po to .mo, and the pseudo-locales
    python packaging/catalogues.py check      # every language: what is missing, what no native reader has seen

A choice of an interview has its list and its name as context (`msgctxt "gezinsvorm/alleen"`), so that two choices that
share a word in Dutch need not share it in another language.

An entry flagged `fuzzy` is a machine draft: it is shown, with a mark, until a native reader removes the flag.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from desktop.i18n.catalogue import SOURCE_LANGUAGE as DESKTOP_SOURCE_LANGUAGE
from desktop.i18n.catalogue import STATUS_ENTRY
from desktop.i18n.languages import LANGUAGES
from desktop.kernel.in_context import InContext
from packaging_texts import pseudo, workbook_texts

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
SERVER = "server"
SOURCE_LANGUAGE = {**DESKTOP_SOURCE_LANGUAGE, SERVER: "en"}
"""The language of the msgids of each domain; `server` is the administrator's page, in Dutch and English alone."""

TRANSLATED = {SERVER: ("nl",)}
"""The languages of a domain, where those are not all of the program."""

WORKBOOKS = {"intake": "desktop/forms/library", "plan": "desktop/plan/library"}
PLURAL_FORMS = {
    "nl": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "ti": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
"""Written out, because gettext and CLDR disagree on several languages."""

Message = tuple[str | tuple[str, ...], str]
"""A msgid, or a pair for a plural, and the file it stands in."""


MARKS = {**DEFAULT_KEYWORDS, "N_": None}
LOOK_UPS = {**MARKS, "text": None, "_text": None, "plural": (1, 2)}
"""Where texts stand in code: only marked, or also where a catalogue is asked for them."""


def python_texts(keywords: Mapping[str, Any], *folders: str) -> Iterator[Message]:
    """Yield the texts of all Python files below `folders` that stand in a call of one of `keywords`."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for _line, msgid, _comments, _context in extract_from_file("python", path, keywords=keywords):
                yield msgid, path.relative_to(ROOT).as_posix()


def template_texts(folder: str) -> Iterator[Message]:
    """Yield the texts of all Mako templates in `folder`."""
    for path in sorted((ROOT / folder).glob("*.html")):
        for _line, msgid, _comments, _context in extract_from_file("mako", path, keywords=LOOK_UPS):
            yield msgid, path.relative_to(ROOT).as_posix()


def domain_texts(domain: str) -> Iterator[Message]:
    """Yield all texts of one domain."""
    plan_code = ("desktop/documents", "desktop/plan")
    if domain == "app":
        others = [path.name for path in (ROOT / "desktop").iterdir() if path.is_dir()]
        yield from python_texts(
            LOOK_UPS, *(f"desktop/{name}" for name in sorted(others) if f"desktop/{name}" not in plan_code)
        )
    if domain == "plan":
        yield from python_texts(MARKS, *plan_code)
    if domain == SERVER:
        yield from python_texts(LOOK_UPS, "server/web")
        yield from template_texts("server/web/templates")
    if domain in WORKBOOKS:
        for path in sorted((ROOT / WORKBOOKS[domain]).glob("*.md")):
            for text in workbook_texts(path.read_text("utf-8")):
                yield text, path.relative_to(ROOT).as_posix()


def template(domain: str) -> Catalog:
    """Return the template of `domain`: every msgid with the files it stands in."""
    catalogue = Catalog(project="opmaat", charset="utf-8", fuzzy=False, header_comment=f"# Opmaat, domain {domain}")
    for msgid, place in domain_texts(domain):
        if msgid:
            context = msgid.context if isinstance(msgid, InContext) else None
            catalogue.add(str(msgid) if context else msgid, locations=[(place, 0)], context=context)
    return catalogue


def update() -> None:
    """Merge the texts of the sources into every .po file; new entries are empty, gone ones are dropped."""
    for domain, source in SOURCE_LANGUAGE.items():
        fresh = template(domain)
        for tag in TRANSLATED.get(domain, tuple(item.tag for item in LANGUAGES if item.tag != source)):
            path = LOCALE / tag / "LC_MESSAGES" / f"{domain}.po"
            catalogue = _read(path, tag)
            catalogue.update(fresh, no_fuzzy_matching=True)
            catalogue.obsolete.clear()
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as stream:
                write_po(stream, catalogue, width=110, sort_output=True, include_lineno=False)
            _write_plural_forms(path, tag)


def compile_all() -> None:
    """Compile every .po file, with its status inside, and make the two pseudo-locales of each domain."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        catalogue = _read(path, path.parts[-3])
        _write_compiled(catalogue, path.with_suffix(".mo"))
    for domain in SOURCE_LANGUAGE:
        for tag in ("en_XA", "ar_XB"):
            _write_compiled(pseudo(template(domain), tag), LOCALE / tag / "LC_MESSAGES" / f"{domain}.mo")


def check() -> int:
    """Print per catalogue how many texts are missing or unreviewed; return 1 when any is missing."""
    missing = 0
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        entries = [message for message in _read(path, path.parts[-3]) if message.id]
        absent = [message for message in entries if not _translated(message.string)]
        drafted = sum(message.fuzzy for message in entries)
        missing += len(absent)
        print(f"{path.relative_to(LOCALE)}: {len(entries)} texts, {len(absent)} missing, {drafted} machine-drafted")
        for message in absent[:10]:
            print(f"    {message.id!r}")
    return 1 if missing else 0


def _read(path: Path, tag: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=tag, project="opmaat", charset="utf-8", fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale=tag, abort_invalid=True)


def _write_compiled(catalogue: Catalog, path: Path) -> None:
    drafted = any(message.fuzzy for message in catalogue if message.id)
    context, msgid = STATUS_ENTRY
    catalogue.add(msgid, "machine-drafted" if drafted else "reviewed", context=context)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_mo(stream, catalogue, use_fuzzy=True)


def _translated(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _write_plural_forms(path: Path, tag: str) -> None:
    """Write the plural rule out, and leave the days of the tools out: a file changes only when a text does."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    wanted = f'"Plural-Forms: {PLURAL_FORMS[tag]}\\n"\n'
    kept = (line for line in lines if not line.startswith(('"POT-Creation-Date:', '"PO-Revision-Date:')))
    path.write_text("".join(wanted if line.startswith('"Plural-Forms:') else line for line in kept), "utf-8")


def main() -> int:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["update", "compile", "check"])
    command = parser.parse_args().command
    if command == "check":
        return check()
    update() if command == "update" else compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
