"""Somebody with a browser before the administrator's page of a real server, and what a page is looked through for."""

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import httpx

from tests.sync.machines import ServerProcess
from tests.sync.page.invented import NAME, PASSPHRASE

SHOWN = ("/", "/handovers", "/devices", "/organisations", "/instructions")
"""The pages that are shown to who is signed in."""

_VOID = frozenset({"meta", "link", "input", "br", "img"})
_SVG_ALONE = frozenset({"circle", "path", "rect"})
_TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')


def address_of(server: ServerProcess) -> str:
    """Return where the page of `server` is, from its log."""
    lines = [json.loads(line) for line in server.log.read_text("utf-8").splitlines()]
    return f"http://127.0.0.1:{next(line['port'] for line in lines if line['event'] == 'page.shown')}"


def visitor(address: str, languages: str = "nl") -> httpx.Client:
    """Return a browser without a screen: it keeps cookies and follows nothing by itself."""
    return httpx.Client(base_url=address, headers={"Accept-Language": languages}, trust_env=False, timeout=60)


def token_in(page: httpx.Response) -> str:
    """Return the token of the form of a page."""
    found = _TOKEN.search(page.text)
    assert found is not None, page.text
    return found[1]


def sign_in(client: httpx.Client, name: str = NAME, passphrase: str = PASSPHRASE) -> httpx.Response:
    """Fill the form in and send it."""
    fields = {"token": token_in(client.get("/sign-in")), "name": name, "passphrase": passphrase}
    return client.post("/sign-in", data=fields)


def read(client: httpx.Client, path: str = "/") -> str:
    """Return a page that has to be shown, looked through, as one line of text."""
    page = client.get(path)
    assert page.status_code == 200, page.text
    return looked_through(page.text).words


def server_with_page(database: str, log: Path, *more: str) -> ServerProcess:
    """Start a server that shows the page at a free port."""
    server = ServerProcess(database, log, more=("--admin-listen", "127.0.0.1:0", *more))
    server.start()
    return server


@dataclass(slots=True)
class LookedThrough:
    """What is in a page: ids, references, headings, fields, and its text."""

    ids: list[str] = field(default_factory=list)
    referred: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    labelled: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    language: str = ""
    title: str = ""
    text: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Return the text in one line."""
        return " ".join(" ".join(self.text).split())


def looked_through(page: str) -> LookedThrough:
    """Return what is in `page`, which must be well-formed and hold what WCAG 2.2 asks of its structure."""
    assert page.startswith("<!doctype html>\n"), page[:40]
    found = _Reader(convert_charrefs=True)
    found.feed(page)
    found.close()
    seen = found.seen
    assert found.open == [], found.open
    assert seen.language in {"nl", "en"}
    assert seen.title
    assert len(seen.ids) == len(set(seen.ids)), seen.ids
    assert set(seen.referred) <= set(seen.ids), seen.referred
    assert {name for name in seen.anchors if name} <= set(seen.ids), seen.anchors
    assert set(seen.fields) == set(seen.labelled)
    assert seen.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(seen.headings, seen.headings[1:], strict=False))
    return seen


class _Reader(HTMLParser):
    """Reads a page strictly: what is opened is closed in order, and nothing else is."""

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.open: list[str] = []
        self.seen = LookedThrough()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert len(given) == len(attrs), (tag, attrs)
        assert not given.keys() & {"style", "onclick", "onload"}, attrs
        assert tag not in {"script", "style", "iframe", "object"}
        self._look(tag, given)
        if tag not in _VOID and not (tag in _SVG_ALONE and "svg" in self.open):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in self.open, tag
        del attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        if "title" in self.open:
            self.seen.title += data.strip()
        else:
            self.seen.text.append(data)

    def _look(self, tag: str, given: dict[str, str]) -> None:
        seen = self.seen
        seen.ids += [given["id"]] if "id" in given else []
        seen.referred += [
            word for name in ("aria-labelledby", "aria-describedby") for word in given.get(name, "").split()
        ]
        seen.language = given["lang"] if tag == "html" else seen.language
        seen.headings += [int(tag[1])] if tag in {"h1", "h2", "h3"} else []
        seen.labelled += [given["for"]] if tag == "label" else []
        seen.fields += [given["id"]] if tag == "input" and given.get("type") != "hidden" else []
        seen.anchors += [given["href"][1:]] if tag == "a" and given["href"].startswith("#") else []
        for name in ("href", "src", "action"):
            assert given.get(name, "/").startswith(("/", "#")), given
