"""A case goes to the municipality on a stick and its receipt comes back on one, without any network."""

from pathlib import Path

from desktop.records import HEALTH
from desktop.services.interview.attachments import take_in
from tests.unit.media.samples import pdf
from tests.unit.services.attaching import attach
from tests.unit.services.bundles.sticks import give, judged, offered, take
from tests.unit.services.plan_world import World


def test_a_case_goes_over_with_health_and_attachments_and_the_receipt_comes_back(world: World, tmp_path: Path) -> None:
    azc, town, case = world.azc, world.town, world.dossier
    attach(azc.services.attachments, case, take_in("a.pdf", pdf()))
    offered(world)

    (bundle,) = give(azc, town, tmp_path / "there")
    arrived = take(town, bundle)

    assert arrived.refused == {}
    assert (arrived.waiting, arrived.attachments, arrived.all_known) == (0, 1, False)
    assert town.journal.compartments(case) == {"core", "health"}
    assert town.journal.view(case).answers.keys() == azc.journal.view(case).answers.keys()
    (there,) = town.journal.attachments.standing(case)
    assert town.journal.attachments.content(case, there) == azc.journal.attachments.content(case, there)

    town.services.bundles.incoming.receive(arrived.dossiers)
    (receipt,) = give(town, azc, tmp_path / "back")
    back = take(azc, receipt)

    assert [entry.bundle for entry in back.answered] == [judged(town, bundle).front.body.bundle]
    assert azc.services.handover.view(case).receipt is not None
    assert HEALTH not in azc.journal.compartments(case)
    entry = azc.services.bundles.view(case).entry
    assert entry is not None
    assert entry.answered is not None

    town.services.received.accept(case)
    (second,) = give(town, azc, tmp_path / "back")
    assert take(azc, second).refused == {}
    assert azc.services.handover.view(case).done("accepted")
