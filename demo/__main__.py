"""`make demo`: the main job from the first invitation to the accepted case, on the real screens and a real server."""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from demo.report import DemoFailedError, Steps

ROOT = Path(__file__).resolve().parent


def main() -> int:
    """Run the demonstration; the exit status is 0 only when every step ended as it must."""
    asked = _parser().parse_args()
    if "DISPLAY" not in os.environ and "WAYLAND_DISPLAY" not in os.environ:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from demo.demonstration import Demonstration

    out: Path = asked.out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    steps = Steps()
    with tempfile.TemporaryDirectory(prefix="opmaat-demo-") as folder:
        play = Demonstration(steps, asked.case.read_bytes(), Path(folder), out, pace=asked.pace)
        try:
            play.run()
        except DemoFailedError as error:
            play.picture_failure()
            print(f"\nThe demonstration failed at {error}", file=sys.stderr)
            return 1
        finally:
            play.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--case", type=Path, default=ROOT / "case_haarlem.json", help="the invented case to play")
    parser.add_argument("--out", type=Path, default=Path("build/demo"), help="where plan, report and pictures go")
    parser.add_argument("--pace", type=float, default=0.0, help="seconds to wait after each act, to watch it")
    return parser


if __name__ == "__main__":
    sys.exit(main())
