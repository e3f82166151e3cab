"""What was recorded at a question that this version of the form does not have stays at hand."""

import json
from pathlib import Path

import pytest

from desktop.records import AnswerGiven, AttachmentAdded
from desktop.services.interview.attachments import take_in
from tests.unit.documents.pages import words_of
from tests.unit.media.samples import jpeg
from tests.unit.records.cases import CONTEXT
from tests.unit.services.attaching import attach
from tests.unit.services.plan_world import World


@pytest.mark.parametrize(
    "ref",
    ["/brede_intake/nieuw/nieuwe_vraag", f"/brede_intake/nieuw/rij[{'ab' * 16}]/nieuwe_vraag"],
    ids=["question", "row of a repeat"],
)
def test_an_attachment_at_a_question_that_is_not_in_the_form_is_copied_described_removed_and_brought_back(
    world: World, tmp_path: Path, ref: str
) -> None:
    journal, services, dossier = world.azc.journal, world.azc.services, world.dossier
    row = attach(services.attachments, dossier, take_in("diplomakanarie.jpg", jpeg())).row_id
    one = journal.attachments.find(dossier, row)
    journal.append(dossier, AttachmentAdded.from_json({**one.body.to_json(), "ref": ref}), CONTEXT)
    journal.append(dossier, AnswerGiven(ref, "given", "Antwoordkanarie"), CONTEXT)

    services.own_copy.make(dossier, tmp_path / "kopie.pdf")
    words = words_of((tmp_path / "kopie.pdf").read_bytes())
    assert all(words[each] for each in ("diplomakanarie", "Antwoordkanarie"))
    copied = json.loads((tmp_path / "kopie.json").read_bytes())
    assert [(each["attachment"], each["problem"]) for each in copied["attachments"]] == [(row, None)]
    assert (ref, "Antwoordkanarie") in [(each["address"], each["values"][0]["value"]) for each in copied["answers"]]

    services.attachments.describe(dossier, row, "permit")
    (listed,) = services.attachments.attachments_of(dossier)
    assert (listed.id, listed.ref, listed.about, listed.in_form) == (row, ref, "permit", False)
    services.attachments.remove(dossier, row)
    assert services.attachments.attachments_of(dossier) == ()
    services.attachments.undo(dossier)
    assert services.attachments.attachments_of(dossier) == (listed,)
