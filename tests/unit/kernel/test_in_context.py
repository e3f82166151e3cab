import copy
import pickle

from desktop.kernel.in_context import InContext, choice_context


def test_a_text_in_context_is_the_text_and_knows_where_it_stands() -> None:
    text = InContext("Alleen", choice_context("leren", "alleen"))
    assert (text, text.context) == ("Alleen", "leren/alleen")
    assert text.upper() == "ALLEEN"


def test_a_copy_keeps_its_context() -> None:
    text = InContext("Alleen", "leren/alleen")
    copies = copy.copy(text), copy.deepcopy(text), pickle.loads(pickle.dumps(text))  # noqa: S301  # our own bytes
    assert [(each, each.context) for each in copies] == [("Alleen", "leren/alleen")] * len(copies)
