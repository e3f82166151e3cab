"""The Debian package of the municipal server: `python -m installers.server_deb [bookworm|trixie]`."""

import re
import sys
from functools import partial
from pathlib import Path

from installers import debian, program
from installers.bill import write_bill
from installers.debian import DebianPackage, Release
from installers.locked import ROOT, dependencies, linux, needed, read_lock, wheels

_FILES = ROOT / "packaging" / "server"
_NAME = "opmaat-server"
_SHARED = ("babel", "cryptography", "filelock", "http-message-signatures", "msgspec", "zxcvbn")
"""What the server takes of the dependencies of the desktop: signatures, messages, key files, words of its page."""

_UNITS = ("opmaat-server.service", "opmaat-server@.service", "opmaat-retention.service", "opmaat-retention.timer")
_BEGIN = """\
if [ "$1" = configure ]; then
    adduser --system --group --quiet --home /var/lib/opmaat --no-create-home opmaat-server
    install -d -o opmaat-server -g opmaat-server -m 0700 /var/lib/opmaat
    install -d -o root -g root -m 0700 /etc/opmaat
    if [ -d /run/systemd/system ]; then
        systemctl daemon-reload
        systemctl try-restart opmaat-server.service
    fi
fi
"""
_END = """\
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
    systemctl disable --now --quiet opmaat-server.service opmaat-retention.timer || true
fi
"""
_DESCRIPTION = """\
The server that reception locations and municipalities hand cases over through.
It keeps sealed bytes for laptops and can read none of them.

opmaat-server-setup makes database, organisation and first invitation, and
starts the service.
"""


def package(release: Release) -> DebianPackage:
    """Return what the package says of itself on a release of Debian."""
    compiling = debian.compiling_scripts(_NAME)
    return DebianPackage(
        name=_NAME,
        section="net",
        summary="municipal server of Opmaat, which can read nothing of what it keeps",
        description=_DESCRIPTION,
        depends=(*debian.python_packages(release), "adduser", "libc6 (>= 2.34)", "libstdc++6"),
        recommends=("nginx | caddy", "postgresql-client"),
        scripts={"postinst": compiling["postinst"] + _BEGIN, "prerm": compiling["prerm"] + _END},
    )


def lay_out(release: Release, tree: Path) -> None:
    """Lay out in `tree` all that the package installs."""
    modules = debian.modules_folder(_NAME, release, tree)
    target = linux(release.python)
    wanted = needed((*dependencies("server"), *_SHARED), target, read_lock())
    program.lay_out_wheels(wheels(wanted, target, debian.BUILD / f"wheels-{release.name}"), modules)
    program.lay_out_ours(("server", "protocol", "desktop/vault", "desktop/kernel"), modules)
    program.lay_out_texts(("server",), modules / "desktop" / "locale")
    debian.lay_out_command(_NAME, "server", release, tree)
    _lay_out_service(tree)
    share = tree / "usr/share"
    debian.write_packed(share / "man/man8/opmaat-server.8.gz", program.stamped(_FILES / "opmaat-server.8"))
    debian.write_packed(share / f"doc/{_NAME}/operations.md.gz", (ROOT / "docs/operations.md").read_text("utf-8"))
    for name in ("nginx.conf", "Caddyfile", "partition.sql"):
        program.write(share / f"doc/{_NAME}/examples" / name, (_FILES / name).read_bytes())
    bill = share / f"doc/{_NAME}/sbom.cdx.json"
    write_bill(modules, bill)
    debian.write_documentation(_NAME, tree, bill, release)


def _lay_out_service(tree: Path) -> None:
    """Lay out the units, with the command and the user of the package, and the command of the first start."""
    for name in _UNITS:
        text = (_FILES / name).read_text("utf-8").replace("/opt/opmaat/bin/opmaat-server", "/usr/bin/opmaat-server")
        text = re.sub(r"^User=.*\n", "", text, flags=re.MULTILINE)
        text = text.replace("DynamicUser=yes", "User=opmaat-server\nRemoveIPC=yes")
        program.write(tree / "usr/lib/systemd/system" / name, text.encode())
    setup = tree / "usr/sbin/opmaat-server-setup"
    program.write(setup, (_FILES / "opmaat-server-setup").read_bytes())
    setup.chmod(0o755)


def main() -> None:
    """Make the package and print where it lies, how large it is, and what it takes on a disk."""
    release = debian.RELEASES[sys.argv[1] if len(sys.argv) > 1 else "bookworm"]
    debian.make(package(release), partial(lay_out, release), release)


if __name__ == "__main__":
    main()
