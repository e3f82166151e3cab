"""Start to first window, against the least a Qt program can do: an empty window of the same size."""

import os
import subprocess
import sys
import tempfile

from benchmarks.measure import Comparison

ROUNDS = 8
TARGET = 2.0
EMPTY = """
import sys
import time
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.resize(1280, 800)
window.show()
app.processEvents()
window.grab()
print(time.process_time(), flush=True)
"""


def compare() -> Comparison:
    """Start both programs `ROUNDS` times from nothing until their first window is painted."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        ours = [sys.executable, "-m", "desktop", "--data", f"{folder}/data", "--first-window"]
        empty = [sys.executable, "-c", EMPTY]
        figures = [(_until_painted(ours, environment), _until_painted(empty, environment)) for _ in range(ROUNDS + 1)]
    taken, other = zip(*figures[1:], strict=True)
    fairness = (
        "seconds of the processor from the start of the process until the first window is painted, on both sides; both "
        "on a warm disk with compiled Python; ours also loads fonts and texts and looks for vaults"
    )
    limit = "importing PySide6 and our own modules; drawing the first page"
    return Comparison("Start to first window", taken, other, "empty window", fairness, most=TARGET, limit=limit)


def _until_painted(command: list[str], environment: dict[str, str]) -> float:
    """Return the seconds the processor worked until the window was painted, as the program itself counted them."""
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603  # fixed
    return float(done.stdout.split()[-1])
