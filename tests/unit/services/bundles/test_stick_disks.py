"""The whole exchange on the disks that sticks have: exFAT and FAT, mounted as on a desk (needs root and the tools)."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services.bundles.bundle_files import LARGEST_PART
from protocol.errors import UserError
from tests.unit.services.bundles.sticks import give, going_on, made, offered, take
from tests.unit.services.plan_world import World

MEBIBYTE = 1024 * 1024
TOOLS = {"exfat": ("mkfs.exfat", "mount.exfat-fuse"), "vfat": ("mkfs.vfat", "fusefat")}


@pytest.fixture(params=TOOLS)
def stick(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Return where a stick of 40 MiB is mounted."""
    make, mount = (shutil.which(tool) for tool in TOOLS[request.param])
    if make is None or mount is None or os.geteuid() != 0 or not Path("/dev/fuse").exists():
        pytest.skip("no tools here to make and mount such a disk")
    image, place = tmp_path / "image", tmp_path / "mounted"
    with image.open("wb") as disk:
        disk.truncate(40 * MEBIBYTE)
    place.mkdir()
    run(make, image)
    loop = run("losetup", "-f", "--show", image) if request.param == "exfat" else ""
    run(mount, *((loop,) if loop else ("-o", "rw+", image)), place)
    assert place.is_mount()
    yield place
    run("umount", place)
    if loop:
        run("losetup", "-d", loop)


def run(*command: str | Path) -> str:
    """Run a command and return the first word it printed."""
    done = subprocess.run([str(each) for each in command], check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout.split()[0] if done.stdout.strip() else ""


@pytest.mark.disks
def test_a_case_goes_over_and_back_on_the_disk_of_a_stick(world: World, stick: Path) -> None:
    offered(world)
    paths = give(world.azc, world.town, stick, 30_000)
    assert len(paths) > 2
    read = take(world.town, paths[1])
    assert (read.refused, read.waiting) == ({}, 0)
    world.town.services.bundles.incoming.receive(read.dossiers)
    (receipt,) = give(world.town, world.azc, stick)
    assert len(take(world.azc, receipt).answered) == 1

    before = sorted(stick.iterdir())
    outgoing = world.azc.services.bundles.outgoing
    again = outgoing.seal(made(world.azc, world.town.vault.membership.card.id, everything=True), LARGEST_PART)
    stop = going_on()

    def progress(done: int, total: int) -> None:
        stop.wanted = done < total

    with pytest.raises(UserError, match=r"bundle\.cancelled"):
        outgoing.write(again, stick, progress, stop)
    assert sorted(stick.iterdir()) == before
