"""The outline of a form as Markdown: a heading for each section, a table of its questions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from desktop.cli.outline_texts import KINDS, RULES, TEXTS, WHOLE_LIST, heading, kind_of, total

if TYPE_CHECKING:
    from desktop.forms import Form
    from desktop.forms.script.overview import OverviewRow

_DEEPEST = 6
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|#"})


def markdown(form: "Form", entries: "Sequence[OverviewRow]", tags: Sequence[str]) -> Iterator[str]:
    """Yield the lines; a missing translation is marked in bold."""
    yield f"# {_escape(form.title or form.name)}"
    yield ""
    yield _escape(heading(form, entries, tags))
    here, is_open = "", False
    titles = {entry.number: entry for entry in entries if entry.number}
    for entry in entries:
        if entry.number:
            yield from _section(entry, tags)
            here, is_open = entry.number, False
            continue
        if entry.section != here:
            around = titles.get(entry.section)
            title = _title(around, tags) if around is not None else _escape(form.title or form.name)
            yield from ("", f"**{f'{entry.section} {title}'.lstrip()}**, continued")
            here, is_open = entry.section, False
        if not is_open:
            yield from _head(tags)
            is_open = True
        yield f"| {' | '.join(_cells(entry, tags))} |"
    yield ""
    yield total(entries)


def _title(entry: "OverviewRow", tags: Sequence[str]) -> str:
    words = entry.texts.get("label", {})
    return " / ".join(_join_languages(words, tag) for tag in tags) if words else _escape(entry.node.name)


def _section(entry: "OverviewRow", tags: Sequence[str]) -> Iterator[str]:
    yield ""
    yield f"{'#' * min(entry.depth + 2, _DEEPEST)} {entry.number} {_title(entry, tags)}"
    yield ""
    kind = ", repeat" if entry.node.kind == "repeat" else ""
    yield " · ".join([f"`{entry.node.name}`{kind}", *_facts(entry)])


def _head(tags: Sequence[str]) -> Iterator[str]:
    columns = ["name", "type", *tags, "choices", "rules and labels"]
    yield ""
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"


def _cells(entry: "OverviewRow", tags: Sequence[str]) -> Iterator[str]:
    required = ", required" if entry.rules.get("required") == "" else ""
    kind = KINDS["calculate"] if entry.node.kind == "calculate" else kind_of(entry)
    yield f"`{entry.node.name}`"
    yield f"{kind}{required}"
    for tag in tags:
        texts = ((name, entry.texts[role]) for role, name in TEXTS.items() if role in entry.texts)
        yield "<br>".join(f"{f'*{name}:* ' if name else ''}{_join_languages(words, tag)}" for name, words in texts)
    shown = entry.options[:WHOLE_LIST]
    parts = [f"`{each.value}` {' / '.join(_join_languages(each.words, tag) for tag in tags)}" for each in shown]
    more = len(entry.options) - len(shown)
    yield "<br>".join([*parts, *([f"… and {more} more"] if more else [])])
    yield "<br>".join(_facts(entry))


def _join_languages(words: Mapping[str, str | None], tag: str) -> str:
    text = words.get(tag)
    return _escape(text) if text is not None else "**no translation**"


def _facts(entry: "OverviewRow") -> Iterator[str]:
    for rule, expression in entry.rules.items():
        if expression:
            yield f"{RULES[rule]} {_code(expression)}"
    if entry.node.appearance:
        yield f"appearance {_code(entry.node.appearance)}"
    for name, text in entry.tags.items():
        yield f"{_escape(name)}: {_escape(text)}"


def _code(text: str) -> str:
    return f"`{text.replace('|', chr(92) + '|')}`"


def _escape(text: str) -> str:
    return " ".join(text.split()).translate(_MARKS)
