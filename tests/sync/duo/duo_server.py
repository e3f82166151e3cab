"""A small DUO for tests, built from its published description alone: it shares no code with what is tested.

Facts from `gemeente-m2m-inburgering` (README.md of 11 Jun 2026, API/PIP/openapi.yml 1.2.0).
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

_PATH = re.compile(r"/v1/personen/(\d{9})/PIP")
_VALUES: dict[str, set[str]] = {
    "leerroute": {"B", "O", "Z"},
    "niveau": {"A2", "B1"},
    "indicatorAlfabetiseringsonderwijs": {"A", "AA", "NVT"},
}


@dataclass
class DuoState:
    """What DUO knows of one person, and what it was asked. `answer` overrides every answer: status and body."""

    bsn: str = "123456782"
    asylum: bool = True
    duty_began: str = "2026-01-01"
    settled: str = "2026-01-01"
    term_set: bool = False
    course_hours: int = 0
    pips: list[dict[str, Any]] = field(default_factory=list)
    requests: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    answer: tuple[int, bytes] | None = None
    echo: str = ""

    def refusals(self, pip: dict[str, Any]) -> list[str]:
        """Return why a PIP is not registered, in the order of the README."""
        day, route, level = pip["dagtekeningPip"], pip["leerroute"], pip.get("niveau")
        found = []
        if day < self.duty_began:
            found.append("De datum dagtekening ligt voor de start van de inburgeringsplicht.")
        if any(day < each["dagtekeningPip"] for each in (*self.pips[:1], *self.pips[-1:])):
            found.append("De datum dagtekening ligt voor een eerdere dagtekening.")
        if day < self.settled:
            found.append("De datum dagtekening ligt voor de vestiging.")
        if (route, level) in {("O", "A2"), ("Z", "B1")} or ((route, level) == ("B", "A2") and not self.pips):
            found.append("Het niveau past niet bij de leerroute.")
        if "geschatteIntensiteitB1Route" in pip and not (route == "B" and self.asylum):
            found.append("De intensiteit mag alleen bij de B1-route en asiel.")
        return found


def _is_described(pip: object) -> bool:
    if not isinstance(pip, dict) or not {"dagtekeningPip", "leerroute"} <= pip.keys():
        return False
    hours, school = pip.get("geschatteIntensiteitB1Route", 1), pip.get("indicatorMagOpleidingAfmaken", False)
    return (
        bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(pip["dagtekeningPip"])))
        and all(pip[name] in values for name, values in _VALUES.items() if name in pip)
        and type(hours) is int
        and 1 <= hours <= 9999
        and isinstance(school, bool)
    )


class DuoHandler(BaseHTTPRequestHandler):
    """Answers for one `state`, which a subclass names."""

    state: ClassVar[DuoState]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Say which PIP stands."""
        if self._may_go_on("") and self.state.pips:
            self._say(200, {"gemeentecode": "0243", "pip": self.state.pips[-1]})
        elif self.state.answer is None:
            self._say(404)

    def do_POST(self) -> None:
        """Register a PIP."""
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        if not self._may_go_on(body):
            return
        pip = json.loads(body)
        reasons = self.state.refusals(pip) if _is_described(pip) else []
        if not _is_described(pip):
            self._say(400)
        elif reasons:
            self._say(403, [{"fouttekst": each} for each in reasons])
        else:
            self.state.pips.append({"niveau": "B1", **pip} if pip["leerroute"] != "Z" else pip)
            self._say(201)

    def do_DELETE(self) -> None:
        """Take the PIP back."""
        if not self._may_go_on(""):
            return
        if self.state.term_set or self.state.course_hours:
            self._say(403, [{"fouttekst": "De inburgeringstermijn is al vastgesteld."}])
        else:
            self.state.pips.pop()
            self._say(200)

    def _may_go_on(self, body: str) -> bool:
        self.state.requests.append((self.command, dict(self.headers.items()), body))
        if self.state.answer is not None:
            self._send(*self.state.answer)
            return False
        path = _PATH.fullmatch(self.path)
        oins = [self.headers.get(name, "") for name in ("bron", "doel")]
        if not all(re.fullmatch(r".{20}", each) for each in oins) or "berichtId" not in self.headers:
            self._say(400)
            return False
        if path is None or path[1] != self.state.bsn:
            self._say(404)
            return False
        return True

    def _say(self, status: int, value: object = None) -> None:
        self._send(status, b"" if value is None else json.dumps(value).encode())

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("API-Version", "1.2.0")
        self.send_header("berichtId", self.state.echo or self.headers.get("berichtId", ""))
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def running(state: DuoState) -> Iterator[str]:
    """Serve `state` on this machine, and return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Served", (DuoHandler,), {"state": state}))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
