"""Files as people bring them: real pictures and PDFs, with a place and a name in everything that can hold one."""

import struct
import zlib
from functools import cache
from io import BytesIO

import pikepdf
from PIL import Image, PngImagePlugin, TiffImagePlugin

CANARY = "kanarie-52.3874N-4.6462E"
"""What must not come through; planted in every place for metadata."""

_GPS = {1: "N", 2: (52.0, 23.0, 14.0), 29: CANARY}
_SIZE = (320, 200)


def picture(size: tuple[int, int] = _SIZE) -> Image.Image:
    """Return a picture in which every pixel differs from its neighbours."""
    return Image.frombytes("RGB", size, _pixels(size))


@cache
def _pixels(size: tuple[int, int]) -> bytes:
    return bytes(
        part for y in range(size[1]) for x in range(size[0]) for part in (x * 7 % 256, y * 5 % 256, x * y % 256)
    )


def exif(orientation: int = 1) -> bytes:
    """Return EXIF with a place, a maker, a remark and a thumbnail-sized note."""
    block = Image.Exif()
    block[0x0112] = orientation
    block[0x010F] = CANARY
    block[0x010E] = CANARY
    block.get_ifd(0x8825).update(_GPS)
    block.get_ifd(0x8769)[0x927C] = CANARY.encode()
    return block.tobytes()


def jpeg(orientation: int = 1, *, progressive: bool = False) -> bytes:
    """Return a photo with EXIF, a comment, IPTC, XMP and a film behind its end."""
    out = BytesIO()
    picture().save(
        out,
        "JPEG",
        exif=exif(orientation),
        comment=CANARY.encode(),
        progressive=progressive,
        xmp=f"<x:xmpmeta>{CANARY}</x:xmpmeta>".encode(),
        restart_marker_blocks=2,
    )
    iptc = b"Photoshop 3.0\x008BIM" + CANARY.encode()
    segment = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    data = out.getvalue()
    return data[:2] + segment + data[2:] + b"ftypmp42" + CANARY.encode()


def png(orientation: int = 1) -> bytes:
    """Return a picture with texts, EXIF, a time, a private chunk and a tail."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", CANARY)
    texts.add_text("Comment", CANARY, zip=False)
    texts.add_itxt("XML:com.adobe.xmp", CANARY)
    texts.add(b"tIME", b"\x07\xea\x01\x01\x01\x01\x01")
    texts.add(b"prVt", CANARY.encode())
    out = BytesIO()
    picture().save(out, "PNG", pnginfo=texts, exif=exif(orientation))
    return out.getvalue() + CANARY.encode()


def webp(orientation: int = 1) -> bytes:
    """Return a picture with EXIF and XMP."""
    out = BytesIO()
    picture().save(out, "WEBP", lossless=True, exif=exif(orientation), xmp=CANARY.encode())
    return out.getvalue()


def tiff(*, pages: int = 2, compression: str = "tiff_deflate") -> bytes:
    """Return scans with maker, remark, XMP, IPTC and a place."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    for tag in (270, 271, 305, 315):
        tags[tag] = CANARY
    tags[700] = CANARY.encode()
    tags[33723] = CANARY.encode()
    out = BytesIO()
    sheets = [picture() for _ in range(pages)]
    sheets[0].save(
        out, "TIFF", save_all=True, append_images=sheets[1:], compression=compression, tiffinfo=tags, exif=exif()
    )
    return out.getvalue() + CANARY.encode()


def pdf(*, signed: bool = False, password: str = "", pages: int = 2) -> bytes:
    """Return a document with author, XMP, a hidden file, a script and a photo with a place."""
    document = pikepdf.new()
    for _ in range(pages):
        page = document.add_blank_page(page_size=(400, 300))
        photo = pikepdf.Stream(document, jpeg())
        photo.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=_SIZE[0],
            Height=_SIZE[1],
            BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceRGB,
            Filter=pikepdf.Name.DCTDecode,
        )
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=document.make_indirect(photo)))
        page.Contents = pikepdf.Stream(document, b"q 320 0 0 200 40 50 cm /P Do Q")
        page.PieceInfo = pikepdf.Dictionary(Maker=pikepdf.String(CANARY))
    document.docinfo["/Author"] = CANARY
    document.Root.Metadata = pikepdf.Stream(document, CANARY.encode())
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(CANARY))
    document.attachments["x.txt"] = CANARY.encode()
    if signed:
        document.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=pikepdf.Array())
    out = BytesIO()
    locked = pikepdf.Encryption(owner=password, user=password) if password else False
    document.save(out, encryption=locked, compress_streams=False)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """Return a small PNG that claims to be `width` by `height`: a bomb."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1_000_000))), (b"IEND", b""))
    )


SAMPLES = {
    "jpeg": jpeg(),
    "progressive": jpeg(progressive=True),
    "png": png(),
    "webp": webp(),
    "tiff": tiff(),
    "fax": tiff(compression="jpeg"),
    "pdf": pdf(),
}
"""One of each, by name."""
