import gc

import pytest

from desktop.kernel import collector


def test_the_collector_rests_inside_and_works_again_after_an_error() -> None:
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), collector.pause_collection():
        1 / gc.isenabled()
    assert gc.isenabled()


def test_where_it_rests_already_it_goes_on_resting() -> None:
    with collector.pause_collection():
        with collector.pause_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()


def test_what_is_kept_is_out_of_later_searches_and_dies_by_its_count() -> None:
    before = gc.get_freeze_count()
    lasting = [object()]
    try:
        collector.keep()
        assert gc.get_freeze_count() > before
        assert not any(each is lasting for each in gc.get_objects())
        with collector.pause_collection():
            pass
        assert not any(each is lasting for each in gc.get_objects())
    finally:
        gc.unfreeze()
    assert any(each is lasting for each in gc.get_objects())
