"""Small damage to bytes, as transport, editors and people who mean harm do it; the same for the same random source."""

import io
import random
import zipfile
from collections.abc import Callable, Sequence

TOKENS: tuple[bytes, ...] = (
    *(b"\0", b"\xff", b"\xef\xbb\xbf", b"\r", b"\n\n\n", b"|", b"| |", b",", b";", b"\t", b'"', b'""', b"'", b"\\|"),
    *(b"<", b">", b"</", b"/>", b"&", b"&amp;", b"&#0;", b"&#x110000;", b"&b;", b"<!--", b"-->", b"<![CDATA[", b"]]>"),
    *(b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<?xml version='1.0' encoding='utf-16'?>", b"<?a b?>", b"xmlns:x='y'", b"x:"),
    *(b"${", b"${a}", b"}", b"(", b")", b"[", b"]", b"//", b"..", b"::", b"@", b"*", b" or ", b" and ", b" div 0"),
    *(b"$", b"count(", b"position(", b"instance('", b"current()/", b"if(", b"regex(., '(a+)+b')", b"repeat(", b"e308"),
    *(b"pulldata('", b"jr:itext('", b"randomize(", b"indexed-repeat(", b"ancestor::", b"following::*", b"digest(''"),
    *(b"-1", b"0", b"1e309", b"NaN", b"999999999999999999999", b"1048577", b"2026-11-25", b"true", b"null", b"{}"),
    *(b"begin_repeat", b"end_group", b"select_one ", b" or_other", b"calculate", b"survey", b"choices", b"settings"),
    *(b"\xe2\x80\xae", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"\xc2\xa0", "א".encode(), "ሀ".encode()),
)
"""What breaks parsers, from all the languages a form is written in."""

_MOST = 200_000


def _flip(data: bytearray, source: random.Random, _: Sequence[bytes]) -> None:
    if data:
        data[source.randrange(len(data))] ^= 1 << source.randrange(8)


def _insert(data: bytearray, source: random.Random, _: Sequence[bytes]) -> None:
    at = source.randrange(len(data) + 1)
    data[at:at] = source.choice(TOKENS)


def _replace(data: bytearray, source: random.Random, _: Sequence[bytes]) -> None:
    at = source.randrange(len(data) + 1)
    token = source.choice(TOKENS)
    data[at : at + len(token)] = token


def _cut(data: bytearray, source: random.Random, _: Sequence[bytes]) -> None:
    at = source.randrange(len(data) + 1)
    del data[at : at + source.choice((1, 3, 10, 100))]


def _end(data: bytearray, source: random.Random, _: Sequence[bytes]) -> None:
    del data[source.randrange(len(data) + 1) :]


def _double(data: bytearray, source: random.Random, _: Sequence[bytes]) -> None:
    at = source.randrange(len(data) + 1)
    piece = bytes(data[at : at + source.choice((1, 5, 30, 300))])
    data[at:at] = piece * min(source.choice((1, 2, 10, 500)), _MOST // (len(piece) + 1))


def _move(data: bytearray, source: random.Random, _: Sequence[bytes]) -> None:
    at, length = source.randrange(len(data) + 1), source.choice((1, 10, 50))
    piece = data[at : at + length]
    del data[at : at + length]
    to = source.randrange(len(data) + 1)
    data[to:to] = piece


def _splice(data: bytearray, source: random.Random, seeds: Sequence[bytes]) -> None:
    other = source.choice(seeds)
    at = source.randrange(len(other) + 1)
    data[source.randrange(len(data) + 1) :] = other[at : at + _MOST]


_WAYS: tuple[Callable[[bytearray, random.Random, Sequence[bytes]], None], ...] = (
    *(_flip, _insert, _insert, _replace, _replace, _cut, _end, _double, _move, _splice),
)


def damaged(seeds: Sequence[bytes], source: random.Random) -> bytes:
    """Return one of `seeds` with a few pieces of damage."""
    data = bytearray(source.choice(seeds))
    for _ in range(source.choice((1, 1, 2, 3, 8))):
        source.choice(_WAYS)(data, source, seeds)
    return bytes(data[:_MOST])


def damaged_archive(seeds: Sequence[bytes], source: random.Random) -> bytes:
    """Return one of the zip archives `seeds` with damage inside one of its parts, or now and then around them."""
    if source.random() < 0.2:
        return damaged(seeds, source)
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source.choice(seeds))) as archive,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        parts = archive.namelist()
        broken = source.choice([name for name in parts if "theme" not in name])
        for name in parts:
            content = archive.read(name)
            if name == broken and source.random() < 0.1:
                continue
            made.writestr(name, damaged([content], source) if name == broken else content)
    return stream.getvalue()
