"""A person's own copy: nothing that opens is missing from it, in paper form and for machines."""

import io
import json
import re
import stat
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest

from desktop.records import HEALTH, AnswerGiven, AttachmentAdded, EventContext, NoteWritten
from desktop.services.dossier.authors import WriterNames
from desktop.services.interview.attachments import take_in
from desktop.services.interview.dossier_context import DossierContexts
from desktop.services.rights.own_copy import OwnCopyService
from protocol.errors import EnvironmentProblem
from protocol.identifiers import case_number
from protocol.times import time_text
from tests.content import content
from tests.unit.documents.pages import beside_the_paper, pages_of, structure, words_of
from tests.unit.media.samples import jpeg, pdf, png
from tests.unit.services.attaching import attach
from tests.unit.services.plan_world import World, decide

CONTEXT = EventContext("Sanne de Wit", "ti", interpreter=True)


@pytest.fixture(autouse=True)
def _decided(world: World) -> None:
    decide(world.azc, world.dossier)


def _service(world: World) -> OwnCopyService:
    laptop, kept = world.azc, content()
    worker = (laptop.vault.person, laptop.vault.organisation)
    writers = WriterNames(laptop.journal.membership, laptop.vault.organisation, laptop.book.name)
    contexts = DossierContexts(laptop.journal, kept.form, laptop.clock, kept.intake, writers)
    return OwnCopyService(contexts, kept.plan, worker)


def test_every_event_and_every_value_is_in_the_copy_for_machines(world: World) -> None:
    ref = next(iter(world.azc.journal.view(world.dossier).answers))
    for word in ("Eerstecanarie", "Tweedecanarie"):
        world.azc.journal.append(world.dossier, AnswerGiven(ref, "given", word), CONTEXT)
    data = json.loads(_service(world).json(world.dossier))
    events = world.azc.journal.events(world.dossier)
    assert (data["type"], data["version"], data["case"]) == ("opmaat/own-copy", 1, case_number(world.dossier))
    assert [(each["device"], each["sequence"]) for each in data["events"]] == [(e.device, e.sequence) for e in events]
    assert [each["content"] for each in data["events"]] == [json.loads(json.dumps(e.body.to_json())) for e in events]
    assert {each["address"] for each in data["answers"]} == set(world.azc.journal.view(world.dossier).answers)
    (answer,) = [each for each in data["answers"] if each["address"] == ref]
    assert [(each["value"], each["state"]) for each in answer["values"][:2]] == [
        ("Tweedecanarie", "stands"),
        ("Eerstecanarie", "replaced"),
    ]
    assert answer["values"][0]["at"] == time_text(events[-1].time)
    assert data["declined"]
    assert all(len(each["question"]) == 2 for each in data["answers"])


@pytest.mark.parametrize("tag", ["ti", "ar", "nl"])
def test_the_paper_copy_is_accessible_and_holds_every_answer(world: World, tag: str) -> None:
    pdf = _service(world).pdf(world.dossier, tag)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert bool(file.Root.MarkInfo.Marked)
        assert "<pdfuaid:part>1</pdfuaid:part>" in file.Root.Metadata.read_bytes().decode("utf-8")
    kinds, languages = structure(pdf)
    assert {"/H1", "/H2", "/P"} <= set(kinds)
    assert f"{tag}-NL" in languages
    words = words_of(pdf)
    given = [entry for kept in world.azc.journal.view(world.dossier).answers.values() for entry in kept]
    typed = {word for entry in given for word in re.findall(r"[A-Z]\w{3,}", str(entry.value))}
    assert len(typed) > 10
    assert sorted(typed - set(words)) == []


def test_what_was_replaced_refused_and_noted_is_on_paper_too(world: World) -> None:
    answers = world.azc.journal.view(world.dossier).answers
    ref = next(ref for ref, kept in answers.items() if kept.entries[0].value == "Luwam")
    for body in (
        AnswerGiven(ref, "given", "Eerstecanarie"),
        AnswerGiven(ref, "declined"),
        NoteWritten(ref, "Notitiecanarie"),
        AnswerGiven("/intake/vraag_van_vroeger", "given", "Vroegerecanarie"),
    ):
        world.azc.journal.append(world.dossier, body, CONTEXT)
    words = words_of(_service(world).pdf(world.dossier, "ti"))
    for word in ("Eerstecanarie", "Notitiecanarie", "Vroegerecanarie", "eerder"):
        assert words[word] > 0, word


def test_health_is_in_it_where_there_is_a_key_and_told_where_there_is_none(world: World) -> None:
    every = content().form.outline().walk()
    health = next(node for node in every if node.tags.get("compartment") == HEALTH and node.type == "string")
    world.azc.journal.append(world.dossier, AnswerGiven(health.path, "given", "Gezondcanarie"), CONTEXT, HEALTH)
    assert words_of(_service(world).pdf(world.dossier, "ti"))["Gezondcanarie"] > 0
    world.azc.journal.erase(world.dossier, "health_key", CONTEXT, HEALTH)
    words, data = words_of(_service(world).pdf(world.dossier, "ti")), json.loads(_service(world).json(world.dossier))
    assert words["Gezondcanarie"] == 0
    assert data["unreadable"][HEALTH] > 0


def test_no_word_of_the_copy_leaves_the_paper(world: World) -> None:
    address = f"{'a' * 90}@{'b' * 60}.example.org"
    ref = next(iter(world.azc.journal.view(world.dossier).answers))
    attach(world.azc.services.attachments, world.dossier, take_in(f"{'c' * 110}.png", png()), ref)
    for body in (AnswerGiven(ref, "given", address), NoteWritten(ref, address), AnswerGiven(ref, "given", "kort")):
        world.azc.journal.append(world.dossier, body, CONTEXT)

    data = _service(world).pdf(world.dossier, "ti")

    assert beside_the_paper(data) == []
    assert re.sub(r"\s", "", "".join(pages_of(data))).count("b" * 60) >= 2


def test_making_one_writes_both_files_and_is_remembered(world: World, tmp_path: Path) -> None:
    service = _service(world)
    path = tmp_path / service.file_name(world.dossier)
    assert "Luwam" not in path.name
    made = service.make(world.dossier, path)
    assert [each.suffix for each in made.paths] == [".pdf", ".json"]
    assert all(each.is_file() for each in made.paths)
    remembered = world.azc.journal.view(world.dossier).documents[-1].body
    assert (remembered.kind, remembered.language) == ("own_copy", "ti")


def _damage(world: World, attachment: str) -> None:
    """Turn a bit of the sealed content over, behind the journal's back."""
    store = world.azc.journal._store
    blob = bytes.fromhex(world.azc.journal.attachments.find(world.dossier, attachment).body.blob)
    ((sealed,),) = store.run("select sealed from pieces where blob = ? and number = 1", [blob])
    turned = sealed[:-1] + bytes([sealed[-1] ^ 1])
    with store.atomic():
        store.run("update pieces set sealed = ? where blob = ? and number = 1", [turned, blob])


def test_attachments_lie_beside_the_copy_under_names_that_say_nothing(world: World, tmp_path: Path) -> None:
    photo = attach(world.azc.services.attachments, world.dossier, take_in("diplomacanarie Luwam.jpg", jpeg())).row_id
    scan = attach(world.azc.services.attachments, world.dossier, take_in("paspoortcanarie.pdf", pdf())).row_id
    folder, told = tmp_path / "stick", list[tuple[int, int]]()
    folder.mkdir()
    made = _service(world).make(world.dossier, folder / "kopie.pdf", tell=lambda *moved: told.append(moved))
    number = case_number(world.dossier)
    names = [f"bijlage-{number}-1.jpg", f"bijlage-{number}-2.pdf"]
    assert {each.name for each in folder.iterdir()} == {"kopie.pdf", "kopie.json", *names}
    assert {each.name for each in made.paths} == {each.name for each in folder.iterdir()}
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}
    content = world.azc.services.attachments.content
    assert [(folder / name).read_bytes() for name in names] == [content(world.dossier, one) for one in (photo, scan)]
    listed = json.loads((folder / "kopie.json").read_bytes())["attachments"]
    assert [(each["attachment"], each["name"], each["file"]) for each in listed] == [
        (photo, "diplomacanarie Luwam.jpg", names[0]),
        (scan, "paspoortcanarie.pdf", names[1]),
    ]
    assert [each["sha256"] for each in listed] == [sha256((folder / name).read_bytes()).hexdigest() for name in names]
    assert all(each["problem"] is None for each in listed)
    assert words_of((folder / "kopie.pdf").read_bytes())["diplomacanarie"] > 0
    assert (told[-1], made.missing) == ((told[-1][1], sum(each["size"] for each in listed)), 0)


def test_what_cannot_be_read_is_listed_with_why_and_the_rest_is_there(world: World, tmp_path: Path) -> None:
    broken, good = (
        attach(world.azc.services.attachments, world.dossier, take_in("a.jpg", jpeg())).row_id,
        attach(world.azc.services.attachments, world.dossier, take_in("b.png", png())).row_id,
    )
    body = world.azc.journal.attachments.find(world.dossier, good).body.to_json()
    elsewhere = AttachmentAdded.from_json({**body, "attachment": "ab" * 16, "blob": "cd" * 16, "name": "elders.png"})
    world.azc.journal.append(world.dossier, elsewhere, CONTEXT)
    _damage(world, broken)
    made = _service(world).make(world.dossier, tmp_path / "kopie.pdf", "nl")
    listed = json.loads((tmp_path / "kopie.json").read_bytes())["attachments"]
    number = case_number(world.dossier)
    assert [(each["file"], each["problem"]) for each in listed] == [
        (None, "records.piece_damaged"),
        (f"bijlage-{number}-2.png", None),
        (None, "attachment.not_here"),
    ]
    assert made.missing == len(listed) - 1
    assert [each.name for each in tmp_path.glob("bijlage-*")] == [f"bijlage-{number}-2.png"]
    words = words_of((tmp_path / "kopie.pdf").read_bytes())
    assert words["beschadigd"] > 0
    assert words["elders"] > 0


def test_a_folder_that_takes_no_file_leaves_nothing_of_the_copy(world: World, tmp_path: Path) -> None:
    attach(world.azc.services.attachments, world.dossier, take_in("a.jpg", jpeg()))
    (tmp_path / "kopie.json").mkdir()
    before = len(world.azc.journal.events(world.dossier))
    with pytest.raises(EnvironmentProblem):
        _service(world).make(world.dossier, tmp_path / "kopie.pdf")
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == []
    assert len(world.azc.journal.events(world.dossier)) == before


def test_the_same_record_and_moment_give_the_same_bytes(world: World) -> None:
    service = _service(world)
    assert service.pdf(world.dossier, "ti") == service.pdf(world.dossier, "ti")
    assert service.json(world.dossier) == service.json(world.dossier)
