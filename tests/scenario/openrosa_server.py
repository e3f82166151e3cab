"""A server that takes submissions as the OpenRosa specifications say, and refuses what they do not allow.

Written from "Form Submission API", "HTTP Requests and Responses" and "Metadata Schema" of the OpenRosa documentation;
of this project it knows nothing. Run in a process of its own: `python -m tests.scenario.openrosa_server FORM.xml`
prints its port, and keeps in memory what it accepted.
"""

import email
import sys
from dataclasses import dataclass, field
from email.policy import HTTP
from email.utils import formatdate, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

MOST = 10_000_000
_XFORMS = "{http://www.w3.org/2002/xforms}"
_OPENROSA = "{http://openrosa.org/xforms}"
_LONGEST_ID = 249


class RefusedError(Exception):
    """What is answered instead of 201."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Blank:
    """A blank form: its identity and the names of the elements it knows, by the path of names above them."""

    id: str
    version: str
    paths: frozenset[tuple[str, ...]]


@dataclass
class Server:
    """The form that is known, and the submissions that were accepted, by instanceID."""

    form: Blank
    accepted: dict[str, bytes] = field(default_factory=dict)

    def take(self, content_type: str, body: bytes) -> str:
        """Accept a submission and return a message. Raises RefusedError."""
        parts = _parts(content_type, body)
        documents = [part for part in parts if part.name == "xml_submission_file"]
        if len(documents) != 1:
            raise RefusedError(400, "exactly one XForm part is needed")
        if documents[0].type != "text/xml":
            raise RefusedError(400, "the XForm part must be text/xml")
        root = _root(documents[0].data)
        self._check_form(root)
        self._check_names(root, [part.name for part in parts if part.name != "xml_submission_file"])
        instance = _instance_id(root)
        if self.accepted.setdefault(instance, documents[0].data) != documents[0].data:
            raise RefusedError(409, "another submission has this instanceID")
        return f"{len(parts) - 1} attachments"

    def _check_form(self, root: ET.Element) -> None:
        if root.get("id") != self.form.id:
            raise RefusedError(404, "no form has this id")
        if root.get("version", root.get(f"{_OPENROSA}version", "")) != self.form.version:
            raise RefusedError(404, "the form has no such version")
        for path in _paths(root):
            if path not in self.form.paths:
                raise RefusedError(400, "the form has no such element")

    @staticmethod
    def _check_names(root: ET.Element, names: list[str]) -> None:
        values = {(element.text or "").strip() for element in root.iter() if not len(element)}
        if not set(names) <= values:
            raise RefusedError(400, "an attachment is not named in the XForm part")


@dataclass(frozen=True)
class Part:
    """One part of the envelope."""

    name: str
    type: str
    data: bytes


def _parts(content_type: str, body: bytes) -> list[Part]:
    if not content_type.startswith("multipart/form-data"):
        raise RefusedError(415, "multipart/form-data is needed")
    message = email.message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body, policy=HTTP)
    found = []
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(data, bytes):
            raise RefusedError(400, "a part has no name")
        found.append(Part(name, part.get_content_type(), data))
    return found


def _root(data: bytes) -> ET.Element:
    if b"<!DOCTYPE" in data:
        raise RefusedError(400, "no document type is allowed")
    try:
        return ET.fromstring(data)  # noqa: S314  # no document type, so nothing can expand
    except ET.ParseError as error:
        raise RefusedError(400, "the XForm part is not well-formed") from error


def _instance_id(root: ET.Element) -> str:
    ids = [
        (element.text or "").strip()
        for meta in root
        if _plain(meta.tag) == "meta"
        for element in meta
        if _plain(element.tag) == "instanceID"
    ]
    if len(ids) != 1 or not 0 < len(ids[0]) <= _LONGEST_ID or ":" not in ids[0]:
        raise RefusedError(400, "one instanceID of the form scheme:value is needed")
    return ids[0]


def _plain(tag: str) -> str:
    """Return a name without the two namespaces in which the metadata may stand."""
    return tag.removeprefix(_XFORMS).removeprefix(_OPENROSA)


def _paths(root: ET.Element) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    waiting: list[tuple[tuple[str, ...], ET.Element]] = [((_plain(root.tag),), root)]
    while waiting:
        path, element = waiting.pop()
        found.add(path)
        waiting.extend(((*path, _plain(child.tag)), child) for child in element)
    return found


def read_form(path: Path) -> Blank:
    """Return the blank form in an XForm file."""
    instance = next(ET.parse(path).iter(f"{_XFORMS}instance"))  # noqa: S314  # written by the test
    root = instance[0]
    return Blank(root.get("id", ""), root.get("version", ""), frozenset(_paths(root)))


class Handler(BaseHTTPRequestHandler):
    """Channel and envelope: HEAD, then POST, with the headers that are required."""

    protocol_version = "HTTP/1.1"
    known: Server

    def do_HEAD(self) -> None:
        """Answer 204 with how much may be sent at once ("Extended Transmission Considerations")."""
        try:
            self._check_headers()
        except RefusedError as refused:
            self._answer(refused.status, "")
            return
        self._answer(204, "")

    def do_POST(self) -> None:
        """Answer 201 with an OpenRosaResponse, or an error ("Server Response Format")."""
        body = self._body()
        try:
            self._check_headers()
            self._answer(201, self.known.take(self.headers.get("Content-Type", ""), body))
        except RefusedError as refused:
            self._answer(refused.status, str(refused))

    def _check_headers(self) -> None:
        if self.path != "/submission":
            raise RefusedError(404, "there is nothing here")
        if self.headers.get("X-OpenRosa-Version") != "1.0":
            raise RefusedError(400, "X-OpenRosa-Version is needed")
        try:
            parsedate_to_datetime(self.headers.get("Date", ""))
        except ValueError as error:
            raise RefusedError(400, "Date is needed") from error

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def _answer(self, status: int, message: str) -> None:
        inside = f"<message>{escape(message)}</message>"
        text = f'<OpenRosaResponse xmlns="http://openrosa.org/http/response">{inside}</OpenRosaResponse>'
        body = text.encode() if message else b""
        self.send_response_only(status)
        self.send_header("X-OpenRosa-Version", "1.0")
        self.send_header("X-OpenRosa-Accept-Content-Length", str(MOST))
        self.send_header("Date", formatdate(usegmt=True))
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Serve until the process is ended."""
    Handler.known = Server(read_form(Path(sys.argv[1])))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
