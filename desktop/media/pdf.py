"""PDF without document information, XMP, hidden files and scripts; the pages stay what they were.

A document with a digital signature is kept byte for byte, with a warning: the signature is what makes it worth keeping
(a digital extract of a diploma), and taking anything out would break it. Remarks on a page and their authors are
content and stay. Source: ISO 32000-2, 14.3 (metadata), 12.6.4 (actions), 12.8 (signatures).
"""

from io import BytesIO
from typing import Any

from desktop.media.jpeg import clean_jpeg
from desktop.media.media_types import DAMAGED, require_pages
from protocol.errors import UserError

SIGNED_KEPT = "attachment.signed_kept"
"""Warning: metadata stays in, because the document is signed."""

_ROOT = ("/Metadata", "/PieceInfo", "/OpenAction", "/AA", "/AF", "/Collection", "/SpiderInfo")
_EVERYWHERE = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/AF")
_NAMES = ("/EmbeddedFiles", "/JavaScript")
_MOST_OBJECTS = 500_000


def clean_pdf(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return the document without metadata, and warnings.

    Raises UserError `attachment.damaged`, `attachment.locked` (a password), `attachment.too_many_pages`.
    """
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True, inherit_page_attributes=False) as document:
            require_pages(len(document.pages))
            if _is_signed(document, pikepdf):
                return data, (SIGNED_KEPT,)
            _strip(document, pikepdf)
            out = BytesIO()
            document.save(out, deterministic_id=True)
    except pikepdf.PasswordError as error:
        raise UserError("attachment.locked") from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError, AttributeError) as error:
        raise UserError(DAMAGED) from error
    return out.getvalue(), ()


def _is_signed(document: Any, pikepdf: Any) -> bool:  # noqa: ANN401  # pikepdf ships no types that the checker is given
    form = document.Root.get("/AcroForm")
    if form is not None and int(form.get("/SigFlags", 0)) & 1:
        return True
    dictionaries = (each for each in document.objects if isinstance(each, pikepdf.Dictionary))
    return any("/ByteRange" in each and "/Contents" in each for each in dictionaries)


def _strip(document: Any, pikepdf: Any) -> None:  # noqa: ANN401  # as above
    if len(document.objects) > _MOST_OBJECTS:
        raise UserError(DAMAGED)
    _remove(document.trailer, "/Info", "/ID")
    _remove(document.Root, *_ROOT)
    _remove(document.Root.get("/Names", {}), *_NAMES)
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            _remove(each, *_EVERYWHERE)
        if isinstance(each, pikepdf.Stream) and each.get("/Filter") == pikepdf.Name("/DCTDecode"):
            each.write(_clean_photo(each.read_raw_bytes()), filter=pikepdf.Name("/DCTDecode"))


def _clean_photo(data: bytes) -> bytes:
    """Return a photo that lies in the document without its metadata; one that is broken stays as it is."""
    try:
        return clean_jpeg(data)
    except UserError:
        return data


def _remove(each: Any, *names: str) -> None:  # noqa: ANN401  # as above
    for name in names:
        if name in each:
            del each[name]
