"""An assistive client: walks the whole tree of the program each time a line comes in, and says what it found.

Run by the system's Python, which has the binding of AT-SPI: `python3 at_client.py`. Imports nothing of Opmaat. Answers
every line with one: how many nodes, how many without a name among those that can be pressed or typed in, the roles.
"""

import sys
from typing import Any

import gi  # type: ignore[import-not-found]  # of the system's Python

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # type: ignore[import-not-found]  # noqa: E402  # the version comes first

_DEEPEST = 60
_USED = {
    Atspi.Role.PUSH_BUTTON,
    Atspi.Role.CHECK_BOX,
    Atspi.Role.RADIO_BUTTON,
    Atspi.Role.TEXT,
    Atspi.Role.ENTRY,
    Atspi.Role.COMBO_BOX,
}


def walk(node: Any, found: list[tuple[object, str, str]], depth: int = 0) -> None:  # noqa: ANN401  # of another process
    """Put every node below `node` in `found` as role, name and language."""
    if node is None or depth > _DEEPEST:
        return
    states = node.get_state_set()
    if states.contains(Atspi.StateType.SHOWING) or depth < 3:  # desktop, application, window
        found.append((node.get_role(), node.get_name() or "", node.get_object_locale() or ""))
        for place in range(node.get_child_count()):
            walk(node.get_child_at_index(place), found, depth + 1)


def application() -> Any:  # noqa: ANN401  # of another process
    """Return the program under test."""
    desktop = Atspi.get_desktop(0)
    for place in range(desktop.get_child_count()):
        each = desktop.get_child_at_index(place)
        if each is not None and "opmaat" in (each.get_name() or "").lower():
            return each
    return None


def main() -> None:
    """Answer each line."""
    Atspi.init()
    for line in sys.stdin:
        found: list[tuple[object, str, str]] = []
        walk(application(), found)
        nameless = sum(role in _USED and not name.strip() for role, name, _locale in found)
        arabic = sum(locale.startswith("ar") for _role, _name, locale in found)
        sys.stdout.write(f"{line.strip()}|{len(found)}|{nameless}|{arabic}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
