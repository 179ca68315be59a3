# ruff: noqa: SLF001  (this module is where private names are allowed)
"""What we need of ReportLab beyond its public interface, in one place; tried with 5.1 (a test watches the version).

1. Its ToUnicode map writes code points beyond the basic plane wrongly, and has no word for a glyph that stands for
   several characters or for none. Ours does. (It also lists more than 100 entries in one block, which PDF forbids.)
2. Shaping yields glyphs that no character names. They get a code in the supplementary private planes, which none of our
   fonts uses, and that code remembers the text it stands for.
3. Forms go into the document without the canvas's own `beginForm`, which forgets those already used on the page, and
   all pages share one dictionary of resources: a fifth of a batch's time and size goes into writing them for each page.
4. Faces are read in bulk (`quick_face`).
5. Names and numbers are written the same way each time; it is remembered how.
"""

import io
from collections.abc import Sequence
from functools import lru_cache
from weakref import WeakKeyDictionary

import msgspec
from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from wcd.paper.quick_face import QuickFace

TRIED = "5.1."
_RESOURCES = "wcd-resources"
_FIRST_PRIVATE = 0xF0000
_text_of: list[str] = []  # text of private code 0xF0000 + n
_codes: WeakKeyDictionary[ttfonts.TTFont, dict[tuple[int, str], str]] = WeakKeyDictionary()


class Leads(msgspec.Struct):
    """What a page has besides its drawing: links as (target, rectangle), places as (name, height); in points."""

    links: list[tuple[str, tuple[float, float, float, float]]] = []
    marks: list[tuple[str, float]] = []


def load_font(name: str, path: str) -> ttfonts.TTFont:
    """The font, registered with ReportLab under its name; its first subset does not carry all of ASCII."""
    font = ttfonts.TTFont(name, path, asciiReadable=False)
    pdfmetrics.registerFont(font)
    return font


def code_for_glyph(font: ttfonts.TTFont, glyph: int, text: str) -> str:
    """A character that draws this glyph of the font and is extracted as this text."""
    codes = _codes.setdefault(font, {})
    if (glyph, text) not in codes:
        code = _FIRST_PRIVATE + len(_text_of)
        _text_of.append(text)
        codes[glyph, text] = chr(code)
        font.face.charToGlyph[code] = glyph
        font.face.charWidths[code] = font.pdfScale(font.face.hmetrics[glyph][0])
    return codes[glyph, text]


def new_canvas(out: object, width: float, height: float, font: str, title: str, language: str = "") -> Canvas:
    """A canvas that writes the same bytes for the same drawing: no date, no random id."""
    canvas = Canvas(
        out,
        pagesize=(width, height),
        pageCompression=1,
        invariant=1,
        initialFontName=font,
        pdfVersion=(1, 5),
        lang=language or None,
    )
    if language:
        canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setTitle(title)
    canvas.setAuthor("wcd")
    canvas.setSubject("")
    return canvas


def encode(canvas: Canvas, font: ttfonts.TTFont, text: str) -> list[tuple[str, str]]:
    """The text in the codes of the document's subsets of the font: pairs of a subset's name and hexadecimal codes."""
    doc = canvas._doc
    return [(font.getSubsetInternalName(n, doc), codes.hex()) for n, codes in font.splitString(text, doc)]


def add_form(canvas: Canvas, name: str, box: tuple[float, float, float, float], operators: str) -> None:
    """Puts a drawing into the document once; operators show it with `/name Do`."""
    form = pdfdoc.PDFFormXObject(*box)
    form.compression = 1
    form.Resources = pdfdoc.PDFObjectReference(_RESOURCES)
    form.setStreamList([operators])
    canvas._doc.addForm(name, form)


def add_picture(canvas: Canvas, name: str, jpeg: bytes) -> None:
    """Puts a picture into the document once; operators show it with `/name Do`."""
    picture = pdfdoc.PDFImageXObject(name)
    if not picture.loadImageFromJPEG(io.BytesIO(jpeg)):
        raise ValueError("not a JPEG")
    canvas._doc.Reference(picture, pdfdoc.xObjectName(name))


def add_outline(canvas: Canvas, entries: Sequence[tuple[int, str, str]]) -> None:
    """The outline: level, words, name of a place; a level's own entries are shown when it is opened."""
    for level, words, name in entries:
        canvas.addOutlineEntry(words, name, level, closed=level > 0)
    canvas.showOutline()


def label_pages(canvas: Canvas, labels: Sequence[tuple[int, str]]) -> None:
    """What pages are called from an index on: a word, or, without one, their number."""
    for index, word in labels:
        if word:
            canvas.addPageLabel(index, prefix=word)
        else:
            canvas.addPageLabel(index, style="ARABIC", start=index + 1)


def add_page(canvas: Canvas, operators: str, leads: Leads | None = None) -> None:
    """Adds a page with this content, its links and places."""
    for name, top in leads.marks if leads else ():
        canvas.bookmarkPage(name, fit="XYZ", left=0, top=top, zoom=0)
    for target, box in leads.links if leads else ():
        if ":" in target:
            canvas.linkURL(target, box)
        else:
            canvas.linkRect("", target, box, relative=0)
    canvas.addLiteral(operators)
    canvas.showPage()
    page = canvas._doc.Pages.pages[-1]
    page.Resources, page.Trans = pdfdoc.PDFObjectReference(_RESOURCES), None


def save(canvas: Canvas, forms: list[str]) -> None:
    """Writes the document. All its pages and forms share one dictionary of fonts and forms."""
    doc = canvas._doc
    resources = pdfdoc.PDFResourceDictionary()
    resources.basicFonts()
    resources.XObject = {name: pdfdoc.PDFObjectReference(pdfdoc.xObjectName(name)) for name in forms}
    doc.Reference(resources, _RESOURCES)
    canvas.save()


def _to_unicode(name: str, subset: list[int]) -> str:
    """The map from the codes of one subset to UTF-16, in blocks of at most a hundred."""
    entries = [f"<{n:02X}> <{_utf16(code)}>" for n, code in enumerate(subset) if code]
    blocks = [entries[n : n + 100] for n in range(0, len(entries), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def /CMapType 2 def",
            "1 begincodespacerange <00> <FF> endcodespacerange",
            *(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )


def _utf16(code: int) -> str:
    text = _text_of[code - _FIRST_PRIVATE] if code >= _FIRST_PRIVATE else chr(code)
    return text.encode("utf-16-be").hex().upper()


rl_config.useA85 = 0
ttfonts.makeToUnicodeCMap = _to_unicode
ttfonts.TTFontFace = QuickFace
pdfdoc.PDFName = lru_cache(4096)(pdfdoc.PDFName)
pdfdoc.fp_str = lru_cache(4096)(pdfdoc.fp_str)
