"""A Debian without anything, made by debootstrap, in which a package is installed and tried."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from installers.debian import RELEASES

ROOT = Path(__file__).resolve().parents[2]
MADE = ROOT / "build" / "packages"
_MIRROR = "http://deb.debian.org/debian"
_START = 'mount --bind /dev "$0/dev" && mount --bind /proc "$0/proc" && exec chroot "$@"'


@dataclass(frozen=True, slots=True)
class BareSystem:
    """A Debian of its own in the folder `root`; mounts live as long as one command."""

    root: Path

    def run(self, *command: str, user: str = "root", **environment: str) -> str:
        """Run `command` as `user` in there and return what it prints. Raises AssertionError with all of it."""
        clean = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        inside = ["runuser", "-u", user, "--", *command] if user != "root" else list(command)
        home = {} if user == "root" else {"HOME": f"/home/{user}"}
        done = subprocess.run(  # noqa: S603  # fixed arguments
            ["unshare", "--mount", "sh", "-c", _START, str(self.root), str(self.root), *inside],  # noqa: S607
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env=clean | home | environment,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def install(self, package: Path) -> str:
        """Install a package as a person would, with what it depends on from Debian."""
        shutil.copy(package, self.root / "tmp" / package.name)
        self.run("apt-get", "update", "--quiet=2")
        return self.run("apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", f"/tmp/{package.name}")  # noqa: S108  # in there


def newest_package(pattern: str, made_by: str) -> Path:
    """Return the package that the command `made_by` made last, by the pattern of its name."""
    found = sorted(MADE.glob(pattern), key=lambda path: path.stat().st_mtime)
    assert found, made_by
    return found[-1]


def system_with(package: Path, folder: Path) -> BareSystem:
    """Return a fresh system in `folder`, of the release that `package` is for, with the package installed."""
    release = next(each.name for each in RELEASES.values() if each.suffix in package.name)
    system = bare_system(release, folder)
    system.install(package)
    return system


def bare_system(release: str, folder: Path) -> BareSystem:
    """Return a fresh system of a release of Debian in `folder`; what debootstrap fetched is kept for the next one."""
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        pytest.skip("a bare Debian takes root and debootstrap")
    base = MADE / f"base-{release}"
    if not (base / "etc" / "debian_version").is_file():
        shutil.rmtree(base, ignore_errors=True)
        made = subprocess.run(  # noqa: S603  # fixed arguments
            ["debootstrap", "--variant=minbase", release, str(base), _MIRROR],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stdout[-2000:]
    root = folder / release
    subprocess.run(["cp", "--archive", "--reflink=auto", str(base), str(root)], check=True)  # noqa: S603, S607  # fixed
    shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
    system = BareSystem(root)
    system.run("useradd", "--create-home", "worker")
    return system
