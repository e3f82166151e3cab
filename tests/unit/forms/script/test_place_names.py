"""Places as people write them in a script."""

import pytest

from desktop.forms import FormError
from desktop.forms.script.place_names import ScriptPlaces
from protocol.identifiers import InstanceId
from tests.unit.forms.forms_for_tests import hold, xform


def test_a_row_is_named_by_its_number_or_by_its_identity() -> None:
    session = hold(
        xform(
            "<instance><data id='t'><kind jr:template=''><naam/></kind></data></instance>",
            "<group><repeat nodeset='/data/kind'><input ref='/data/kind/naam'/></repeat></group>",
        )
    )
    first, second = (session.add_repeat("/data/kind", InstanceId(each))[0] for each in ("aaaaaaaa", "2"))
    places = ScriptPlaces(session)
    assert places.ref("kind[aaaaaaaa]/naam") == places.ref("kind[1]/naam") == f"{first}/naam"
    assert places.ref("kind[2]/naam") == f"{second}/naam"
    with pytest.raises(FormError, match=r"script\.which_row"):
        places.ref("kind[3]/naam")
