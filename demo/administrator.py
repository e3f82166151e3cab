"""The administrator's part: a real server on a free loopback port, two organisations, an invitation each.

Everything goes through the real `opmaat-server` command, in processes of their own.
"""

import os
import re
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from demo.report import DemoFailedError

_LISTENING = re.compile(r"https?://[0-9.]+:\d+")
_FACT = re.compile(r"^(\w+)\s+(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class InvitationHandout:
    """What a new colleague is handed: a file, and apart from it a code."""

    file: Path
    code: str


class Administrator:
    """One administrator with a server; stop the server when done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._database = str(folder / "server.db")
        self._passphrase = secrets.token_urlsafe()
        self._server: subprocess.Popen[str] | None = None
        self._invitations = 0
        self.address = ""

    def start(self) -> str:
        """Start the server and return its address once it listens."""
        command = [sys.executable, "-m", "server", "serve", "--database", self._database, "--port", "0"]
        with (self.folder / "server.log").open("wb") as log:
            self._server = subprocess.Popen(  # noqa: S603  # our own program, arguments of our own
                command, stdout=subprocess.PIPE, stderr=log, text=True
            )
        for line in self._server.stdout or ():
            found = _LISTENING.search(line)
            if found:
                self.address = found.group(0)
                return self.address
        raise DemoFailedError(f"the server ended with status {self._server.wait()}")

    def stop(self) -> None:
        """End the server politely."""
        if self._server is not None:
            self._server.terminate()
            self._server.wait(timeout=20)
            self._server = None

    def create_organisation(self, name: str, kind: str) -> str:
        """Make an organisation and return its id; its key file stays with the administrator."""
        key_file = str(self._key_file(kind))
        made = self._run("organisation", "create", "--name", name, "--kind", kind, "--key-file", key_file)
        return _fact(made, "organisation")

    def introduce(self, kind: str, partner: str) -> None:
        """Let the organisation of `kind` know `partner`."""
        self._run("partner", "add", "--key-file", str(self._key_file(kind)), "--partner", partner)

    def invite(self, kind: str, person: str) -> InvitationHandout:
        """Make an invitation for `person` to the organisation of `kind`."""
        self._invitations += 1
        file = self.folder / f"invitation-{self._invitations}.opmaat"
        key_file = str(self._key_file(kind))
        asked = ("--key-file", key_file, "--server", self.address, "--person", person, "--out", str(file))
        made = self._run("invitation", "create", *asked, database=False)
        return InvitationHandout(file, _fact(made, "code"))

    def publish(self, kind: str, workbook: Path) -> str:
        """Publish a workbook with invented names for the organisation of `kind`, and return its version."""
        asked = ("--key-file", str(self._key_file(kind)), "--workbook", str(workbook), "--example")
        return _fact(self._run("content", "publish", *asked), "published")

    def status(self) -> list[str]:
        """Return what the server knows, line by line."""
        return self._run("status").splitlines()

    def stored_bytes(self) -> bytes:
        """Return everything the server has on disk."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.glob("server.db*")))

    def _key_file(self, kind: str) -> Path:
        return self.folder / f"{kind}.key"

    def _run(self, *arguments: str, database: bool = True) -> str:
        where = ("--database", self._database) if database else ()
        environment = {**os.environ, "OPMAAT_ADMINISTRATOR_PASSPHRASE": self._passphrase}
        command = [sys.executable, "-m", "server", *arguments, *where]
        done = subprocess.run(  # noqa: S603  # our own program, arguments of our own
            command, capture_output=True, text=True, env=environment, check=False
        )
        if done.returncode != 0:
            raise DemoFailedError(f"opmaat-server {arguments[0]}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout


def _fact(printed: str, name: str) -> str:
    for found in _FACT.finditer(printed):
        if found[1] == name:
            return found[2].strip()
    raise DemoFailedError(f"opmaat-server did not print a {name}")
