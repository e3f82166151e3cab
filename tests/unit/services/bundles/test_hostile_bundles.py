"""A bundle from a known device that means no good: nothing is believed that the feed would not be believed for."""

import random
from collections.abc import Callable
from dataclasses import replace as replace_directory
from pathlib import Path

import pytest
from msgspec.structs import replace

from desktop.records import SealedRow
from desktop.sync.batches import pack
from desktop.sync.bundle_records import framed
from desktop.vault.crypto.identity import DeviceIdentity
from desktop.vault.crypto.sealing import FIRST
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import RECEPTION
from protocol.errors import OpmaatError, UserError
from protocol.identifiers import OrganisationId, new_id
from protocol.limits import MOST_HELD
from protocol.messages.bundles import BundleContents
from protocol.messages.pieces import Piece, PieceSet
from protocol.messages.rows import Batch
from protocol.messages.wraps import Wrap, WrapSet
from tests.unit.records.cases import CONTEXT
from tests.unit.services.bundles.forging import CONTENTS, chain_of, forged
from tests.unit.services.bundles.sticks import judged, take
from tests.unit.services.plan_world import World
from tests.unit.vault.people import enrolled_vault


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "forged.opmaat"


def own_rows(world: World) -> Batch:
    signed = pack(world.azc.journal.outbox.rows_after(0, 5), world.azc.vault.device)
    assert signed is not None
    return signed.batch


def nothing_came(world: World) -> bool:
    return world.town.journal.dossiers() == () and world.town.journal.membership.all() == {}


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(OpmaatError) as caught:
        act()
    return caught.value.code


def test_rows_whose_signature_is_not_that_of_their_device_are_not_used(world: World, path: Path) -> None:
    azc, card = world.azc.vault, world.town.vault.membership.card
    (segment,) = own_rows(world).segments
    for bad, code in (
        (replace(segment, signature=bytes(64)), "sync.segment_not_signed"),
        (replace(segment, first=segment.first + 1), "sync.segment_not_signed"),
        (replace(segment, dossier=type(segment.dossier)(new_id())), "sync.segment_not_signed"),
    ):
        read = take(world.town, forged(path, azc, card, CONTENTS, chain_of(azc), Batch((bad,))))
        assert read.refused == {code: 1}
        assert nothing_came(world)


def test_a_device_whose_chain_is_not_here_or_of_nobody_known_is_not_believed(
    world: World, path: Path, tmp_path: Path
) -> None:
    azc, card = world.azc.vault, world.town.vault.membership.card
    read = take(world.town, forged(path, azc, card, CONTENTS, own_rows(world)))
    assert read.refused == {"trust.chain_unreadable": 1}
    stranger = enrolled_vault(tmp_path / "stranger", create_organisation("Azc Elders", RECEPTION))
    (segment,) = own_rows(world).segments
    theirs = Batch((replace(segment, device=stranger.device.id),))
    read = take(world.town, forged(path, azc, card, CONTENTS, chain_of(stranger), theirs))
    assert read.refused == {"trust.organisation_unknown": 1}
    assert nothing_came(world)


def test_keys_and_pieces_nobody_asked_for_are_not_used(world: World, path: Path) -> None:
    azc, card = world.azc.vault, world.town.vault.membership.card
    wraps = WrapSet(world.dossier, card.id, (Wrap("core", 1, b"{}"),))
    elsewhere = WrapSet(world.dossier, OrganisationId(azc.membership.card.id), (Wrap("core", 1, b"{}"),))
    piece = PieceSet(world.dossier, new_id(), (Piece(0, b"sealed"),))
    read = take(world.town, forged(path, azc, card, CONTENTS, wraps, elsewhere, piece))
    assert read.refused == {"trust.wrap_damaged": 2, "attachment.unknown": 1}
    assert nothing_came(world)


def test_a_head_that_another_signed_is_refused_before_anything_is_read(world: World, path: Path) -> None:
    azc, card = world.azc.vault, world.town.vault.membership.card
    forged(path, azc, card, CONTENTS, signer=DeviceIdentity.new())
    assert code_of(lambda: judged(world.town, path)) == "bundle.not_signed"
    forged(path, azc, card, CONTENTS, sender=card.id)
    assert code_of(lambda: judged(world.town, path)) == "bundle.not_signed"
    town = world.town.vault.membership.card
    forged(path, azc, replace(town, wrap=azc.membership.card.wrap), CONTENTS)
    assert code_of(lambda: take(world.town, path)) == "bundle.damaged"


def test_a_revoked_device_brings_nothing(world: World, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    azc, town = world.azc.vault, world.town.vault
    forged(path, azc, town.membership.card, CONTENTS)
    assert judged(world.town, path).known is None
    known = world.town.book.directory()
    assert known is not None
    later = replace_directory(known, revoked=(azc.device.id,))
    monkeypatch.setattr(type(world.town.book), "directory", lambda _book: later)
    assert code_of(lambda: judged(world.town, path)) == "trust.device_revoked"


def test_a_stream_that_is_no_list_of_messages_is_damaged(world: World, path: Path) -> None:
    azc, card = world.azc.vault, world.town.vault.membership.card
    for raw in (b"", b"\0", framed(chain_of(azc)), framed(CONTENTS) + b"\7", framed(CONTENTS) * 2):
        forged(path, azc, card, raw=raw)
        assert code_of(lambda: take(world.town, path)) == "bundle.damaged"
    assert nothing_came(world)


def test_messages_that_were_tampered_with_do_no_more_than_be_refused(world: World, path: Path) -> None:
    azc, card = world.azc.vault, world.town.vault.membership.card
    good = framed(CONTENTS) + framed(chain_of(azc)) + framed(own_rows(world))
    chance = random.Random(20261129)  # noqa: S311  # damage, no secret
    for _ in range(40):
        data = bytearray(good)
        for _ in range(chance.randrange(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if bytes(data) == good:
            continue
        try:
            read = take(world.town, forged(path, azc, card, raw=bytes(data)))
        except UserError as error:
            assert error.code == "bundle.damaged"
        else:
            assert read.rows == 0
    assert world.town.journal.dossiers() == ()


def test_numbers_without_an_end_are_refused(world: World, path: Path) -> None:
    azc, card = world.azc.vault, world.town.vault.membership.card
    many = BundleContents((), MOST_HELD * 10**6, 2**53 - 1, ())
    read = take(world.town, forged(path, azc, card, many))
    assert read.all_known


def test_rows_in_a_case_its_organisation_is_not_in_do_not_count(world: World, path: Path) -> None:
    azc, card = world.azc.vault, world.town.vault.membership.card
    case = world.town.journal.create_dossier("Yonas", ("ti",), CONTEXT)
    before = world.town.journal.passing.holdings(case)
    row = SealedRow(case, "core", 1, azc.device.id, 1, FIRST, b"\1" + bytes(40))
    signed = pack([row], azc.device)
    assert signed is not None
    read = take(world.town, forged(path, azc, card, CONTENTS, chain_of(azc), signed.batch))
    assert (read.rows, sum(read.refused.values())) == (0, 1)
    assert world.town.journal.passing.holdings(case) == before
