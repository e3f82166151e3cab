"""News of what changed adds up, and says when there is none."""

from desktop.kernel.changes import Aspect, Changes, changed
from protocol.identifiers import DossierId

ONE, OTHER = DossierId("01" * 16), DossierId("02" * 16)


def test_two_changes_are_one_with_all_of_both() -> None:
    both = changed(Aspect.PLAN, dossier=ONE) | changed(Aspect.PLAN, Aspect.SYNC, dossier=OTHER)
    assert both == Changes(frozenset({Aspect.PLAN, Aspect.SYNC}), frozenset({ONE, OTHER}))
    assert both | Changes() == both


def test_a_change_may_concern_no_dossier_and_nothing_may_have_changed() -> None:
    assert changed(Aspect.SETTINGS).dossiers == frozenset()
    assert [bool(each) for each in (changed(Aspect.SETTINGS), Changes(), changed(dossier=ONE))] == [True, False, False]
