"""Start to first window, against the least a Qt program can do: an empty window of the same size."""

import os
import subprocess
import sys
import tempfile

from benchmarks.measure import Comparison, in_turn

ROUNDS = 8
EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.resize(1280, 800)
window.show()
app.processEvents()
window.grab()
"""


def compare() -> Comparison:
    """Start both programs `ROUNDS` times from nothing until their first window is painted, and end them."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        ours = [sys.executable, "-m", "desktop", "--data", f"{folder}/data", "--first-window"]
        empty = [sys.executable, "-c", EMPTY]
        in_turn(lambda: _run(ours, environment), lambda: _run(empty, environment), 1)
        taken, other = in_turn(lambda: _run(ours, environment), lambda: _run(empty, environment), ROUNDS)
    fairness = (
        "both are fresh processes on a warm disk with compiled Python, from the call until they ended after painting; "
        "ours also loads fonts and texts and looks for vaults"
    )
    return Comparison("Start to first window", taken, other, "empty window", fairness)


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # fixed arguments
