"""Text files as people send them: UTF-8, UTF-16 or GB 18030, told apart by their bytes."""

# Python's codec reads these two- and four-byte characters of GB 18030 as private use (paper.md 6.5); by the
# standard of 2022 they are these characters.
_GB18030 = str.maketrans({
    "\ue81e": "\u9fb4", "\ue826": "\u9fb5", "\ue82b": "\u9fb6", "\ue82c": "\u9fb7", "\ue832": "\u9fb8",
    "\ue843": "\u9fb9", "\ue854": "\u9fba", "\ue864": "\u9fbb",
    "\ue78d": "\ufe10", "\ue78e": "\ufe12", "\ue78f": "\ufe11", "\ue790": "\ufe13", "\ue791": "\ufe14",
    "\ue792": "\ufe15", "\ue793": "\ufe16", "\ue794": "\ufe17", "\ue795": "\ufe18", "\ue796": "\ufe19",
    "\ue7c7": "\u1e3f",
})  # fmt: skip
_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def decode(content: bytes) -> str | None:
    """The text without its byte order mark, or None where it is in none of these encodings."""
    encoding = _MARKS.get(content[:2]) or _wide(content)
    for name in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        text = text.removeprefix("\ufeff")
        return text.translate(_GB18030) if name == "gb18030" else text
    return None


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a table in it is nearly always zero, or of few kinds."""
    head = content[:400]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if not even + odd or max(even, odd) < len(head) // 8 or min(even, odd) > len(head) // 16:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"
