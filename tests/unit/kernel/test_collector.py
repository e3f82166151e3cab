import gc

import pytest

from desktop.kernel import collector


def test_the_collector_rests_inside_and_works_again_after_an_error() -> None:
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), collector.resting():
        1 / gc.isenabled()
    assert gc.isenabled()


def test_where_it_rests_already_it_goes_on_resting() -> None:
    with collector.resting():
        with collector.resting():
            assert not gc.isenabled()
        assert not gc.isenabled()
