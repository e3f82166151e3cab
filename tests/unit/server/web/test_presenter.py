"""From the report to what stands on the pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from protocol.canonical import canonical_bytes
from server.web.handovers import OpenHandover
from server.web.presenter import Presenter
from server.web.report import Report, ReportedDevice, ReportedOrganisation, Room
from server.web.texts import PageLanguages
from tests.named_chains import named_chain

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
DAY = 86400
AZC, TOWN = "a" * 32, "b" * 32
ROOM = Room(
    dossiers=6_000_000_000, attachments=32_000_000_000, database=38_000_000_000, disk_free=62 * 10**9, disk_total=10**11
)
CHAIN = canonical_bytes(named_chain("Anna de Boer").to_json())
DUTCH = PageLanguages().choose("nl")


def _device(
    number: int, days: int, *, organisation: str = AZC, revoked: int | None = None, seen: bool = True
) -> ReportedDevice:
    then = int(NOW.timestamp()) - days * DAY
    return ReportedDevice(
        f"{number:032x}", organisation, CHAIN, then - DAY if seen else then, then if seen else None, revoked
    )


def _organisation(
    identifier: str, name: str, *devices: ReportedDevice, kind: str = "reception"
) -> ReportedOrganisation:
    return ReportedOrganisation(identifier, name, kind, devices, 1000, 0, NOW - timedelta(days=9))


def _handover(days: float | None, number: int = 1) -> OpenHandover:
    return OpenHandover(f"{number:032x}", AZC, TOWN, "fetching", None if days is None else NOW - timedelta(days=days))


def _shown(
    organisations: Sequence[ReportedOrganisation] = (), handovers: Sequence[OpenHandover] = (), backup: int | None = 0
) -> Presenter:
    made = None if backup is None else int(NOW.timestamp()) - backup * DAY
    return Presenter(DUTCH, Report(organisations, handovers, 5, ROOM, made), NOW)


def test_a_handover_stands_still_after_three_days_and_the_longest_comes_first() -> None:
    shown = _shown(handovers=[_handover(3), _handover(8, 2), _handover(2.99, 3), _handover(0, 4)])

    assert [(row["days"], row["accent"]) for row in shown.stuck()] == [("8 dagen", True), ("3 dagen", False)]
    assert shown.running() == 2


def test_a_day_that_a_laptop_got_wrong_hides_no_handover() -> None:
    shown = _shown(handovers=[_handover(None), _handover(-400, 2), _handover(-0.5, 3)])

    assert [(row["days"], row["since"]) for row in shown.stuck()] == [(None, None), (None, None)]
    assert shown.running() == 1


def test_a_handover_names_organisations_and_a_case_number_only() -> None:
    towns = [_organisation(AZC, "azc Duinrand"), _organisation(TOWN, "Waterrijk", _device(1, 5, organisation=TOWN))]
    known, unknown = _shown(towns, [_handover(4)]), _shown((), [replace(_handover(4), dossier="broken")])

    (row,) = known.stuck()
    assert (row["number"], row["sender"], row["recipient"], row["contact"]) == (
        "OP-0000-0000",
        "azc Duinrand",
        "Waterrijk",
        "19 nov",
    )
    (row,) = unknown.stuck()
    assert (row["number"], row["recipient"], row["contact"]) == ("broken", "bbbbbbbb", None)


def test_devices_stand_by_their_silence_and_the_longest_silent_asks_for_somebody() -> None:
    devices = [_device(1, 0), _device(2, 40), _device(3, 31), _device(4, 60, revoked=int(NOW.timestamp()) - DAY)]
    rows = _shown([_organisation(AZC, "azc Duinrand", *devices)]).devices()

    assert [(row["days"], row["silent"], row["accent"], row["revoked"]) for row in rows] == [
        ("40 dagen", True, True, None),
        ("31 dagen", True, False, None),
        (None, False, False, None),
        ("60 dagen", False, False, "gisteren"),
    ]


def test_a_device_is_known_by_who_works_with_it() -> None:
    nameless = replace(_device(2, 2), chain=b"damaged")
    rows = _shown([_organisation(AZC, "azc Duinrand", _device(1, 3), nameless)]).devices()

    assert [row["subject"] for row in rows] == ["Anna de Boer", ""]


def test_a_device_that_only_joined_says_so() -> None:
    (row,) = _shown([_organisation(AZC, "azc Duinrand", _device(1, 2, seen=False))]).devices()

    assert (row["contact"], row["enrolled"]) == ("niet sinds het aanmelden", "22 nov")


def test_organisations_stand_by_kind_and_name_with_what_was_used() -> None:
    revoked = _device(2, 9, revoked=1)
    rows = _shown(
        [
            _organisation(TOWN, "Waterrijk", kind="municipality"),
            _organisation(AZC, "azc Duinrand", _device(1, 3), revoked),
        ]
    ).organisations()

    assert [(row["name"], row["kind"], row["devices"], row["revoked"], row["contact"]) for row in rows] == [
        ("azc Duinrand", "opvanglocatie", "1 apparaat", 1, "21 nov"),
        ("Waterrijk", "gemeente", "0 apparaten", 0, None),
    ]
    assert [(row["invitations"], row["last_invitation"]) for row in rows] == [(2, "14 nov"), (0, None)]


def test_room_is_told_of_a_disk_that_is_here_and_of_a_database_elsewhere() -> None:
    here = _shown().room()
    elsewhere = replace(_shown().report, room=replace(ROOM, disk_free=None, disk_total=None))

    assert (here["percent"], here["ours"], here["total"]) == (38, 38.0, "100\N{NO-BREAK SPACE}GB")
    assert Presenter(DUTCH, elsewhere, NOW).room()["percent"] is None


def test_one_sentence_stands_above_all_and_the_gravest_wins() -> None:
    azc = _organisation(AZC, "azc Duinrand")
    damaged, old = replace(azc, damaged=2), replace(azc, directory_signed=NOW - timedelta(days=91))
    full = replace(_shown([azc]).report, room=replace(ROOM, disk_free=10**10))

    said = [_shown([azc]).attention(), _shown([]).attention(), _shown([], backup=None).attention()]
    assert said == [None, None, None]
    assert _command(_shown([damaged], backup=9)) == ("2 regels zijn beschadigd.", "restored")
    assert _command(Presenter(DUTCH, full, NOW)) == ("De schijf is voor 90 % vol. Maak ruimte.", None)
    assert _command(_shown([azc], backup=3)) == ("De laatste twee dagen is er geen kopie gemaakt.", "backup")
    assert _command(_shown([azc], backup=None)) == ("De laatste twee dagen is er geen kopie gemaakt.", "backup")
    assert _command(_shown([old])) == ("De adreslijst van azc Duinrand is oud.", "directory")
    assert _command(_shown([replace(azc, directory_signed=None)])) == (
        "De adreslijst van azc Duinrand is oud.",
        "directory",
    )


def _command(shown: Presenter) -> tuple[str, object]:
    row = shown.attention()
    assert row is not None
    words = str(row["words"])
    return words.partition(" Laptops gaan door")[0], row["command"]
