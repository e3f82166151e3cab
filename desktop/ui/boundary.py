"""The one place where every exception is caught: between the work and the screen.

Foreseen errors pass through. Anything else is a bug: it is logged by its type and place alone, because its text may
hold an answer, and becomes the coded message `ui.unexpected`. Nothing saved is lost by it.
"""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from desktop.kernel.log import warn
from protocol.errors import EnvironmentProblem, OpmaatError

_LOGGER = logging.getLogger(__name__)
_FRAMES = 6

T = TypeVar("T")


def attempt(operation: Callable[[], T]) -> T | OpmaatError:
    """Return what `operation` returns, or the error that tells the person what went wrong.

    It catches what does not derive from Exception as well: libraries in Rust raise `pyo3_runtime.PanicException`, and a
    thread that ends by one would leave everything after it undone.
    """
    try:
        return operation()
    except OpmaatError as error:
        return error
    except BaseException as error:  # noqa: BLE001  # the boundary: the one broad handler of the application
        return unexpected(error)


def unexpected(error: BaseException) -> OpmaatError:
    """Log a bug by type and place, without its text, and return the message for the person."""
    warn(_LOGGER, "ui.unexpected", type=type(error).__name__, **_places(error.__traceback__))
    return EnvironmentProblem("ui.unexpected", {"type": type(error).__name__})


def watch_slots(report: Callable[[OpmaatError], None]) -> None:
    """Send what escapes from Qt slots to `report`, on the thread where it happened (the screen's)."""

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(type(error), error, None)
            return
        report(error if isinstance(error, OpmaatError) else unexpected(error))

    sys.excepthook = hook


def _places(trace: TracebackType | None) -> dict[str, str]:
    """Return where it was raised, and through which places it came: names of files and numbers of lines."""
    frames: list[str] = []
    while trace is not None:
        frames.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    last = frames[-_FRAMES:][::-1] or ["unknown"]
    return {"place": last[0], **{f"from{number}": frame for number, frame in enumerate(last[1:], start=1)}}
