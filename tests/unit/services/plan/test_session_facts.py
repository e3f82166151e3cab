"""What the plan may read of an interview: nothing of the health compartment, whatever was answered there."""

from desktop.i18n.catalogue import load_catalogue
from desktop.plan.derive.people import spoken
from desktop.records import HEALTH, DossierView
from desktop.services.dossier.sessions import session_of
from desktop.services.plan.session_facts import PlanCatalogues, SessionFacts
from protocol.times import today
from tests.content import content
from tests.unit.services.plan_world import World


def _facts(world: World) -> tuple[SessionFacts, DossierView]:
    form, record = content().form, world.azc.journal.view(world.dossier)
    catalogues = PlanCatalogues(load_catalogue("nl", "intake"), load_catalogue("ti", "intake"))
    return SessionFacts(form, session_of(form, record, world.azc.clock), record, catalogues), record


def test_an_answer_about_health_is_no_fact_but_that_it_was_asked_is(world: World) -> None:
    facts, record = _facts(world)
    questions = [node for node in content().form.outline().walk() if node.kind == "question"]
    about_health = [node for node in questions if node.tags.get("compartment") == HEALTH]
    answered = [node for node in about_health if node.path in record.answers]
    assert answered, "the case holds answers about health"
    for node in about_health:
        assert (facts.value(node.name), facts.refs(node.name)) == ("", ()), node.name
        assert not facts.text(node.name), node.name
        assert facts.label(node.name, "ja").dutch == "ja", node.name
    assert {facts.answered(node.name) for node in answered} == {today(world.azc.clock)}


def test_an_answer_of_the_core_is_a_fact(world: World) -> None:
    facts, record = _facts(world)
    given = [node for node in content().form.outline().walk() if node.path in record.answers and node.tags]
    core = [node for node in given if node.tags.get("compartment") != HEALTH and node.kind == "question"]
    read = [node for node in core if facts.value(node.name) and facts.refs(node.name) and facts.text(node.name)]
    assert len(read) > len(core) / 2


def test_an_answer_that_is_no_date_in_this_version_of_the_form_is_told_as_it_was_given(world: World) -> None:
    form, record = content().form, world.azc.journal.view(world.dossier)
    session = session_of(form, record, world.azc.clock)
    path = next(node.path for node in form.outline().walk() if node.name == "geboren")
    session.restore({path: "in maart"}, {})
    catalogues = PlanCatalogues(load_catalogue("nl", "intake"), load_catalogue("ti", "intake"))
    assert SessionFacts(form, session, record, catalogues).text("geboren").dutch == "in maart"


def test_what_a_list_does_not_have_is_told_in_the_words_it_was_given(world: World) -> None:
    form, record = content().form, world.azc.journal.view(world.dossier)
    session = session_of(form, record, world.azc.clock)
    paths = {node.name: node.path for node in form.outline().walk()}
    said = {"geboorteland": "other", "geboorteland_other": "Zomië", "andere_talen": "ar mis", "moedertaal": "mis"}
    session.restore({paths[name]: value for name, value in said.items()}, {})
    catalogues = PlanCatalogues(load_catalogue("nl", "intake"), load_catalogue("ti", "intake"))
    facts = SessionFacts(form, session, record, catalogues)
    assert facts.text("geboorteland").dutch == "Zomië"
    assert facts.text("andere_talen").dutch == "Arabisch, Een andere taal"
    assert spoken(facts) == ("Een andere taal", "Arabisch")
