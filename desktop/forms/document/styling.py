"""Markdown in labels and hints: what ODK documents under "Form styling", and nothing else.

Bold, italics, headings, links, line breaks, `<span style="color:…; font-family:…">`, `<p style="text-align:…">`, and a
backslash before a character that is meant itself. Everything else, other HTML included, is text as it was written.
A `${name}` place counts as one character, so what is filled in later is never taken for Markdown. No input is refused.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"'()]+", re.IGNORECASE)
"""Addresses that a link may have; the brackets of another one are text."""

_ANY = re.compile(r"[*_#\[<\\]")
_TOKEN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<place>\$\{[^\s{}]*\})"
    r"|(?P<heading>^#{1,6}[ \t]+(?=\S))"
    r"|(?P<line>\n|<br\s*/?>)"
    r"|(?P<open><(?:span|p|div)(?:\s+style\s*=\s*(?:\"[^\"<>]{0,200}\"|'[^'<>]{0,200}'))?\s*>)"
    r"|(?P<close></(?:span|p|div)\s*>)"
    r"|(?P<link>\[(?P<words>[^\[\]\n]+)\]\((?P<address>[^()\s]+)\))"
    r"|(?P<mark>\*{1,3}|_{1,3})"
    r"|(?P<text>[^\\$\n<\[*_]+|.)",
    re.IGNORECASE | re.MULTILINE,
)
_TAG = re.compile(r"</?(\w+)")
_STYLE = re.compile(r"([a-z-]+)\s*:\s*([^;\"']+)", re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]{3,20}", re.IGNORECASE)
_FAMILY = re.compile(r"[\w -]{1,40}")
_MARKS = frozenset({"*", "**", "***", "_", "__", "___"})
_ALIGNMENTS = frozenset({"left", "center", "right"})


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of text in one style. `colour` is a CSS name or `#rrggbb`; it, `family` and `link` may be ""."""

    text: str
    bold: bool = False
    italic: bool = False
    colour: str = ""
    family: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: its pieces, the level of heading it is (1 to 6, 0 for none), and "left", "center", "right" or ""."""

    pieces: tuple[TextSpan, ...] = ()
    heading: int = 0
    align: str = ""


StyledText = tuple[TextLine, ...]
"""A text with its styling; () for a text that has none."""


def plain(styled: StyledText) -> str:
    """Return the text as it is read aloud or printed: without styling, a link followed by its address."""
    return "\n".join("".join(map(_plain_text, line.pieces)) for line in styled)


def _plain_text(piece: TextSpan) -> str:
    return f"{piece.text} ({piece.link})" if piece.link and piece.link != piece.text else piece.text


def read_styled(text: str) -> StyledText:
    """Return the styling of a text as it is in the workbook; () when nothing in it is styled or escaped."""
    return _read(text) if _ANY.search(text) is not None else ()


@lru_cache(maxsize=4096)
def _read(text: str) -> StyledText:
    lines = tuple(_Reader(text).lines())
    if len(lines) == text.count("\n") + 1 and plain(lines) == text and all(map(_is_bare, lines)):
        return ()
    return lines


def filled(styled: StyledText, fill: Callable[[str], str]) -> StyledText:
    """Return the same text with `fill` applied to the text of every piece."""
    return tuple(
        replace(line, pieces=tuple(replace(piece, text=fill(piece.text)) for piece in line.pieces)) for line in styled
    )


def _is_bare(line: TextLine) -> bool:
    return not line.heading and not line.align and all(piece == TextSpan(piece.text) for piece in line.pieces)


class _Reader:
    """Pairs the marks of one text, then gives its lines. Marks pair within a line, tags over several."""

    def __init__(self, text: str) -> None:
        self._tokens = [*_TOKEN.finditer(text)]
        self._partner: dict[int, int] = {}
        self._waiting: dict[str, list[int]] = {}
        for index, token in enumerate(self._tokens):
            self._take(index, token)

    def _take(self, index: int, token: re.Match[str]) -> None:
        kind, name = token.lastgroup, _name(token)
        if kind == "line":
            for mark in _MARKS & self._waiting.keys():
                del self._waiting[mark]
        elif kind == "close":
            self._match(index, name)
        elif kind == "open" or (
            kind == "mark" and not (_may_close(token) and self._match(index, name)) and _may_open(token)
        ):
            self._waiting.setdefault(name, []).append(index)

    def _match(self, index: int, name: str) -> bool:
        """Pair the token with the last one waiting of the same name; what was opened in between stays text."""
        same = self._waiting.get(name)
        if not same or (same[-1] == index - 1 and name in _MARKS):
            return False
        partner = same[-1]
        self._partner[partner], self._partner[index] = index, partner
        for waiting in self._waiting.values():
            while waiting and waiting[-1] >= partner:
                waiting.pop()
        return True

    def lines(self) -> Iterator[TextLine]:
        """Yield the lines in order."""
        pieces: list[TextSpan] = []
        styles, aligns = [TextSpan("")], [""]
        heading, align = 0, ""
        for index, token in enumerate(self._tokens):
            partner = self._partner.get(index)
            if token.lastgroup == "line":
                yield TextLine(_join_spans(pieces), heading, align)
                pieces, heading, align = [], 0, aligns[-1]
            elif token.lastgroup == "heading":
                heading = len(token[0].split()[0])
            elif partner is None:
                pieces.append(_piece(token, styles[-1]))
            elif partner < index:
                styles.pop()
                aligns.pop()
            else:
                styles.append(_apply_token(token, styles[-1]))
                aligns.append(_alignment(token) or aligns[-1])
                align = align or aligns[-1]
        yield TextLine(_join_spans(pieces), heading, align)


def _name(token: re.Match[str]) -> str:
    tag = _TAG.match(token[0])
    return tag[1].lower() if tag is not None else token[0]


def _may_open(token: re.Match[str]) -> bool:
    text, start, end = token.string, token.start(), token.end()
    word_before = start > 0 and text[start - 1].isalnum()
    return end < len(text) and not text[end].isspace() and not (token[0][0] == "_" and word_before)


def _may_close(token: re.Match[str]) -> bool:
    text, start, end = token.string, token.start(), token.end()
    word_after = end < len(text) and text[end].isalnum()
    return start > 0 and not text[start - 1].isspace() and not (token[0][0] == "_" and word_after)


def _piece(token: re.Match[str], style: TextSpan) -> TextSpan:
    if token.lastgroup == "escape":
        return replace(style, text=token[0][1:])
    if token.lastgroup == "link" and SAFE_ADDRESS.fullmatch(token["address"]):
        return replace(style, text=token["words"], link=token["address"])
    return replace(style, text=token[0])


def _apply_token(token: re.Match[str], style: TextSpan) -> TextSpan:
    if token.lastgroup == "mark":
        count = len(token[0])
        return replace(style, bold=style.bold or count > 1, italic=style.italic or count != 2)  # noqa: PLR2004  # ** is bold
    wanted = {name.lower(): value.strip() for name, value in _STYLE.findall(token[0])}
    colour, family = wanted.get("color", ""), wanted.get("font-family", "")
    return replace(
        style,
        colour=colour.lower() if _COLOUR.fullmatch(colour) else style.colour,
        family=family if _FAMILY.fullmatch(family) else style.family,
    )


def _alignment(token: re.Match[str]) -> str:
    wanted = {name.lower(): value.strip().lower() for name, value in _STYLE.findall(token[0])}
    align = wanted.get("text-align", "")
    return align if _name(token) != "span" and align in _ALIGNMENTS else ""


def _join_spans(pieces: list[TextSpan]) -> tuple[TextSpan, ...]:
    joined: list[TextSpan] = []
    for piece in pieces:
        if joined and not piece.link and replace(joined[-1], text="") == replace(piece, text=""):
            joined[-1] = replace(piece, text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return tuple(joined)
