"""`opmaat form show`: the interview as an outline in several languages."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from desktop.cli.form_file import WrongCallError, add_file, form_of, translations
from desktop.cli.form_show_markdown import markdown
from desktop.cli.outline_texts import KINDS, RULES, TEXTS, WHOLE_LIST, heading, kind_of, total
from desktop.cli.terminal import paint, without_control

if TYPE_CHECKING:
    from desktop.forms import Form
    from desktop.forms.script.overview import OverviewChoice, OverviewLanguage, OverviewRow


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("show", help="print the interview as an outline in several languages")
    add_file(parser)
    parser.add_argument(
        "--language", action="append", metavar="TAG", help="such as nl or ar; more than once; by default those it has"
    )
    parser.add_argument("--markdown", action="store_true", help="as Markdown, to print or to send to a translator")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print the outline; return 0, also when translations are missing: the last line says how many."""
    from desktop.forms.script.overview import overview_of

    form = form_of(asked)
    languages = languages_of(form, asked.language)
    entries = overview_of(form, languages)
    tags = [language.tag for language in languages]
    for line in markdown(form, entries, tags) if asked.markdown else _plain(form, entries, tags):
        print(line)
    return 0


def languages_of(form: "Form", asked: Sequence[str] | None) -> "tuple[OverviewLanguage, ...]":
    """Return the languages to show. Raises WrongCallError for one that neither form nor catalogues know."""
    from desktop.forms.script.overview import OverviewLanguage, own_languages

    own = own_languages(form)
    known = translations()
    found = []
    for tag in dict.fromkeys(asked or own or ("nl",)):
        translate = known(tag)
        if tag not in own and form.texts.language(tag) is None and translate is None:
            raise WrongCallError("forms.unknown_language", {"language": tag})
        found.append(OverviewLanguage(tag, translate))
    return tuple(found)


def _plain(form: "Form", entries: "Sequence[OverviewRow]", tags: Sequence[str]) -> Iterator[str]:
    yield paint(without_control(form.title or form.name), "strong")
    yield heading(form, entries, tags)
    here = ""
    titles = {entry.number: entry for entry in entries if entry.number}
    for entry in entries:
        if not entry.number and entry.section != here:
            around = titles.get(entry.section)
            title = _title(around, tags) if around is not None else without_control(form.title or form.name)
            yield from ("", f"{entry.section}  {title} (continued)".lstrip())
        here = entry.number or entry.section
        if entry.node.kind == "calculate":
            yield from _calculation(entry)
        elif entry.number:
            yield from _section(entry, tags)
        else:
            yield from _question(entry, tags)
    yield ""
    yield total(entries)


def _title(entry: "OverviewRow", tags: Sequence[str]) -> str:
    words = entry.texts.get("label", {})
    return _join_languages(words, tags[0]) if words else entry.node.name


def _section(entry: "OverviewRow", tags: Sequence[str]) -> Iterator[str]:
    yield ""
    indent = " " * (len(entry.number) + 2)
    words = entry.texts.get("label", {})
    yield f"{paint(entry.number, 'strong')}  {paint(_title(entry, tags), 'strong')}"
    for tag in tags[1:] if words else ():
        yield f"{indent}{_join_languages(words, tag)}"
    about = [entry.node.name, *([KINDS["repeat"]] if entry.node.kind == "repeat" else []), *_facts(entry)]
    yield f"{indent}{paint(without_control(' · '.join(about)), 'soft')}"


def _question(entry: "OverviewRow", tags: Sequence[str]) -> Iterator[str]:
    yield ""
    required = ["required"] if entry.rules.get("required") == "" else []
    yield f"  {paint(entry.node.name, 'strong')} · {' · '.join([kind_of(entry), *required])}"
    for role, name in TEXTS.items():
        yield from _texts(name, entry.texts.get(role, {}), tags)
    yield from _choices(entry, tags)
    for fact in _facts(entry):
        yield f"    {paint(without_control(fact), 'soft')}"


def _texts(name: str, words: Mapping[str, str | None], tags: Sequence[str]) -> Iterator[str]:
    for number, tag in enumerate(tag for tag in tags if tag in words):
        lead = name if number == 0 else " " * len(name)
        yield f"    {lead}{' ' if name else ''}{tag}  {_join_languages(words, tag)}"


def _join_languages(words: Mapping[str, str | None], tag: str) -> str:
    text = words.get(tag)
    return without_control(text) if text is not None else paint("[no translation]", "bad")


def _choices(entry: "OverviewRow", tags: Sequence[str]) -> Iterator[str]:
    shown = entry.options[:WHOLE_LIST]
    width = max((len(option.value) for option in shown), default=0)
    for option in shown:
        yield f"      {option.value:<{width}}  {_option(option, tags)}"
    if len(entry.options) > len(shown):
        yield f"      … and {len(entry.options) - len(shown)} more of the list {entry.list_name}"


def _option(option: "OverviewChoice", tags: Sequence[str]) -> str:
    return " | ".join(_join_languages(option.words, tag) for tag in tags)


def _facts(entry: "OverviewRow") -> Iterator[str]:
    for rule, expression in entry.rules.items():
        if expression:
            yield f"{RULES[rule]}: {expression}"
    if entry.node.appearance:
        yield f"appearance: {entry.node.appearance}"
    for name, text in entry.tags.items():
        yield f"{name}: {text}"


def _calculation(entry: "OverviewRow") -> Iterator[str]:
    yield ""
    yield f"  {paint(entry.node.name, 'strong')} · {KINDS['calculate']}"
    for fact in _facts(entry):
        yield f"    {paint(without_control(fact), 'soft')}"
