"""A client of assistive technology walks the tree of every screen: nothing ends, everything has a name and a language.

Needs a display and AT-SPI of the system; where these cannot be had the test is left out and says so.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import places

SYSTEM_PYTHON = "/usr/bin/python3"
FEW = 15
_BINDING = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"


def _missing() -> str:
    tools = [tool for tool in ("Xvfb", "dbus-run-session") if shutil.which(tool) is None]
    asked = subprocess.run([SYSTEM_PYTHON, "-c", _BINDING], capture_output=True, check=False)  # noqa: S603  # ours
    bus = any(Path(place).exists() for place in ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core"))
    binding = ["gir1.2-atspi-2.0 and python3-gi"] if asked.returncode else []
    return ", ".join([*tools, *binding, *([] if bus else ["at-spi2-core"])])


@pytest.mark.long
def test_a_client_walks_every_screen_and_the_program_lives_on(tmp_path: Path) -> None:
    missing = _missing()
    if missing:
        pytest.skip(f"not walked with an assistive client, for want of: {missing}")
    done = subprocess.run(  # noqa: S603  # our own interpreter and module
        ["dbus-run-session", "--", sys.executable, "-m", "tests.ui.walk.client_session", str(tmp_path / "world")],  # noqa: S607
        cwd=places.ROOT,
        env={**os.environ, "HOME": str(tmp_path), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    screens = [line.split("|") for line in done.stdout.decode().splitlines() if "|" in line]
    assert len(screens) > 20  # every page and every kind of card
    assert [name for name, nodes, _nameless, _arabic in screens if int(nodes) < FEW] == []
    assert [name for name, _nodes, nameless, _arabic in screens if int(nameless)] == []
    assert [name for name, _nodes, _nameless, arabic in screens if not int(arabic)] == []
