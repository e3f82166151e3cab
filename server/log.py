"""Structured log lines: ids, codes and numbers, one JSON object a line, never a name or a content."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

_FOREIGN = ("uvicorn", "asyncio", "sqlalchemy", "alembic")
_SAFE_WORD = re.compile(r"[A-Za-z0-9_.:/{}\-]{0,80}")


def note(logger: logging.Logger, event: str, **facts: str | int) -> None:
    """Log `event` with `facts`; a fact that is not a safe word or a number becomes `#`."""
    kept = {name: fact if isinstance(fact, int) else _safe(fact) for name, fact in facts.items()}
    logger.info("%s", json.dumps({"event": event, **kept}, separators=(",", ":")))


def configure() -> None:
    """Send the server's own log lines to standard error, with their time."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    logger = logging.getLogger("server")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logging.raiseExceptions = False  # else a line that cannot be written is, with what it was about
    foreign = logging.StreamHandler(sys.stderr)
    foreign.setFormatter(ForeignLines())
    for name in _FOREIGN:
        other = logging.getLogger(name)
        other.handlers[:] = [foreign]
        other.setLevel(logging.WARNING)
        other.propagate = False


class ForeignLines(logging.Formatter):
    """Keeps of what a library says where, how grave, and the kind of exception: its words may hold what was sent."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, one JSON object."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "none"
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        facts = {"time": moment, "level": record.levelname.lower(), "event": "library", "place": record.name}
        return json.dumps({**facts, "line": f"{record.module}:{record.lineno}", "kind": kind}, separators=(",", ":"))


class _Lines(logging.Formatter):
    """Puts time and level in front of the facts, inside the same JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        facts = json.loads(record.getMessage())
        return json.dumps({"time": moment, "level": record.levelname.lower(), **facts}, separators=(",", ":"))


def _safe(word: str) -> str:
    return word if _SAFE_WORD.fullmatch(word) else "#"
