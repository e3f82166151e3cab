"""Shows every screen in turn to whoever listens on the accessibility bus, and ends with "done".

Run as `python -m tests.ui.walk.shown_to_client FOLDER` under a display and a session bus of its own. A line with the
name of each screen goes out when it is shown; the next one comes when a line is read back.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSocketNotifier

from desktop.ui.app import make_application
from tests.ui.inspection import rest
from tests.ui.walk.screens import Look, divide, reception_visits, strolling, town_visits
from tests.unit.services.plan_world import World, make_world

_LOOK = Look("ar", 125, 1280, 740)


def main() -> None:
    """Walk."""
    make_application()
    world = make_world(Path(sys.argv[1]))
    divide(world)
    _walk(world)
    world.close()
    say("done")


def _walk(world: World) -> None:
    for laptop, visits in ((world.azc, reception_visits(world)), (world.town, town_visits(world))):
        with strolling(laptop, _LOOK.tag) as stroll:
            stroll.take(_LOOK)
            for visit in visits:
                visit.go(stroll.shell)
                rest()
                say(visit.name)
                wait_for_line()
            if laptop is world.azc:
                stroll.newcomer()
                say("newcomer")
                wait_for_line()


def say(line: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def wait_for_line() -> None:
    """Let the window live until a line comes in: whoever walks the tree is answered meanwhile."""
    loop = QEventLoop()
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda *_told: loop.quit())
    loop.exec()
    notifier.setEnabled(False)
    os.read(sys.stdin.fileno(), 64)  # past the buffer: the notifier does not see what is in it


if __name__ == "__main__":
    main()
