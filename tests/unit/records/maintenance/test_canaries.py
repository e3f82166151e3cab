"""What was planted as name, answer and passphrase is found nowhere on disk, in logs or in what a bug would print."""

import logging
from pathlib import Path

import pytest

from desktop.records import (
    HEALTH,
    AnswerGiven,
    ConflictSettled,
    HandoverStep,
    KeyDropped,
    NoteWritten,
    PlaceKept,
    PlanFieldSet,
    TranslationFlagged,
)
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import MUNICIPALITY, RECEPTION
from tests.unit.records.cases import CONTEXT, Laptop, new_laptop
from tests.unit.vault.people import PASSPHRASE

CANARY = "kanarie-7f3a"
AZC = create_organisation("AZC Haarlem", RECEPTION)
TOWN = create_organisation("Gemeente Haarlem", MUNICIPALITY)


def _work(laptop: Laptop) -> bytes:
    """Put the canary in every field a person can type in; return the raw key of the health compartment."""
    dossier = laptop.journal.create_dossier(f"{CANARY} naam", (f"{CANARY}",), CONTEXT)
    bodies = [
        AnswerGiven(f"/{CANARY}", "given", CANARY),
        NoteWritten("/a", CANARY),
        TranslationFlagged("/a", "ti", CANARY),
        PlanFieldSet(CANARY, {CANARY: CANARY}),
        HandoverStep("returned", CANARY, CANARY, CANARY),
        ConflictSettled("/a", "given", CANARY, CANARY),
        PlaceKept(f"/{CANARY}", "ti"),
    ]
    laptop.journal.append_all(dossier, bodies, CONTEXT)
    laptop.journal.append(dossier, AnswerGiven("/g", "given", CANARY), CONTEXT, HEALTH)
    laptop.vault.put("settings", {"note": CANARY})
    laptop.offer(dossier, TOWN.card, ["core", HEALTH])
    key = laptop.journal._cache.open(dossier).keyring.newest(HEALTH).key
    laptop.journal.erase(dossier, "health_key", CONTEXT, HEALTH)
    assert KeyDropped(HEALTH) in [event.body for event in laptop.journal.events(dossier)]
    return key


def test_no_canary_and_no_key_lies_on_disk_open_or_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    caplog.set_level(logging.DEBUG)
    laptop = new_laptop(tmp_path / "data", AZC)
    secrets = [CANARY.encode(), PASSPHRASE.encode(), _work(laptop), laptop.vault.device.seed]
    secrets += [laptop.vault._open.key, laptop.vault._open.contents.store, laptop.vault.membership.wraps[0]]
    _search(tmp_path, secrets)
    laptop.journal.close()
    laptop.vault.lock()
    _search(tmp_path, secrets)
    assert CANARY not in caplog.text


def test_what_a_bug_would_print_holds_no_key(tmp_path: Path) -> None:
    laptop = new_laptop(tmp_path, AZC)
    dossier = laptop.journal.create_dossier("Selam", ("ti",), CONTEXT)
    opened = laptop.journal._cache.open(dossier)
    shown = " ".join(
        repr(thing)
        for thing in (
            laptop.vault,
            laptop.vault._open,
            laptop.vault._open.contents,
            laptop.vault.membership,
            laptop.vault.device,
            AZC,
            opened,
            opened.keyring,
            opened.keyring.newest("core"),
        )
    )
    keys = [opened.keyring.newest("core").key, laptop.vault._open.key, laptop.vault.device.seed, AZC.root.seed]
    assert not any(repr(key) in shown or key.hex() in shown for key in keys)
    laptop.journal.close()


def _search(root: Path, secrets: list[bytes]) -> None:
    files = [path for path in root.rglob("*") if path.is_file()]
    assert len(files) >= 3
    for path in files:
        content = path.read_bytes()
        assert not any(secret in content or secret.hex().encode() in content for secret in secrets), path.name
        assert CANARY not in path.name
