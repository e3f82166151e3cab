"""DUO's PIP interface over HTTPS with the certificate of the municipality: what is sent, and what every answer means.

Source: DUO, `gemeente-m2m-inburgering`, README.md and API/PIP/openapi.yml 1.2.0. The citizen service number is part of
the address there; it is never logged here, nor put in an error. One request is made once: a POST whose answer did not
come may have been taken.
"""

import logging
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from uuid import uuid4

import httpx

from desktop.plan.pip.duo_message import (
    LARGEST_ANSWER,
    DuoMunicipality,
    DuoPip,
    errors_from_bytes,
    known_from_bytes,
    to_bytes,
)
from protocol.errors import EnvironmentProblem, UserError

TIMEOUT = httpx.Timeout(connect=10, read=30, write=30, pool=10)
_OIN = re.compile(r"[0-9]{20}")
_OK, _CREATED, _BAD, _FORBIDDEN, _NOT_FOUND, _SERVER_ERROR = 200, 201, 400, 403, 404, 500


@dataclass(frozen=True, slots=True)
class DuoAccess:
    """Where DUO is (`https://host:port`), who asks, whom (OIN of 20 digits), and with which files of TLS.

    `authority` is the root of PKIoverheid that DUO's certificate chains to; None takes the system's.
    """

    address: str
    source: str
    target: str
    certificate: Path | None = None
    key: Path | None = None
    authority: Path | None = None


class DuoConnection:
    """Implements `desktop.services.pip.duo_sending.DuoConnector`.

    Raises EnvironmentProblem `duo.unreachable`, `duo.failed`, `duo.not_private`, `duo.certificate_unreadable`, and
    UserError `duo.oin_wrong`, `duo.refused` with DUO's reasons, `duo.not_understood`, `duo.person_unknown`,
    `duo.answer_damaged`.
    """

    def __init__(self, access: DuoAccess, new_id: Callable[[], str] = lambda: str(uuid4())) -> None:
        if not (_OIN.fullmatch(access.source) and _OIN.fullmatch(access.target)):
            raise UserError("duo.oin_wrong")
        for logger in ("httpx", "httpcore"):  # they write addresses, in which numbers of people stand
            logging.getLogger(logger).setLevel(logging.WARNING)
        self._access = access
        self._new_id = new_id
        self._http = httpx.Client(
            base_url=f"{_private(access.address)}/v1",
            timeout=TIMEOUT,
            follow_redirects=False,
            trust_env=False,
            verify=_tls(access),
        )

    def close(self) -> None:
        """End the connection."""
        self._http.close()

    def read(self, bsn: str) -> DuoMunicipality | None:
        """Return the PIP that DUO knows now, None where it knows none."""
        status, content = self._ask("GET", bsn)
        if status == _NOT_FOUND:
            return None
        self._expect(status, _OK, content)
        return known_from_bytes(content)

    def register(self, bsn: str, message: DuoPip) -> None:
        """Register `message`; on return DUO has it."""
        status, content = self._ask("POST", bsn, to_bytes(message))
        self._expect(status, _CREATED, content)

    def withdraw(self, bsn: str) -> None:
        """Take back the PIP that stands."""
        status, content = self._ask("DELETE", bsn)
        self._expect(status, _OK, content)

    def _ask(self, method: str, bsn: str, body: bytes = b"") -> tuple[int, bytes]:
        message_id = self._new_id()
        headers = {"bron": self._access.source, "doel": self._access.target, "berichtId": message_id}
        if body:
            headers["content-type"] = "application/json"
        try:
            with self._http.stream(method, f"/personen/{bsn}/PIP", headers=headers, content=body or None) as answer:
                content = _read(answer)
        except httpx.TransportError:
            raise EnvironmentProblem("duo.unreachable") from None
        if answer.is_success and answer.headers.get("berichtId", message_id) != message_id:
            raise UserError("duo.answer_damaged")
        return answer.status_code, content

    @staticmethod
    def _expect(status: int, wanted: int, content: bytes) -> None:
        if status == wanted:
            return
        if status == _FORBIDDEN:
            reasons = errors_from_bytes(content) if content else ()
            raise UserError("duo.refused", {"reasons": " ".join(reasons)})
        if status >= _SERVER_ERROR:
            raise EnvironmentProblem("duo.failed", {"status": str(status)})
        codes = {_BAD: "duo.not_understood", _NOT_FOUND: "duo.person_unknown"}
        raise UserError(codes.get(status, "duo.answer_damaged"))


def _read(answer: httpx.Response) -> bytes:
    found = bytearray()
    for piece in answer.iter_bytes():
        found += piece
        if len(found) > LARGEST_ANSWER:
            raise UserError("duo.answer_damaged")
    return bytes(found)


def _private(address: str) -> str:
    """Return `address` where nobody on the way reads along: over TLS, or this very machine."""
    try:
        url = httpx.URL(address.rstrip("/"))
        here = url.host == "localhost" or ip_address(url.host).is_loopback
    except (httpx.InvalidURL, ValueError):
        here = False
    if not address.startswith("https://") and not here:
        raise EnvironmentProblem("duo.not_private")
    return address.rstrip("/")


def _tls(access: DuoAccess) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=access.authority)
        if access.certificate is not None:
            context.load_cert_chain(access.certificate, access.key)
    except (OSError, ssl.SSLError):
        raise EnvironmentProblem("duo.certificate_unreadable") from None
    return context
