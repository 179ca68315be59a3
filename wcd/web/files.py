"""Kept files as they are given out: to be saved, never to be opened as a page of ours."""

from litestar.response import File

from wcd.agenda.slides import SlidesToSend

CSP = "default-src 'none'; frame-ancestors 'none'; sandbox"


def attachment(file: SlidesToSend) -> File:
    """A file to be saved under its own name, sent piece by piece."""
    return File(
        file.path,
        filename=file.name,
        media_type=file.media_type,
        headers={"content-security-policy": CSP, "cache-control": "no-store"},
    )
