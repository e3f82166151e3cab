"""A display, the program on it and a client that walks its tree, screen by screen; prints what the client found.

Run as `python -m tests.ui.walk.client_session FOLDER` inside a session bus; its exit status is that of the program.
"""

import os
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_ROUNDS = 2
"""How often the client walks each screen."""


def main() -> int:
    """Let the client walk each screen as it is shown."""
    reading, writing = os.pipe()
    with subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24"], pass_fds=[writing]) as x:  # noqa: S603, S607
        try:
            display = os.read(reading, 16).decode().strip()
            return _session({**os.environ, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"})
        finally:
            x.terminate()


def _session(environment: dict[str, str]) -> int:
    shown = [sys.executable, "-m", "tests.ui.walk.shown_to_client", sys.argv[1]]
    program = subprocess.Popen(shown, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
    client = subprocess.Popen(  # noqa: S603
        ["/usr/bin/python3", str(_HERE / "at_client.py")],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with program, client:
        for line in program.stdout or ():
            if line == "done\n":
                break
            for _ in range(_ROUNDS):
                answer = _ask(client, line)
            sys.stdout.write(answer)
            _tell(program, "\n")
        client.terminate()
    return program.returncode


def _ask(client: "subprocess.Popen[str]", line: str) -> str:
    _tell(client, line)
    return client.stdout.readline() if client.stdout is not None else ""


def _tell(process: "subprocess.Popen[str]", line: str) -> None:
    if process.stdin is not None:
        process.stdin.write(line)
        process.stdin.flush()


if __name__ == "__main__":
    sys.exit(main())
