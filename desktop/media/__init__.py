"""Pictures and PDFs from outside: what they are, what in them is nobody's business, how they look. Bytes in, bytes out.

Nothing here reads or writes a file. Where to look: `kinds` (what may come in), `apart` (the process in which a file is
opened), `cleaning` (the way in), one module per format for what is taken out, `looking` (thumbnails and pages),
`page_rendering` (pages of our own documents). The only place that imports Pillow, pikepdf and pypdfium2.
"""

from desktop.media.apart import clean, look
from desktop.media.cleaning import Cleaned
from desktop.media.kinds import LARGEST, Kind, kind_of
from desktop.media.looking import Picture

__all__ = ["LARGEST", "Cleaned", "Kind", "Picture", "clean", "kind_of", "look"]
