"""The administrator's part: a real server on a free loopback port, two organisations, an invitation each.

Everything goes through the real `opmaat-server` command, in processes of their own.
"""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from demo.report import DemoFailedError

_LISTENING = re.compile(r"https?://[0-9.]+:\d+")


def administer(*arguments: str, passphrase: str) -> str:
    """Run one `opmaat-server` command and return what it prints; raise DemoFailedError when it fails."""
    environment = {**os.environ, "OPMAAT_ADMINISTRATOR_PASSPHRASE": passphrase}
    done = subprocess.run(  # noqa: S603  # our own program, arguments of our own
        [sys.executable, "-m", "server", *arguments], capture_output=True, text=True, env=environment, check=False
    )
    if done.returncode != 0:
        raise DemoFailedError(f"opmaat-server {arguments[0]}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A municipal server in a process of its own, with its address."""

    process: subprocess.Popen[str]
    address: str

    def stop(self) -> None:
        """End the server politely and wait for it."""
        self.process.terminate()
        self.process.wait(timeout=20)


def start_server(arguments: Sequence[str]) -> RunningServer:
    """Start `opmaat-server serve` on a free port and return it once it listens."""
    process = subprocess.Popen(  # noqa: S603  # our own program, arguments of our own
        [sys.executable, "-m", "server", "serve", "--host", "127.0.0.1", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        text=True,
    )
    if process.stdout is None:
        raise DemoFailedError("the server has no output")
    for line in process.stdout:
        found = _LISTENING.search(line)
        if found:
            return RunningServer(process, found.group(0))
    raise DemoFailedError(f"the server ended with status {process.wait()}")
