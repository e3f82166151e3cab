"""Laptops of one organisation exchange their cases on sticks, without a server and without an end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.records import AnswerGiven
from desktop.services.dossier.authors import context_of
from protocol.errors import UserError
from protocol.messages.membership import MembershipStep
from tests.unit.services.bundles.sticks import give, made, offered, take
from tests.unit.services.plan_world import Laptop, World, decide, make_laptop, organisations

REF = "/brede_intake/contact/telefoon"


@pytest.fixture
def colleagues(tmp_path: Path, world: World) -> Iterator[tuple[Laptop, Laptop]]:
    """Two more laptops of the reception location."""
    azc, town = organisations()
    assert world.azc.vault.organisation_id == azc.card.id
    laptops = tuple(make_laptop(tmp_path / name, azc, town, name) for name in ("Bram", "Carla"))
    yield laptops[0], laptops[1]
    for laptop in laptops:
        laptop.services.close()


def _answer(laptop: Laptop, world: World, value: str) -> None:
    journal = laptop.journal
    context = context_of(journal.view(world.dossier), laptop.vault.person)
    journal.append(world.dossier, AnswerGiven(REF, "given", value), context)


def _answers(laptop: Laptop, world: World) -> set[str]:
    return {entry.text for entry in laptop.journal.view(world.dossier).answers[REF]}


def test_a_case_goes_from_one_laptop_to_the_next_and_answers_come_back(
    world: World, colleagues: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    anna, (bram, carla) = world.azc, colleagues
    partner = anna.services.bundles.outgoing.colleagues()
    assert (partner.organisation, partner.cases, partner.own) == (anna.vault.organisation_id, 1, True)

    read = take(bram, give(anna, bram, tmp_path / "1")[0])
    assert read.dossiers == (world.dossier,)
    assert (read.rows > 0, read.refused, read.all_known) == (True, {}, False)
    assert bram.journal.view(world.dossier).name == anna.journal.view(world.dossier).name
    assert bram.journal.compartments(world.dossier) == {"core"}

    _answer(bram, world, "06-2")
    relayed = take(carla, give(bram, carla, tmp_path / "2")[0])
    assert (relayed.refused, relayed.waiting) == ({}, 0)
    assert _answers(carla, world) == {"06-2"}
    _answer(carla, world, "06-3")
    take(anna, give(carla, anna, tmp_path / "3")[0])
    assert _answers(anna, world) == {"06-3"}
    assert anna.journal.view(world.dossier).conflicts() == ()


def test_reading_it_twice_or_on_the_laptop_that_made_it_changes_nothing(
    world: World, colleagues: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    bram, _carla = colleagues
    (path,) = give(world.azc, bram, tmp_path / "stick")
    take(bram, path)
    before = bram.journal.view(world.dossier)
    assert take(bram, path).all_known
    assert bram.journal.view(world.dossier) == before
    assert take(world.azc, path).all_known
    again = give(world.azc, bram, tmp_path / "again")
    assert take(bram, again[0]).rows == 0


def test_everything_goes_along_whatever_another_colleague_holds(
    world: World, colleagues: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    bram, carla = colleagues
    take(bram, give(world.azc, bram, tmp_path / "1")[0])
    take(world.azc, give(bram, world.azc, tmp_path / "2")[0])
    take(carla, give(world.azc, carla, tmp_path / "3")[0])
    assert carla.journal.view(world.dossier).name
    assert making_rows(world) == len(world.azc.journal.outbox.rows_after(0, 10_000))


def making_rows(world: World) -> int:
    """Return how many rows a bundle for colleagues holds."""
    own = world.azc.vault.membership.card.id
    return sum(plan.rows for plan in made(world.azc, own).plans)


def test_a_handover_that_was_said_to_one_laptop_is_known_to_the_other(
    world: World, colleagues: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    bram, _carla = colleagues
    offered(world)
    take(world.town, give(world.azc, world.town, tmp_path / "there")[0])
    world.town.services.received.receive(world.dossier)
    take(world.azc, give(world.town, world.azc, tmp_path / "back")[0])
    take(bram, give(world.azc, bram, tmp_path / "colleague")[0])
    assert bram.said(world.dossier) == world.azc.said(world.dossier)
    assert bram.said(world.dossier)[-1] is MembershipStep.RECEIVED


def test_what_is_sealed_for_the_organisation_opens_for_no_other(
    world: World, colleagues: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    bram, _carla = colleagues
    decide(world.azc, world.dossier)
    (path,) = give(world.azc, bram, tmp_path / "stick")
    with pytest.raises(UserError, match=r"bundle\.other_recipient"):
        take(world.town, path)


def test_a_laptop_without_cases_has_nothing_to_give(colleagues: tuple[Laptop, Laptop]) -> None:
    bram, carla = colleagues
    assert bram.services.bundles.outgoing.colleagues().cases == 0
    with pytest.raises(UserError, match=r"bundle\.nothing_shared"):
        made(bram, carla.vault.membership.card.id)
