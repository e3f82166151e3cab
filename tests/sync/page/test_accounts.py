"""The commands about accounts of the administrator's page."""

import os
import subprocess
from collections.abc import Callable

import pytest

from tests import warm
from tests.sync.page.invented import NAME, PASSPHRASE

GIVEN = {"OPMAAT_PAGE_PASSPHRASE": PASSPHRASE}


@pytest.fixture
def account(new_database: Callable[[], str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs `administrator …` over one database."""
    database = new_database()

    def run(verb: str, *more: str, **how: object) -> subprocess.CompletedProcess[str]:
        return warm.run("server", "administrator", verb, "--database", database, *more, **how)  # type: ignore[arg-type]

    return run


def test_an_account_is_made_listed_and_removed(account: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    made = account("create", "--name", NAME, environment=GIVEN)
    again = account("create", "--name", NAME, environment=GIVEN)
    listed = account("list").stdout
    removed = account("remove", "--name", NAME)
    gone = account("remove", "--name", NAME)

    assert made.returncode == 0, made.stderr
    assert listed.startswith(f"administrator {NAME}, made 2")
    assert removed.returncode == 0
    assert "[server.administrator_exists]" in again.stderr
    assert "[server.administrator_unknown]" in gone.stderr
    assert account("list").stdout == ""


def test_the_passphrase_is_asked_twice_and_said_nowhere(
    account: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    # Without a terminal of its own the process reads what is typed, with a warning that it can be seen.
    made = account("create", "--name", NAME, typed=f"{PASSPHRASE}\n{PASSPHRASE}\n", before=os.setsid)
    differs = account("create", "--name", "ander", typed=f"{PASSPHRASE}\n{PASSPHRASE} \n", before=os.setsid)

    assert made.returncode == 0, made.stderr
    assert "[server.passphrase_differs]" in differs.stderr
    assert PASSPHRASE not in made.stdout + made.stderr + differs.stderr


def test_a_passphrase_is_never_an_argument(account: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = account("create", "--name", NAME, "--passphrase", PASSPHRASE)

    assert done.returncode == 2


@pytest.mark.parametrize(
    ("name", "passphrase", "code"),
    [
        (NAME, "veertien teken", "server.passphrase_short"),
        (NAME, "", "server.passphrase_empty"),
        ("Anna de Vries", PASSPHRASE, "server.administrator_name"),
        ("", PASSPHRASE, "server.administrator_name"),
        ("x" * 65, PASSPHRASE, "server.administrator_name"),
    ],
)
def test_what_cannot_be_an_account_is_refused(
    account: Callable[..., subprocess.CompletedProcess[str]], name: str, passphrase: str, code: str
) -> None:
    done = account("create", "--name", name, environment={"OPMAAT_PAGE_PASSPHRASE": passphrase})

    assert f"[{code}]" in done.stderr
