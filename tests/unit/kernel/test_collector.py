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
