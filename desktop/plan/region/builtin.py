"""The region workbook that ships with Opmaat: invented, to try the program with and to copy from."""

from pathlib import Path

from desktop.plan.region.region_reader import RegionForm, read_region
from desktop.plan.region.region_rules import Region

EXAMPLE_REGION = Path(__file__).parent.parent / "library" / "regio_voorbeeld.md"
"""An invented region, for practice and demonstrations: no plan of a real organisation is made of it."""


def builtin_region(form: RegionForm) -> Region:
    """Return the example region, laid over `form`; raises as `read_region`."""
    return read_region(EXAMPLE_REGION, "md", form)
