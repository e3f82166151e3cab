"""Detect, sanitise (strip metadata) and render untrusted images and PDFs: bytes in, bytes out, no file is touched.

Where to look: `media_types` (what is accepted), `isolated_process` (a file is opened in a process without keys),
`cleaning` (sanitising, one module per format), `rendering` (thumbnails and pages), `page_rendering` (pages of our own
documents). May import `kernel`; imported by services and screens. Pillow, pikepdf and pypdfium2 are used only here.
"""

from desktop.media.cleaning import CleanFile
from desktop.media.isolated_process import clean, render
from desktop.media.media_types import MediaType, detect_media_type
from desktop.media.rendering import RenderedPage

__all__ = ["CleanFile", "MediaType", "RenderedPage", "clean", "detect_media_type", "render"]
