"""What an organisation is about to publish, checked like a form before anybody signs it."""

from pathlib import PurePath

from desktop.forms import Form
from desktop.media.cleaning import clean
from desktop.media.media_types import MediaType
from desktop.plan.region.region_reader import read_region, region_problems
from desktop.plan.region.region_rules import Region
from desktop.services.content.workbooks import kind_of
from protocol.errors import UserError
from protocol.limits import MOST_LOGO_BYTES, MOST_WORKBOOK_BYTES
from protocol.messages.content import PartMedia

EXAMPLE_MARK = "(voorbeeld)"
"""What stands behind every invented name of the workbooks that ship with Opmaat."""

_MEDIA = {".md": PartMedia.MARKDOWN, ".xlsx": PartMedia.EXCEL}


def media_of(name: str) -> PartMedia:
    """Return how the workbook in the file called `name` is written. Raises UserError `content.ending`."""
    media = _MEDIA.get(PurePath(name).suffix.lower())
    if media is None:
        raise UserError("content.ending")
    return media


def content_problems(workbook: bytes, media: PartMedia, form: Form, *, example: bool = False) -> tuple[UserError, ...]:
    """Return all that keeps a workbook from being published; nothing where it is in order.

    Invented names are for practice: only an `example`, for a demonstration, may have them. Raises UserError
    `region.unreadable` for what is no workbook.
    """
    if len(workbook) > MOST_WORKBOOK_BYTES:
        return (UserError("content.too_large"),)
    kind = kind_of(media)
    problems = region_problems(workbook, kind, form)
    if problems or example:
        return problems
    return invented_names(read_region(workbook, kind, form))


def invented_names(region: Region) -> tuple[UserError, ...]:
    """Return a problem for every sheet in which a name is one of those that ship with Opmaat for practice."""
    settings = region.settings
    names = {
        "settings": (settings.title, settings.municipality, settings.reception),
        "routes": tuple(route.provider for route in region.routes),
        "partners": tuple(partner.label for partner in region.partners),
        "letterhead": (region.letterhead.name, region.letterhead.footer),
    }
    found = (sheet for sheet, values in names.items() if any(EXAMPLE_MARK in value for value in values))
    return tuple(UserError("content.invented_name", {"sheet": sheet}) for sheet in found)


def clean_logo(data: bytes) -> bytes:
    """Return a logo without what does not belong in a picture. Raises UserError `content.logo_wrong`."""
    try:
        cleaned = clean(data)
    except UserError as error:
        raise UserError("content.logo_wrong") from error
    if cleaned.kind is not MediaType.PNG or len(cleaned.data) > MOST_LOGO_BYTES:
        raise UserError("content.logo_wrong")
    return cleaned.data
