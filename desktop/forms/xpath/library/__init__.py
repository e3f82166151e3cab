"""The functions of XPath 1.0 and ODK XForms, one module per family.

Each module adds its functions to one table, by `define`. Imported by `scope`, which offers them all, and
by `desktop.forms.model`, which offers a form's own beside them; imports the modules of `desktop.forms.xpath`.
"""

from collections.abc import Mapping

from desktop.forms.xpath.compiler import Builder
from desktop.forms.xpath.library import dates, digests, geo, logic, nodes, numbers, selects, texts

FUNCTIONS: Mapping[str, Builder] = {
    **texts.FUNCTIONS,
    **numbers.FUNCTIONS,
    **logic.FUNCTIONS,
    **nodes.FUNCTIONS,
    **dates.FUNCTIONS,
    **selects.FUNCTIONS,
    **geo.FUNCTIONS,
    **digests.FUNCTIONS,
}
"""Every function by its name."""
