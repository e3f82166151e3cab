"""Messages of attachments: what may come in, what is told beside it, and what cannot be shown."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "attachment.damaged": N_(
        "This file is damaged or is not what its name says, so it was not added. Open it in another program and save "
        "it again, or make a new photo."
    ),
    "attachment.empty": N_("There is nothing in this file, so it was not added. Choose another file."),
    "attachment.heic": N_(
        "This photo is in the format of an iPhone (HEIC), which Opmaat cannot clean. Save it as JPEG, or set the "
        "camera to 'Most compatible' and make the photo again."
    ),
    "attachment.kind_unknown": N_(
        "Opmaat cannot keep this kind of file. Add a photo or scan (JPEG, PNG, TIFF, WebP) or a PDF."
    ),
    "attachment.locked": N_(
        "This PDF is locked with a password, so it was not added. Save it without a password, then add it again."
    ),
    "attachment.not_here": N_(
        "The content of this file has not come in yet. Synchronise; when that is done it can be opened."
    ),
    "attachment.nothing_to_paste": N_(
        "There is no picture and no file on the clipboard. Copy one first, then paste it here."
    ),
    "attachment.office": N_(
        "Opmaat cannot clean a text document. Save it as PDF in the program it was made with, then add the PDF."
    ),
    "attachment.ends_early": N_(
        "This photo breaks off before its end, so a part of it may be missing. Look whether all of it is there. "
        "If not, remove it here and ask for the photo again."
    ),
    "attachment.signed_kept": N_(
        "This PDF is digitally signed and was kept as it is, with the author and dates it holds. Whether that may be "
        "shared is for you to judge. Remove it here if not."
    ),
    "attachment.too_large": N_(
        "This file is larger than 50 MB, so it was not added. Make the scan again in lower quality, or add it in parts."
    ),
    "attachment.too_many_pages": N_(
        "This document has more than 500 pages, so it was not added. Add only the pages that are needed."
    ),
    "attachment.too_many_pixels": N_(
        "This picture has more pixels than can be opened here, so it was not added. Make the photo again in a lower "
        "resolution, or take a screenshot of it."
    ),
    "attachment.unknown": N_("This file is no longer in the case. Go back to the list to see what is."),
}
