"""`python -m tests.fuzz`: fuzz the form engine for as long as one likes, and print what was run.

    python -m tests.fuzz --seconds 600 --seed 7 --target xlsx

Exits with 1 when something crashed or hung. What broke is kept in build/fuzz, one file for each failure.
"""

import argparse
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random
from types import FrameType

from desktop.i18n.messages import all_messages
from protocol.errors import OpmaatError
from tests.fuzz.targets import Target, targets

KEPT = Path("build/fuzz")
_SLOW = 20
"""Seconds after which an input hangs."""
_REMARKABLE = 2.0
"""Seconds after which the slowest input of a target is kept, to be looked at."""
_MOST_KEPT = 20


class _HungError(BaseException):
    """An input took too long; no handler of errors catches it."""


def _hang(_: int, __: FrameType | None) -> None:
    raise _HungError


def _outcome(target: Target, data: bytes) -> str:
    """Return `fine`, the code of the error, or `BROKEN …` with what was raised instead."""
    signal.alarm(_SLOW)
    try:
        found = target.run(data)
        codes = [problem.code for problem in found] if isinstance(found, tuple) else []
        unknown = next((code for code in codes if code not in all_messages()), None)
        return f"BROKEN no message for {unknown}" if unknown else f"told {codes[0]}" if codes else "fine"
    except OpmaatError as error:
        return error.code if error.code in all_messages() else f"BROKEN no message for {error.code}"
    except _HungError:
        return f"BROKEN hangs: {traceback.format_exc(limit=-3)}"
    except Exception as error:  # noqa: BLE001  # anything else is what is looked for
        return f"BROKEN {type(error).__name__}: {traceback.format_exc(limit=-3)}"
    finally:
        signal.alarm(0)


def _keep(name: str, data: bytes) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / name.replace(" ", "-")
    path.write_bytes(data)
    return path


def _fuzz(name: str, target: Target, seconds: float, seed: int) -> int:
    source, counts, until, slowest = Random(seed), Counter[str](), time.monotonic() + seconds, 0.0  # noqa: S311  # repeatable
    broken: set[str] = set()
    while time.monotonic() < until:
        data = target.damage(target.seeds, source)
        began = time.monotonic()
        outcome = _outcome(target, data)
        took = time.monotonic() - began
        if took > max(slowest, _REMARKABLE):
            _keep(f"{name}-slowest", data)
        slowest = max(slowest, took)
        counts[outcome.partition("\n")[0]] += 1
        if outcome.startswith("BROKEN") and outcome not in broken and len(broken) < _MOST_KEPT:
            broken.add(outcome)
            print(f"{_keep(f'{name}-{seed}-{len(broken)}', data)}: {outcome}")
    print(f"{name}: {counts.total()} inputs, seed {seed}, slowest {slowest:.2f} s")
    for outcome, count in counts.most_common():
        print(f"    {count:7} {outcome}")
    return len(broken)


def main() -> int:
    """Fuzz the chosen targets in turn, each for its part of the time."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long, all targets together")
    parser.add_argument("--seed", type=int, default=1, help="another number is another set of inputs")
    parser.add_argument("--target", choices=sorted(targets()), action="append", help="one target only; may be repeated")
    asked = parser.parse_args()
    signal.signal(signal.SIGALRM, _hang)
    chosen = asked.target or list(targets())
    broken = sum(_fuzz(name, targets()[name], asked.seconds / len(chosen), asked.seed) for name in chosen)
    print(f"{broken} failures" if broken else "nothing broke")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
