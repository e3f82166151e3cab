"""The modules of the desktop program, the same on every system: locked wheels, our own packages, texts, cases."""

from pathlib import Path

from installers import program
from installers.locked import Target, dependencies, needed, read_lock, wheels


def lay_out_desktop(target: Target, downloads: Path, modules: Path) -> None:
    """Lay out in `modules` what the program imports on `target`; its wheels are fetched into `downloads`."""
    wanted = needed(dependencies(), target, read_lock())
    program.lay_out_wheels(wheels(wanted, target, downloads), modules)
    program.lay_out_ours(("desktop", "protocol"), modules)
    program.lay_out_texts(("app", "intake", "plan"), modules / "desktop" / "locale")
    program.lay_out_cases(modules / "desktop" / "demo")
