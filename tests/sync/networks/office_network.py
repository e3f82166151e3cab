"""The network of an office: a certificate authority of its own, and proxies through which alone the server is reached.

Only the proxy knows where a name leads. A laptop that goes past it, or looks the name up itself, reaches nothing.
"""

import base64
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SERVER = "opmaat.example"
ADDRESS = f"https://{SERVER}:8443"
USER, PASSWORD = "bedrijf\\anna", "Zebediah:p@ss/#1"
_PIECE = 65536
_UNSEEN_SECONDS = 0.05
"""How long a byte waits for a laptop that does not look at its clock."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files in PEM: what a server shows, its key, and the authority that signed it."""

    chain: Path
    key: Path
    authority: Path


def certify(folder: Path, *names: str) -> Certificate:
    """Return a certificate for `names` of an authority that keeps few rules, as those of offices often do."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Office authority")])
    root = _certificate(root_name, root_key, root_name, root_key, x509.BasicConstraints(ca=True, path_length=None))
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    of_server = _certificate(
        subject, key, root_name, root_key, x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
    )
    made = Certificate(folder / "server.pem", folder / "server.key", folder / "authority.pem")
    made.chain.write_bytes(of_server.public_bytes(serialization.Encoding.PEM))
    made.authority.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


def _certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    signing: ec.EllipticCurvePrivateKey,
    extension: x509.ExtensionType,
) -> x509.Certificate:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(extension, critical=False)
        .sign(signing, hashes.SHA256())
    )


@contextmanager
def listening(serve: Callable[[socket.socket], None], host: str = "127.0.0.1") -> Iterator[int]:
    """Serve each caller in a thread of its own for as long as the block lasts; the port is free, on `host`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, 0), family=family)
    threads: list[threading.Thread] = []
    callers: list[socket.socket] = []

    def accept() -> None:
        with suppress(OSError):
            while True:
                caller, _ = listener.accept()
                callers.append(caller)
                threads.append(threading.Thread(target=_served, args=(serve, caller), daemon=True))
                threads[-1].start()

    threads.append(threading.Thread(target=accept, daemon=True))
    threads[0].start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for caller in callers:
            with suppress(OSError):
                caller.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join()


def _served(serve: Callable[[socket.socket], None], caller: socket.socket) -> None:
    with caller, suppress(OSError, EOFError):
        serve(caller)


def saying(answer: bytes, certificate: Certificate | None = None) -> Callable[[socket.socket], None]:
    """Return a server that says `answer` to the first head of each caller, over TLS where there is a certificate."""

    def serve(caller: socket.socket) -> None:
        _head(caller)
        caller.sendall(answer)

    return serve if certificate is None else privately(serve, certificate)


def privately(serve: Callable[[socket.socket], None], certificate: Certificate) -> Callable[[socket.socket], None]:
    """Return `serve` over TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.chain, certificate.key)

    def serve_privately(caller: socket.socket) -> None:
        with context.wrap_socket(caller, server_side=True) as private:
            serve(private)

    return serve_privately


@dataclass(slots=True)
class Gateway:
    """A proxy that brings whoever asks for `SERVER` to `port` of this machine, and refuses everything else.

    Where `wanted` is set it asks for that name and password. `asked` holds the names and ports it was asked for.
    """

    port: int
    wanted: tuple[str, str] | None = None
    asked: list[tuple[str, int]] = field(default_factory=list)

    def http(self, caller: socket.socket) -> None:
        """Speak HTTP, as most offices do: CONNECT (RFC 9110, section 9.3.6)."""
        lines = _head(caller).decode().split("\r\n")
        host, _, port = lines[0].split()[1].rpartition(":")
        given = dict(line.split(": ", 1) for line in lines[1:] if ": " in line).get("Proxy-Authorization", "")
        if self.wanted is not None:
            proof = "Basic " + base64.b64encode(":".join(self.wanted).encode()).decode()
            if given != proof:
                caller.sendall(
                    b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n'
                )
                return
        status = self._status(host, int(port))
        caller.sendall(f"HTTP/1.1 {status} x\r\n\r\n".encode())
        if status == 200:
            self._join(caller)

    def socks(self, caller: socket.socket) -> None:
        """Speak SOCKS 5 (RFC 1928, RFC 1929); every answer leaves in pieces of one byte."""
        methods = _exactly(caller, _exactly(caller, 2)[1])
        if self.wanted is not None:
            if 2 not in methods:
                _drip(caller, b"\x05\xff")
                return
            _drip(caller, b"\x05\x02")
            _exactly(caller, 1)
            given = tuple(_exactly(caller, _exactly(caller, 1)[0]).decode() for _ in range(2))
            _drip(caller, b"\x01\x00" if given == self.wanted else b"\x01\x01")
            if given != self.wanted:
                return
        else:
            _drip(caller, b"\x05\x00")
        kind = _exactly(caller, 4)[3]
        name = _exactly(caller, _exactly(caller, 1)[0]).decode() if kind == 3 else "an address"
        status = self._status(name, int.from_bytes(_exactly(caller, 2), "big"))
        code = {200: 0, 403: 2, 502: 4}[status]
        _drip(caller, bytes([5, code, 0, 3, 4]) + b"here" + bytes(2))
        if status == 200:
            self._join(caller)

    def _status(self, host: str, port: int) -> int:
        self.asked.append((host, port))
        return 403 if host != SERVER else 200 if self.port else 502

    def _join(self, caller: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self.port)) as server:
            back = threading.Thread(target=_pump, args=(server, caller), daemon=True)
            back.start()
            _pump(caller, server)
            back.join()


@dataclass(slots=True)
class Drip:
    """Says `answer` so slowly that a second passes, by the clock of the laptop, with each byte of it."""

    answer: bytes
    _looks: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    _seconds: Iterator[int] = field(default_factory=count)

    def steady(self) -> float:
        """Return what the laptop gets to see when it looks at its clock."""
        self._looks.release()
        return float(next(self._seconds))

    def serve(self, caller: socket.socket) -> None:
        """Answer the head of a request."""
        _head(caller)
        caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for each in self.answer:
            self._looks.acquire(timeout=_UNSEEN_SECONDS)
            caller.sendall(bytes([each]))


def _head(caller: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        piece = caller.recv(_PIECE)
        if not piece:
            raise EOFError
        head += piece
    return head


def _exactly(caller: socket.socket, count: int) -> bytes:
    got = b""
    while len(got) < count:
        piece = caller.recv(count - len(got))
        if not piece:
            raise EOFError
        got += piece
    return got


def _drip(caller: socket.socket, answer: bytes) -> None:
    caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for each in answer:
        caller.sendall(bytes([each]))


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(_PIECE):
            target.sendall(piece)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
