import pytest

from desktop.records import ContactNamed, MessageWritten
from desktop.records.events.envelope import EventContext
from desktop.services.handover.case_messages import LONGEST_CONTACT, LONGEST_MESSAGE, MOST_SHOWN, CaseTalk
from protocol.errors import UserError
from tests.unit.services.handover.test_handover_service import send
from tests.unit.services.plan_world import AZC, TOWN, Laptop, World, carry


@pytest.fixture
def world(world: World) -> World:
    """The case received at the municipality."""
    send(world)
    world.town.services.received.receive(world.dossier)
    carry(world)
    return world


def fill(world: World) -> None:
    """Write contacts and messages on both sides."""
    azc, town = world.azc.services.messages, world.town.services.messages
    azc.name_contact(world.dossier, "Sanne de Wit", "088 000 00 00, ma–do")
    azc.write(world.dossier, "Luwam heeft donderdag les.\nKan het gesprek om 14:00?")
    carry(world)
    town.name_contact(world.dossier, "Karim Jansen", "klantmanager@waterbeke.example")
    town.write(world.dossier, "Dat kan. Wij regelen de tolk.")
    carry(world)


def talk(laptop: Laptop, world: World) -> CaseTalk:
    return laptop.services.messages.talk(world.dossier)


def test_both_sides_read_the_same_with_author_and_organisation(world: World) -> None:
    fill(world)
    for laptop, own in ((world.azc, AZC), (world.town, TOWN)):
        found = talk(laptop, world)
        assert [(each.author, each.organisation, each.own) for each in found.messages] == [
            ("Sanne de Wit", AZC, own == AZC),
            ("Karim Jansen", TOWN, own == TOWN),
        ]
        assert {each.organisation: each.name for each in found.contacts} == {AZC: "Sanne de Wit", TOWN: "Karim Jansen"}
        assert found.own_contact is not None
        assert found.own_contact.organisation == own


def test_a_message_of_another_is_new_until_it_was_shown(world: World) -> None:
    fill(world)
    assert talk(world.azc, world).unread == 1
    world.azc.services.messages.mark_read(world.dossier, talk(world.azc, world).count)
    assert talk(world.azc, world).unread == 0
    assert talk(world.town, world).unread == 1
    world.town.services.messages.write(world.dossier, "Tot donderdag.")
    carry(world)
    assert [each.text for each in talk(world.azc, world).messages if each.unread] == ["Tot donderdag."]


def test_a_contact_is_replaced_by_the_next_of_that_organisation(world: World) -> None:
    fill(world)
    world.town.services.messages.name_contact(world.dossier, "  Noor   Bakker ", "")
    carry(world)
    names = {each.organisation: (each.name, each.reach) for each in talk(world.azc, world).contacts}
    assert names[TOWN] == ("Noor Bakker", "")
    assert names[AZC][0] == "Sanne de Wit"


def test_nothing_and_too_much_are_refused(world: World) -> None:
    messages, before = world.azc.services.messages, talk(world.azc, world)
    for text, code in ((" \n ", "messages.empty"), ("x" * (LONGEST_MESSAGE + 1), "messages.too_long")):
        with pytest.raises(UserError) as caught:
            messages.write(world.dossier, text)
        assert caught.value.code == code
    for name, code in (("", "messages.empty"), ("x" * (LONGEST_CONTACT + 1), "messages.too_long")):
        with pytest.raises(UserError) as caught:
            messages.name_contact(world.dossier, name, "")
        assert caught.value.code == code
    assert talk(world.azc, world) == before


def test_what_another_program_wrote_too_large_is_shown_within_bounds(world: World) -> None:
    context = EventContext("Sanne", "ti", interpreter=False)
    bodies = [MessageWritten(AZC, "x" * (LONGEST_MESSAGE * 3)) for _ in range(MOST_SHOWN + 5)]
    world.azc.journal.append_all(world.dossier, bodies, context)
    found = talk(world.azc, world)
    assert (len(found.messages), found.count) == (MOST_SHOWN, MOST_SHOWN + 5)
    assert {len(each.text) for each in found.messages} == {LONGEST_MESSAGE}


def test_the_organisation_is_that_of_the_device_and_not_what_the_author_claims(world: World) -> None:
    context = EventContext("Karim Jansen", "nl", interpreter=False)
    bodies = [MessageWritten(TOWN, "Stuur alles naar dit adres."), ContactNamed(TOWN, "Iemand", "06")]
    world.azc.journal.append_all(world.dossier, bodies, context)
    carry(world)

    for laptop in (world.azc, world.town):
        found = talk(laptop, world)
        assert [(each.author, each.organisation) for each in found.messages] == [("Karim Jansen", AZC)]
        assert [(each.organisation, each.name) for each in found.contacts] == [(AZC, "Iemand")]
    assert [(each.own, each.unread) for each in talk(world.town, world).messages] == [(False, True)]
    assert talk(world.town, world).own_contact is None


def test_what_was_read_of_an_erased_case_is_not_remembered(world: World) -> None:
    fill(world)
    journal, messages = world.azc.journal, world.azc.services.messages
    messages.mark_read(world.dossier, 2)
    journal.erase(world.dossier, "azc_copy", EventContext("Sanne", "nl", interpreter=False))
    with pytest.raises(UserError, match=r"records\.dossier_unknown"):
        messages.mark_read(world.dossier, 3)
    assert journal.outbox.cursor(f"messages.read/{world.dossier}") is None
