"""Disks that fail for real: a small one that fills up, and one whose power is cut. Both need root."""

import errno
import fcntl
import os
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_SHUTDOWN = (2 << 30) | (4 << 16) | (ord("X") << 8) | 125
"""`_IOR('X', 125, __u32)`: the shutdown of ext4 and xfs (linux/fs/ext4/ext4.h)."""
_WITHOUT_FLUSH = 2
_SMALL = "3m"
_IMAGE_BYTES = 16 * 1024 * 1024
_BLOCK = 4096


@contextmanager
def small_disk() -> Iterator[Path]:
    """Yield a disk of three megabytes."""
    with _folder() as place:
        _run("mount", "-t", "tmpfs", "-o", f"size={_SMALL},mode=0700", "opmaat", str(place))
        try:
            yield place
        finally:
            _run("umount", str(place))


@contextmanager
def filled(place: Path) -> Iterator[None]:
    """Leave not one byte on the disk of `place` for as long as this lasts."""
    ballast = place.parent / "ballast"
    descriptor = os.open(ballast, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        for size in (256 * _BLOCK, _BLOCK, 1):
            _fill(descriptor, size)
        yield
    finally:
        os.close(descriptor)
        ballast.unlink()


class PowerDisk:
    """A file system of its own in a file, whose power can be cut and comes back with `restart`."""

    def __init__(self, image: Path, place: Path) -> None:
        self._image = image
        self.place = place

    def make(self) -> None:
        """Make it, empty, and turn it on."""
        with self._image.open("wb") as stream:
            stream.truncate(_IMAGE_BYTES)
        _run("mkfs.ext4", "-q", "-F", "-O", "^metadata_csum_seed", str(self._image))
        self.on()

    def on(self) -> None:
        """Turn it on."""
        _run("mount", "-o", "loop", str(self._image), str(self.place))

    def off(self) -> None:
        """Turn it off in good order, or after a power cut."""
        _run("umount", str(self.place))


def cut_power(place: Path) -> None:
    """Cut the power of the disk that `place` lies on: what was not flushed is gone."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        fcntl.ioctl(descriptor, _SHUTDOWN, struct.pack("I", _WITHOUT_FLUSH))
    finally:
        os.close(descriptor)


@contextmanager
def power_disk() -> Iterator[PowerDisk]:
    """Yield a disk that is on."""
    with _folder() as image, _folder() as place:
        disk = PowerDisk(image / "disk", place)
        disk.make()
        try:
            yield disk
        finally:
            disk.off()


@cache
def no_disks() -> str:
    """Return what keeps such disks from being made here, blank when they can be."""
    if os.geteuid() != 0:
        return "only root may mount disks"
    try:
        with small_disk(), power_disk() as disk:
            cut_power(disk.place)
    except (OSError, subprocess.CalledProcessError) as error:
        return f"disks cannot be mounted here ({type(error).__name__})"
    return ""


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="opmaat-disk-") as name:
        yield Path(name)


def _fill(descriptor: int, size: int) -> None:
    try:
        while True:
            os.write(descriptor, bytes(size))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # tools of the system, fixed arguments
