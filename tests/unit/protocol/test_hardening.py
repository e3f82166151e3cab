"""What the process promises of itself, shown with real processes, each beside one that did not harden itself.

Every process here runs without the privileges of root: a test run as root gives them up first (the bounding set of
capabilities(7)), because root may look into anything.
"""

import ctypes
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import places

ROOT = places.ROOT
_PR_CAPBSET_DROP = 24
_MOST_CAPABILITIES = 64
CANARY = "Zebediah-Kwamena-in-memory"

_VICTIM = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
if sys.argv[1] == "hardened":
    from protocol.hardening import harden
    done = harden()
    assert done.no_core and done.not_debuggable, done
secret = "".join(reversed({CANARY[::-1]!r}))
open("made", "w").close()
print("ready", flush=True)
sys.stdin.read()
"""


@contextmanager
def _victim(kind: str, folder: Path) -> "Iterator[subprocess.Popen[str]]":
    with subprocess.Popen(  # noqa: S603  # our own interpreter and code
        [sys.executable, "-c", _VICTIM, kind],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PLANTED": CANARY},
        preexec_fn=_careless,  # noqa: PLW1509  # before exec, in a child with one thread
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", process.communicate()
        try:
            yield process
        finally:
            process.kill()


def _step_down() -> None:
    """Give up what root may do beyond others; for anybody else there is nothing to give up."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in range(_MOST_CAPABILITIES):
            libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)


def _careless() -> None:
    """Ask for a core file and open files, so that only the hardening keeps them away.

    A shell lets what runs in the background ignore SIGQUIT, and children inherit that.
    """
    _step_down()
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    os.umask(0o022)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of its own, for what a process leaves behind."""
    place = tmp_path / "work"
    place.mkdir()
    return place


def _spy(process: int, path: str) -> str:
    """Let another process of the same user read `path` of the victim; return what came of it."""
    code = f"print(len(open('/proc/{process}/{path}', 'rb').read(1)))"
    done = subprocess.run(  # noqa: S603  # our own interpreter and code
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_step_down,
    )
    return "read" if done.returncode == 0 else done.stderr.strip().splitlines()[-1].partition(":")[0]


def _trace(process: int) -> int:
    """Let another process of the same user attach as a debugger does; return the error number, 0 when it may."""
    code = (
        "import ctypes, os\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        f"print(0 if libc.ptrace(0x4206, {process}, 0, 0) == 0 else ctypes.get_errno())\n"
    )
    done = subprocess.run(  # noqa: S603  # our own interpreter and code
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=_step_down,
    )
    return int(done.stdout)


def test_another_process_of_the_same_user_reads_neither_memory_nor_environment(folder: Path) -> None:
    with _victim("plain", folder) as victim:
        assert _spy(victim.pid, "environ") == "read"
    with _victim("hardened", folder) as victim:
        assert _spy(victim.pid, "environ") == "PermissionError"
        assert _spy(victim.pid, "mem") == "PermissionError"
        assert _spy(victim.pid, "maps") == "PermissionError"


def test_a_debugger_of_the_same_user_is_refused(folder: Path) -> None:
    with _victim("hardened", folder) as victim:
        assert _trace(victim.pid) == 1  # EPERM


@pytest.mark.parametrize("how", [signal.SIGSEGV, signal.SIGABRT, signal.SIGQUIT])
def test_a_crash_leaves_no_core(folder: Path, how: signal.Signals) -> None:
    with _victim("hardened", folder) as victim:
        victim.send_signal(how)
        status = os.waitpid(victim.pid, 0)[1]
        victim.returncode = -how
    assert os.WTERMSIG(status) == how
    assert not os.WCOREDUMP(status)
    assert [path.name for path in folder.iterdir()] == ["made"]


def test_the_test_for_cores_can_fail(folder: Path) -> None:
    """Where the system writes cores at all, one that did not harden itself leaves its memory, canary and all."""
    with _victim("plain", folder) as victim:
        victim.send_signal(signal.SIGSEGV)
        status = os.waitpid(victim.pid, 0)[1]
        victim.returncode = -signal.SIGSEGV
    cores = [path for path in folder.iterdir() if path.name != "made"]
    pattern = Path("/proc/sys/kernel/core_pattern").read_text("utf-8").strip()
    writes_here = os.WCOREDUMP(status) and not pattern.startswith(("|", "/"))
    assert bool(cores) == writes_here
    for core in cores:
        assert CANARY.encode() in core.read_bytes()


def test_files_made_after_hardening_are_private_whatever_the_umask_was(folder: Path) -> None:
    with _victim("hardened", folder):
        assert (folder / "made").stat().st_mode & 0o777 == 0o600
    (folder / "made").unlink()
    with _victim("plain", folder):
        assert (folder / "made").stat().st_mode & 0o777 == 0o644


def test_both_programs_harden_themselves_first() -> None:
    for program in ("desktop/__main__.py", "server/cli.py"):
        source = (ROOT / program).read_text("utf-8")
        main = source[source.index("def main(") :]
        statements = [line.strip() for line in main.splitlines() if line.startswith("    ") and '"""' not in line]
        assert statements[0] == "harden()"
        assert "from protocol.hardening import harden" in source


def test_no_program_writes_the_keys_of_tls_to_a_file_that_the_environment_names(folder: Path) -> None:
    code = (
        f"import os, ssl, sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from protocol.hardening import harden\n"
        "if sys.argv[1] == 'hardened': harden()\n"
        "ssl.create_default_context()"
    )
    keys = folder / "keys.log"
    for kind, left in (("hardened", False), ("plain", True)):
        subprocess.run(  # noqa: S603  # our own interpreter and code
            [sys.executable, "-c", code, kind], check=True, env={**os.environ, "SSLKEYLOGFILE": str(keys)}
        )
        assert keys.exists() == left
