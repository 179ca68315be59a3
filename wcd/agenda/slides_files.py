"""What a file of slides is, told by its content and never by its name."""

import io
import re
import zipfile

from wcd.core.names import clean_text

MOST_BYTES = 50_000_000
MOST_ENTRIES = 20_000
LONGEST_NAME = 120
TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "key": "application/vnd.apple.keynote",
}


def kind_of(content: bytes) -> str:
    """The ending that such a file has; empty for what is no file of slides, or carries macros."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if not content.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = {one.filename for one in packed.infolist()[:MOST_ENTRIES]}
            if "mimetype" in names:
                with packed.open("mimetype") as said:
                    return "odp" if said.read(100).decode("ascii", "replace") == TYPES["odp"] else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return ""
    if {"[Content_Types].xml", "ppt/presentation.xml"} <= names:
        return "" if any(name.lower().endswith("vbaproject.bin") for name in names) else "pptx"
    return "key" if any(name.endswith("Document.iwa") for name in names) else ""


def plain_name(given: str, kind: str) -> str:
    """The name under which the file is given out: its owner's, with the ending that its content has."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", clean_text(given)).strip(" .")
    return f"{stem[:LONGEST_NAME] or 'slides'}.{kind}"


def type_of(name: str) -> str:
    """What a browser is told of a kept file."""
    return TYPES.get(name.rpartition(".")[2], "application/octet-stream")
