"""The Windows program and its installer: `python -m installers.windows`."""

import os
from pathlib import Path

from installers import program, windows_installer, windows_runtime
from installers.bill import licences, write_bill
from installers.desktop_modules import lay_out_desktop
from installers.locked import ROOT
from installers.locked import windows as windows_target
from installers.windows_runtime import Runtime

BUILD = ROOT / "build" / "packages"
_FILES = ROOT / "packaging" / "windows"
_HELD = """\
Opmaat {version}
Copyright: Opmaat maintainers
Licence: EUPL-1.2, whose text stands in LICENSE.txt beside this file.

The program holds these programs of others. Their own texts lie in the .dist-info folders below lib, and that of the
interpreter in runtime\\LICENSE.txt:

"""


def build_version(runtime: Runtime) -> str:
    """Return the version that the installed program says it has: a test build says that it is one."""
    return program.version() + ("+test.build" if runtime.is_test else "")


def lay_out(runtime: Runtime, tree: Path) -> None:
    """Lay out in `tree` all that is installed: interpreter, modules, command, icon, licences."""
    modules = tree / "lib"
    lay_out_desktop(windows_target(runtime.python), BUILD / f"wheels-windows-{runtime.python}", modules)
    windows_runtime.lay_out(runtime, tree / "runtime")
    _lay_out_documents(runtime, modules, tree / "doc")
    program.lay_out_about(build_version(runtime), modules)
    command = (_FILES / "opmaat.cmd").read_text("utf-8")
    program.write(tree / "opmaat.cmd", command.replace("\n", "\r\n").encode())
    windows_installer.draw_icon(tree / "opmaat.ico")
    program.settle(tree)


def _lay_out_documents(runtime: Runtime, modules: Path, folder: Path) -> None:
    bill = folder / "sbom.cdx.json"
    write_bill(modules, bill, (windows_runtime.component(runtime),))
    held = "".join(f"  {each} {version}: {licence}\n" for each, version, licence in licences(bill))
    text = _HELD.format(version=build_version(runtime)) + held
    program.write(folder / "licences.txt", text.replace("\n", "\r\n").encode())
    program.write(folder / "LICENSE.txt", (ROOT / "LICENSE").read_bytes())


def main() -> None:
    """Make the installer and print where it lies, how large it is, and what it takes on a disk."""
    runtime = windows_runtime.read_runtime(BUILD / "wheels-windows-runtime")
    tree = program.fresh(BUILD / "opmaat-windows")
    lay_out(runtime, tree)
    made = windows_installer.build(tree, build_version(runtime), BUILD, quick="COMPRESSION" in os.environ)
    size, installed = made.stat().st_size / 1e6, program.size(tree) / 1e6
    print(f"{made.relative_to(ROOT)}: {size:.1f} MB, installed {installed:.1f} MB")


if __name__ == "__main__":
    main()
