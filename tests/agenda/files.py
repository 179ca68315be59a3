"""Small files of each kind that people send, made by hand."""

import io
import zipfile

from PIL import Image


def picture(width: int = 900, height: int = 1200, form: str = "JPEG") -> bytes:
    """Red above, green in the middle, blue below (left to right where it is wide)."""
    whole = Image.new("RGB", (width, height), (0, 160, 0))
    wide = width > height
    box = (width // 3, height) if wide else (width, height // 3)
    whole.paste((200, 0, 0), (0, 0, *box))
    whole.paste((0, 0, 200), (width - box[0], height - box[1], width, height))
    out = io.BytesIO()
    whole.save(out, form)
    return out.getvalue()


def packed(*names: str, **contents: str) -> bytes:
    """A ZIP with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as whole:
        for name in names:
            whole.writestr(name, "<x/>")
        for name, content in contents.items():
            whole.writestr(name, content)
    return out.getvalue()


PDF = b"%PDF-1.7\n%%EOF\n"
PPTX = packed("[Content_Types].xml", "ppt/presentation.xml")
