"""Badges as PDF: one or many, front and back in turn, A6; and the list of what cannot be printed."""

import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from wcd.badges import layouts as a6
from wcd.badges.back import draw_back
from wcd.badges.faces import BadgeFace, EditionFace, ProgrammeLine, Unprintable
from wcd.badges.front import draw_front
from wcd.paper import faces
from wcd.paper.pages import Document
from wcd.paper.preflight import flaws

__all__ = [
    "BadgeFace",
    "EditionFace",
    "ProgrammeLine",
    "Unprintable",
    "draw_badge",
    "draw_badges",
    "unprintable",
]

_TOLD_EVERY = 25


def unprintable(badge: BadgeFace) -> tuple[Unprintable, ...]:
    """The names and organisations of a badge that cannot be printed as written; empty when it may be drawn.

    With `print_latin_only` (a person said so) the native name does not count, nor does an organisation that has the
    other language to stand for it. Other texts never hold a badge up: what has no glyph there is drawn as 〓.
    """
    latin_only = badge.print_latin_only and badge.latin_name.strip()
    fields = {"latin_name": badge.latin_name}
    if not latin_only:
        fields = {"native_name": badge.native_name, **fields}
        fields |= {"organisation_zh": badge.organisation_zh, "organisation_en": badge.organisation_en}
    found = ((field, flaws(text.strip())) for field, text in fields.items())
    return tuple(Unprintable(badge.guest_id, field, bad) for field, bad in found if bad)


def draw_badges(
    edition: EditionFace,
    badges: Iterable[BadgeFace],
    out: BinaryIO,
    *,
    fonts: Path,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Writes the badges as PDF, front and back in turn, and answers how many; nothing is written for none.

    `fonts` is a folder that may be written to, where the fonts are unpacked once. `progress` is told every now and then how many
    are drawn. Raises ValueError for a badge that `unprintable` lists. Documents are drawn one at a time in a process, and the same
    badges give the same bytes.
    """
    count = 0
    with faces.drawing():
        document = Document(
            out, faces.open_faces(fonts.resolve()), width=a6.WIDTH, height=a6.HEIGHT, title=edition.name_en
        )
        for badge in badges:
            if bad := unprintable(badge):
                raise ValueError(f"badge of guest {badge.guest_id} cannot be printed: {bad[0].field}")
            document.add_page(draw_front(document, edition, badge))
            document.add_page(draw_back(document, edition, badge))
            count += 1
            if progress and count % _TOLD_EVERY == 0:
                progress(count)
        if count:
            document.save()
    if progress:
        progress(count)
    return count


def draw_badge(edition: EditionFace, badge: BadgeFace, *, fonts: Path) -> bytes:
    """One badge as PDF, front and back."""
    out = io.BytesIO()
    draw_badges(edition, [badge], out, fonts=fonts)
    return out.getvalue()
