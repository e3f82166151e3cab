"""Rows kept in tests/vectors, of every kind and version ever written, still fold to the same view."""

import json
from typing import Any

from desktop.records import CLAIM_VOID, CLAIM_WAITS, Event, SealedRow, empty, fold_all
from desktop.records.dossiers.keyring import DossierKey, Keyring
from desktop.records.dossiers.streams import Replay, replay
from desktop.records.events.kinds import BODIES
from desktop.records.store.table_rows import stored
from desktop.vault.crypto.sealing import row_digest
from protocol.identifiers import DeviceId, DossierId
from tests import places
from tests.unit.records import decoder

GOLDEN: Any = json.loads((places.VECTORS / "journal/rows_v1.json").read_text("utf-8"))
KEY = bytes.fromhex(GOLDEN["key"])
CLAIMS: Any = json.loads((places.VECTORS / "journal/claims_v1.json").read_text("utf-8"))


def _row(value: dict[str, Any]) -> SealedRow:
    row = SealedRow(
        dossier=DossierId(value["dossier"]),
        compartment=value["compartment"],
        epoch=value["epoch"],
        device=DeviceId(value["device"]),
        sequence=value["sequence"],
        previous=bytes.fromhex(value["previous"]),
        sealed=bytes.fromhex(value["sealed"]),
        checksum=bytes.fromhex(value["digest"])[:8],
    )
    assert row_digest(row.header, row.sealed).hex() == value["digest"]
    return row


def test_rows_of_version_1_give_the_view_they_gave() -> None:
    rows = [_row(value) for value in GOLDEN["rows"]]
    keys = Keyring(DossierKey(name, epoch, KEY) for name in ("core", "health") for epoch in (1, 2))
    result = Replay()
    found = replay(rows[0].dossier, [stored(row) for row in rows], keys, result)
    events = [event for event in found if isinstance(event, Event)]
    assert result.broken == {}
    assert {event.body.KIND for event in events} == set(BODIES)
    view = fold_all(empty(rows[0].dossier), events)
    assert (view.name, view.languages) == ("Selam", ("ti", "en"))
    assert view.answers["/intake/gezin/kind[ab12cd34]/geboren"][0].source == "document"
    assert view.answers["/intake/werk"][0].note == "nagevraagd"
    assert view.notes["/intake/werk"][0].text == "wil graag koken ሰላም"
    assert view.plan["week"][0].value == [{"day": 0, "part": "morning", "label": "taal"}, None, True]
    assert view.repeats == {"/intake/gezin/kind": ()}
    assert view.handover[0].body.moment == "2026-12-01T10:00"
    assert view.later == {"/intake/werk"}
    assert view.checklist == {"uitgelegd": True}
    assert [event.sequence for event in events if event.warnings] == [7]
    assert view.newer == 0
    assert [(each.body.organisation, each.body.name) for each in view.contacts] == [("azc Duinrand", "J. de Vries")]
    assert [(each.body.language, each.body.content[:4]) for each in view.frozen_plans] == [("ti", "abab")]
    assert [entry.value["due"] for entry in view.tasks["3f9a1c2e"]] == ["2026-12-01"]  # type: ignore[call-overload,index]
    assert [each.body.text for each in view.messages] == ["Selam heeft donderdag les ሰላም\nkan het vrijdag?"]
    assert view.progress["a1b2c3d4"][0].event.body.to_json()["said"] == "Ik begrijp de dokter."
    assert [view.progress[f"a1b2c3d{each}"][0].status for each in "56"] == ["given", "cleared"]


def test_what_was_said_to_be_seen_in_version_1_counts_as_it_did() -> None:
    rows = [_row(value) for value in CLAIMS["rows"]]
    result = Replay()
    keyring = Keyring([DossierKey("core", 1, bytes.fromhex(CLAIMS["key"]))])
    view = fold_all(empty(rows[0].dossier), replay(rows[0].dossier, [stored(row) for row in rows], keyring, result))
    assert [entry.value for entry in view.answers["/intake/woonplaats"]] == CLAIMS["stands"]
    codes = {CLAIM_VOID: "void", CLAIM_WAITS: "waits"}
    doubts = [
        [each.device, each.sequence, each.about, each.claim.sequence, codes[each.code]]
        for each in result.claims.doubtful()
    ]
    assert sorted(doubts) == sorted(claim for claim in CLAIMS["claims"] if claim[-1] != "true")


def test_a_second_reader_judges_what_was_said_to_be_seen_alike() -> None:
    hashes = {
        (bytes.fromhex(row["dossier"]), bytes.fromhex(row["device"]), row["sequence"]): bytes.fromhex(row["digest"])
        for row in CLAIMS["rows"]
    }
    events = [{**row, "claims": json.loads(row["plaintext"])["s"]} for row in CLAIMS["rows"]]
    assert [claim for event in events for claim in decoder.judge_claims(event, hashes)] == CLAIMS["claims"]
