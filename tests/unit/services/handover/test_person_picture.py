from datetime import timedelta

from desktop.records import HEALTH, AnswerGiven, EventContext
from desktop.services.handover.person_picture import MOST_LINES, PersonPicture
from tests.unit.services.handover.test_case_messages import fill
from tests.unit.services.handover.test_handover_service import send
from tests.unit.services.handover.test_talk_calendar import TALK, plan
from tests.unit.services.plan_world import AZC, TOWN, World, carry


def picture(world: World) -> PersonPicture:
    return world.town.services.pictures.picture(world.dossier)


def arrive(world: World) -> None:
    send(world)
    world.town.services.received.receive(world.dossier)
    plan(world, TALK)
    fill(world)
    carry(world)


def test_the_picture_says_who_somebody_is_on_one_page(world: World) -> None:
    arrive(world)
    found, parts = picture(world), dict(picture(world).parts)
    assert set(parts) == {"who", "languages", "first", "can", "next", "known"}
    assert found.name == "Luwam Voorbeeld"
    assert parts["first"][0] == "Mijn zoon komt eerst. Als hij veilig is, kan ik alles."
    assert "Zorgen voor ouderen" in parts["can"]
    assert any(line.startswith("Tigrinya: moedertaal") for line in parts["languages"])
    assert parts["known"][:2] == (f"Sanne de Wit, {AZC}", f"Karim Jansen, {TOWN}")
    assert f"Karim Jansen, {AZC}" not in parts["known"]
    assert all(len(lines) <= MOST_LINES for lines in parts.values())


def test_only_what_is_still_to_come_is_next(world: World) -> None:
    arrive(world)
    assert picture(world).talk == TALK.moment
    world.town.clock.moment += timedelta(days=400)
    assert picture(world).talk is None
    world.town.services.talks.call_off(world.dossier)
    assert picture(world).talk is None


def test_a_dossier_without_answers_has_an_empty_picture(world: World) -> None:
    empty, _ = world.town.services.caseload.begin("Amina", ("ar",))
    found = world.town.services.pictures.picture(empty)
    parts = dict(found.parts)
    assert not {"first", "can"} & set(parts)


def test_no_health_answer_is_in_the_picture(world: World) -> None:
    answer = AnswerGiven("/intake/nodig/gezondheid/gez_hulp", "given", "Kanarie van gezondheid")
    world.azc.journal.append_all(world.dossier, [answer], EventContext("Sanne", "ti", interpreter=False), HEALTH)
    arrive(world)
    assert "Kanarie van gezondheid" in str(world.town.journal.view(world.dossier).answers)
    assert "Kanarie van gezondheid" not in str(picture(world))
