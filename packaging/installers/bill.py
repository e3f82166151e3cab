"""The bill of materials of what was laid out (CycloneDX), and the list of licences that is made of it."""

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from installers.locked import ROOT
from installers.program import fresh

_TOOLS = ROOT / "build" / "packages" / "tools"
_LOCK = ROOT / "packaging" / "build_tools.lock"


def write_bill(modules: Path, target: Path, others: tuple[dict[str, object], ...] = ()) -> None:
    """Write to `target` every package in the folder `modules` with version and licence, as CycloneDX in JSON.

    `others` are components that no package in the folder describes, such as an interpreter. The same folder gives the
    same bytes.
    """
    with tempfile.TemporaryDirectory() as scratch:
        seen = Path(scratch)
        _look_like_an_environment(modules, seen)
        made = seen / "bill.json"
        subprocess.run(  # noqa: S603  # fixed arguments
            [
                *(str(_tool()), "environment", "--output-reproducible", "--pyproject", str(ROOT / "pyproject.toml")),
                *("--output-format", "JSON", "--output-file", str(made), str(seen / "bin" / "python")),
            ],
            check=True,
            capture_output=True,
        )
        bill = json.loads(made.read_text("utf-8"))
    for component in bill["components"]:
        if not component.get("licenses"):
            component["licenses"] = [{"license": {"name": _own_words(modules, component["name"])}}]
    bill["components"] = sorted([*bill["components"], *others], key=lambda each: str(each["name"]).casefold())
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def _own_words(modules: Path, package: str) -> str:
    """Return what a package says of its licence, where the tool makes nothing of it: its field, or that it has texts.

    Raises LookupError where it says nothing at all.
    """
    name = canonicalize_name(package)
    for folder in modules.glob("*.dist-info"):
        if canonicalize_name(folder.name.partition("-")[0]) == name:
            said = message_from_bytes((folder / "METADATA").read_bytes())
            if said["License"]:
                return str(said["License"]).partition("\n")[0]
            if said["License-File"]:
                return f"the text in {folder.name}/licenses"
    raise LookupError(package)


def licences(bill: Path) -> Iterator[tuple[str, str, str]]:
    """Yield name, version and licence of each component of a bill."""
    for component in json.loads(bill.read_text("utf-8"))["components"]:
        yield component["name"], component.get("version", ""), " / ".join(_licences(component))


def _licences(component: dict[str, Any]) -> list[str]:
    found = []
    for each in component.get("licenses", []):
        one = each.get("license", {})
        name = each.get("expression") or one.get("id") or str(one.get("name", "")).partition("\n")[0]
        if not name.startswith("declared license of"):
            found.append(name.removeprefix("License :: ").removeprefix("OSI Approved :: "))
    return sorted(set(found))


def _look_like_an_environment(modules: Path, folder: Path) -> None:
    """Make `folder` look like a virtual environment with `modules` installed: the tool reads only such ones."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    base = Path(sys.executable).resolve()
    (folder / "bin").mkdir()
    (folder / "bin" / "python").symlink_to(base)
    (folder / "pyvenv.cfg").write_text(f"home = {base.parent}\ninclude-system-site-packages = false\n", "utf-8")
    (folder / "lib" / version).mkdir(parents=True)
    (folder / "lib" / version / "site-packages").symlink_to(modules.resolve())


def _tool() -> Path:
    """Return the locked tool, installed anew when its lock changed."""
    tool, done = _TOOLS / "bin" / "cyclonedx-py", _TOOLS / "installed.lock"
    if not done.is_file() or done.read_bytes() != _LOCK.read_bytes():
        venv.create(fresh(_TOOLS), with_pip=True)
        subprocess.run(  # noqa: S603  # fixed arguments
            [_TOOLS / "bin" / "python", "-m", "pip", "install", "-qq", "--require-hashes", "--requirement", _LOCK],
            check=True,
        )
        done.write_bytes(_LOCK.read_bytes())
    return tool
