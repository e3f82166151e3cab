"""By which workbook a case goes: the one it was begun with, until a person switches, and never an invented one."""

import re
from pathlib import Path

import pytest

from desktop.documents.bilingual import Bilingual
from desktop.documents.meta import DocumentMeta
from desktop.documents.plan_data import plan_data
from desktop.i18n import load_catalogue
from desktop.services.accounts.case_file import read_case
from desktop.services.accounts.practice import fill_practice
from desktop.services.content.known_content import KnownContent
from desktop.services.content.workbooks import AREA
from desktop.services.plan.plan_parts import PlanView
from protocol.errors import UserError
from protocol.identifiers import DossierId
from protocol.times import today
from tests.content import content
from tests.unit.services.handover.test_handover_service import send
from tests.unit.services.plan_world import (
    CASE,
    REGION,
    Laptop,
    World,
    add_organisation,
    decide,
    open_world,
    organisations,
    publish,
)

OTHER = (
    REGION.read_text("utf-8").replace("Werk: taal en werk samen", "Werk: samen aan de slag").replace("| 15 |", "| 9 |")
)
AZC_ROOT = 0


def _newer(world: World, version: int = 2) -> None:
    publish(world.azc.vault, organisations()[AZC_ROOT], OTHER.encode(), version)


def _forget(laptop: Laptop) -> None:
    for path in (laptop.vault.directory / "contents").iterdir():
        path.unlink()


def _route(view: PlanView) -> str:
    assert view.plan.region_route is not None
    return view.plan.region_route.label.dutch


def _blocking(view: PlanView) -> list[str]:
    return [item.code for item in view.plan.missing if item.blocking]


def test_a_case_keeps_its_version_until_a_person_switches_and_undo_brings_it_back(world: World) -> None:
    plan, dossier = world.azc.services.plan, world.dossier
    decide(world.azc, dossier)
    _newer(world)
    view = plan.view(dossier)
    assert (view.workbook.state, view.workbook.version, view.workbook.newer) == ("own", 1, 2)
    assert {change.kind for change in view.workbook.changes} >= {"route"}
    assert _route(view) == "Werk: taal en werk samen"
    view = plan.switch_workbook(dossier).view
    assert (view.workbook.version, view.workbook.newer, _route(view)) == (2, 0, "Werk: samen aan de slag")
    view = plan.undo(dossier).view
    assert (view.workbook.version, view.workbook.newer, _route(view)) == (1, 2, "Werk: taal en werk samen")


def test_a_new_case_takes_the_newest_version(world: World) -> None:
    _newer(world)
    case, _changes = world.azc.services.caseload.begin("Amina", ("ar",))
    standing = world.azc.services.plan.view(case).workbook
    assert (standing.state, standing.version, standing.newer, standing.changes) == ("own", 2, 0, ())


def test_a_signed_version_is_the_same_by_any_workbook(world: World) -> None:
    plan, dossier = world.azc.services.plan, world.dossier
    decide(world.azc, dossier)
    plan.sign(dossier, "person", "Luwam Voorbeeld", "op het scherm")
    signed = plan.versions(dossier).newest
    assert signed is not None
    _newer(world)
    assert plan.versions(dossier).standing is not None
    plan.switch_workbook(dossier)
    history = plan.versions(dossier)
    assert history.newest is not None
    assert (history.newest.frozen.text, history.newest.signatures) == (signed.frozen.text, signed.signatures)
    assert history.standing is None


def test_a_version_that_is_not_here_blocks_signing_and_says_so(world: World) -> None:
    decide(world.azc, world.dossier)
    _forget(world.azc)
    world.close()
    again = open_world(world.azc.vault.directory.parent.parent, world.dossier)
    view = again.azc.services.plan.view(world.dossier)
    assert (view.workbook.state, view.workbook.version) == ("not_here", 1)
    assert _blocking(view)[0] == "plan.workbook_not_here"
    with pytest.raises(UserError, match=r"content\.none"):
        again.azc.services.plan.switch_workbook(world.dossier)
    publish(again.azc.vault, organisations()[AZC_ROOT], REGION.read_bytes())
    assert again.azc.services.plan.view(world.dossier).workbook.state == "own"
    again.close()


def test_a_workbook_for_another_interview_is_left_alone(world: World) -> None:
    publish(
        world.azc.vault, organisations()[AZC_ROOT], OTHER.replace("| 2026.1 | Regio", "| 2031.1 | Regio").encode(), 2
    )
    assert KnownContent(world.azc.vault).newest() is not None
    standing = world.azc.services.plan.view(world.dossier).workbook
    assert (standing.version, standing.newer) == (1, 0)
    here = world.azc.services.content.here()
    assert here is not None
    assert (here.version, here.unusable) == (1, 2)


def test_a_case_of_another_organisation_goes_by_ones_own_newest_once_it_is_accepted(world: World) -> None:
    own = world.town.vault.organisation_id
    send(world)
    received = world.town.services.received
    received.receive(world.dossier)
    assert world.town.services.plan.view(world.dossier).workbook.state == "own"
    assert f"{AREA}/{own}" not in world.town.journal.view(world.dossier).plan
    received.accept(world.dossier)
    assert f"{AREA}/{own}" in world.town.journal.view(world.dossier).plan


def _everything_said(laptop: Laptop, dossier: DossierId) -> str:
    plan = laptop.services.plan.plan(dossier, "ti")
    texts = Bilingual(load_catalogue("nl", "plan"), load_catalogue("ti", "plan"))
    return repr(plan_data(plan, texts, DocumentMeta("OP-1", "AZC"))) + repr(plan)


def invented() -> set[str]:
    """Return every name, number and date that stands in the invented region."""
    text = REGION.read_text("utf-8")
    marked = re.findall(r"[^|]+ \(voorbeeld\)", text)
    names = {each.strip().removesuffix(" (voorbeeld)") for each in marked}
    names |= {name.removeprefix("Gemeente ").removeprefix("azc ") for name in names}
    return names | set(re.findall(r"020 000 00 \d\d", text)) | {"Woonzorg De Linde"}


def test_no_invented_name_reaches_a_document_of_a_real_organisation(world: World, tmp_path: Path) -> None:
    real = add_organisation(world, tmp_path / "real", "Gemeente Hollands Kroon", "municipality")
    _forget(real)
    fill_practice(real.journal, content().form, [read_case(CASE.read_bytes(), today(real.clock))], "Fleur Bakker")
    case = real.journal.dossiers()[0]
    decide(real, case)
    said = _everything_said(real, case)
    assert len(real.services.plan.plan(case).goals) > 5
    assert {name for name in invented() if name in said and name not in CASE.read_text("utf-8")} == set()
    assert real.services.plan.view(case).workbook.state == "none"
    real.close()
