"""What a terminal gets to see: colours where somebody looks, plain text everywhere else."""

import os
import sys
from pathlib import Path
from typing import Literal

Style = Literal["good", "bad", "soft", "strong"]

_CODES: dict[Style, str] = {"good": "32", "bad": "31", "soft": "2", "strong": "1"}

_CONTROL = {
    chr(code): "\ufffd"
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F))
    if not chr(code).isspace()
}


def paint(text: str, style: Style) -> str:
    """Return `text` in a style when standard output is a terminal that wants colour (https://no-color.org)."""
    if not sys.stdout.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m"


def open_missing_streams() -> None:
    """Let what is written go nowhere where there is no output at all: Windows starts a program of its menu so."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # for as long as the process lives


def speak_utf8() -> None:
    """Let every script of the interview through, whatever the locale of the terminal says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (stream.encoding or "").lower().replace("-", "") != "utf8":
            reconfigure(encoding="utf-8", errors="backslashreplace")


def without_control(text: str) -> str:
    """Return `text` on one line and without what steers a terminal or turns the text around it.

    Joiners and isolates stay: Persian words and emoji need them.
    """
    return "".join(_CONTROL.get(each, " " if each.isspace() else each) for each in text)


def show_progress(done: int, total: int) -> None:
    """Say how far it is, in hundredths, where somebody looks."""
    if sys.stderr.isatty():
        print(f"{done * 100 // max(total, 1)} %", end="\r", file=sys.stderr, flush=True)


def end_progress() -> None:
    """Leave the line of `show_progress`."""
    if sys.stderr.isatty():
        print(file=sys.stderr)
