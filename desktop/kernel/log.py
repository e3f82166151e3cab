"""Logging that cannot carry personal data: a record is an event name, a code and ids, nothing free.

Modules call `note(logger, "sync.pushed", rows="12")`. Values are limited to short words of letters, digits and
`._:-`; anything else is replaced by `#`, so that an answer or a name that slips in is not written down.
"""

import logging
import re
import sys
from collections.abc import Mapping
from pathlib import Path

_LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
_MOST_BYTES = 64 * 1024
_SAFE_WORD = re.compile(r"[A-Za-z0-9._:\-]{0,64}")


def note(logger: logging.Logger, event: str, **facts: str | int) -> None:
    """Log `event` with `facts`, each either a safe word or replaced by `#`."""
    logger.info("%s", _line(event, facts))


def warn(logger: logging.Logger, event: str, **facts: str | int) -> None:
    """Log as `note` does, as a warning: something is not as it should be."""
    logger.warning("%s", _line(event, facts))


def configure(*, verbose: bool) -> None:
    """Send log lines to standard error: warnings only, or all of them when `verbose`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Bare(_LINE))
    root = logging.getLogger("desktop")
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO if verbose else logging.WARNING)


def keep_warnings(path: Path) -> logging.Handler:
    """Write warnings to `path` as well, at most twice 64 KiB of them, and return the handler.

    They are what a person may hand to an administrator: event names, codes, ids and places in our own code. The text
    and the traceback of an exception never get there, even where a call asks for them.
    """
    handler = _KeptWarnings(path)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(_Bare(_LINE))
    logging.getLogger("desktop").addHandler(handler)
    return handler


class _KeptWarnings(logging.Handler):
    """Writes to a file that is rotated. `logging.handlers` brings sockets and pickle along, so it is imported late."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line."""
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(
                self._path, maxBytes=_MOST_BYTES, backupCount=1, encoding="utf-8", delay=True
            )
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def close(self) -> None:
        """Close the file, where there is one."""
        if self._file is not None:
            self._file.close()
        super().close()


class _Bare(logging.Formatter):
    """Leaves out what an exception says."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line alone."""
        return self.formatMessage(self._fill(record))

    def _fill(self, record: logging.LogRecord) -> logging.LogRecord:
        record.message = record.getMessage()
        record.asctime = self.formatTime(record)
        return record


def _line(event: str, facts: Mapping[str, str | int]) -> str:
    return " ".join([_safe(event), *(f"{key}={_safe(str(value))}" for key, value in facts.items())])


def _safe(word: str) -> str:
    return word if _SAFE_WORD.fullmatch(word) else "#"
