"""The styles of a DOCX: Dutch, and the person's language with its direction, fonts and tag (ISO/IEC 29500-1, 17.7).

Language and direction are in styles and not in every run, so that who goes on typing in a cell types in its language.
"""

from typing import Final

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from desktop.i18n.languages import Language, Script

OTHER: Final = "Other language"
"""The paragraph style of the person's language."""
GAP: Final = "Between tables"
"""The paragraph style of the little room between two tables."""
LINES: Final = "Lines between rows"
"""The table style of what is a table to a reader too, and not only two languages side by side."""
OTHER_WORDS, DUTCH_WORDS = "Words in the other language", "Words in Dutch"
"""The character styles of words of one language inside a paragraph of the other."""
_RULED = ("top", "bottom", "insideH")
_HEADINGS = (("Heading 1", 20, "1F5C5A"), ("Heading 2", 14, "1F5C5A"), ("Heading 3", 11, "20262C"))
_FONTS: dict[Script, str] = {"Latn": "Arial", "Arab": "Arial", "Ethi": "Ebrima"}
"""Fonts that every Windows has; elsewhere the office program takes one of its own that has the letters."""
_POINTS: dict[Script, float] = {"Latn": 10, "Arab": 11.5, "Ethi": 10}


def set_styles(document: Document, other: Language) -> None:
    """Give `document` its styles, with `other` as the language beside Dutch."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is not None:
        document.styles.element.replace(defaults, parse_xml(_defaults()))
    for name, points, colour in _HEADINGS:
        _restyle(document, name, f'<w:b/><w:bCs/><w:color w:val="{colour}"/>{_size(points)}')
    styles = document.styles.element
    words = _words_of(other)
    paragraph = "<w:pPr><w:bidi/></w:pPr>" if other.is_rtl else ""
    styles.append(parse_xml(_style("paragraph", OTHER, f"{paragraph}<w:rPr>{words}</w:rPr>", based_on="Normal")))
    low = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="80" w:lineRule="exact"/></w:pPr>'
    styles.append(parse_xml(_style("paragraph", GAP, low, based_on="Normal")))
    lines = "".join(f'<w:{each} w:val="single" w:sz="4" w:space="0" w:color="B9B2A3"/>' for each in _RULED)
    styles.append(parse_xml(_style("table", LINES, f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr>")))
    styles.append(parse_xml(_style("character", OTHER_WORDS, f"<w:rPr>{words}</w:rPr>")))
    dutch = f'{_font("Latn")}{_size(_POINTS["Latn"])}<w:rtl w:val="0"/><w:lang w:val="nl-NL"/>'
    styles.append(parse_xml(_style("character", DUTCH_WORDS, f"<w:rPr>{dutch}</w:rPr>")))


def _words_of(language: Language) -> str:
    tag = language.tag.replace("_", "-")
    direction = "<w:rtl/>" if language.is_rtl else ""
    spoken = f'<w:lang w:bidi="{tag}"/>' if language.is_rtl else f'<w:lang w:val="{tag}"/>'
    return f"{_font(language.script)}{_size(_POINTS[language.script])}{direction}{spoken}"


def _defaults() -> str:
    run = f'{_font("Latn")}{_size(_POINTS["Latn"])}<w:lang w:val="nl-NL" w:eastAsia="nl-NL" w:bidi="ar"/>'
    paragraph = '<w:pPr><w:spacing w:after="60" w:line="264" w:lineRule="auto"/></w:pPr>'
    return (
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault>{paragraph}</w:pPrDefault></w:docDefaults>"
    )


def _restyle(document: Document, name: str, run: str) -> None:
    element = document.styles[name].element
    old = element.find(qn("w:rPr"))
    if old is not None:
        element.remove(old)
    element.append(parse_xml(f"<w:rPr {nsdecls('w')}>{_font('Latn')}{run}</w:rPr>"))


def _style(kind: str, name: str, body: str, based_on: str = "") -> str:
    identity = name.replace(" ", "")
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style {nsdecls("w")} w:type="{kind}" w:customStyle="1" w:styleId="{identity}">'
        f'<w:name w:val="{name}"/>{base}<w:uiPriority w:val="1"/><w:qFormat/>{body}</w:style>'
    )


def _font(script: Script) -> str:
    family = _FONTS[script]
    return f'<w:rFonts w:ascii="{family}" w:hAnsi="{family}" w:cs="{family}" w:eastAsia="{family}"/>'


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
