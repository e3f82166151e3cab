"""Signs a program for Windows with a key that the builder names: `python -m installers.windows_signing FILE`.

SIGN_CERTIFICATE and SIGN_KEY are files in PEM; SIGN_KEY may be a `pkcs11:` address of a key in a device, whose module
PKCS11_MODULE names. SIGN_PASSWORD_FILE holds the password of the key, SIGN_TIMESTAMP the address of a time stamp
server; without one the signature ends to count with its certificate.
"""

import os
import subprocess
import sys
from pathlib import Path


def is_wanted() -> bool:
    """Tell whether the builder named a key."""
    return "SIGN_KEY" in os.environ


def sign(path: Path) -> None:
    """Sign the program at `path` in its place. Raises CalledProcessError, and leaves an unsigned file as it was."""
    signed = path.with_name(f"{path.name}.signed")
    subprocess.run(["osslsigncode", "sign", *_options(), "-in", path, "-out", signed], check=True)  # noqa: S603, S607  # fixed
    signed.replace(path)


def _options() -> list[str]:
    given = os.environ
    options = ["-h", "sha256", "-n", "Opmaat", "-certs", given["SIGN_CERTIFICATE"], "-key", given["SIGN_KEY"]]
    for option, variable in (
        ("-readpass", "SIGN_PASSWORD_FILE"),
        ("-pkcs11module", "PKCS11_MODULE"),
        ("-ts", "SIGN_TIMESTAMP"),
    ):
        if given.get(variable):
            options += [option, given[variable]]
    return options


if __name__ == "__main__":
    sign(Path(sys.argv[1]))
