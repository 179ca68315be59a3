"""Reading forms with files: the parts as they come, within limits, then CSRF, then field by field.

A route that takes files says ``request_max_body_size=None``: the limit is the one given here.
"""

import asyncio
import re
import unicodedata
from email.message import Message

import msgspec
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from wcd.core.i18n import lazy_gettext as _
from wcd.web.csrf import FIELD, HEADER, is_genuine
from wcd.web.forms import (
    MAX_BODY,
    MAX_FIELDS,
    MAX_SECONDS,
    Form,
    FormTooLarge,
    FormTooSlow,
    PageTooOld,
    UnreadableForm,
)
from wcd.web.pages import AnyRequest

MULTIPART = "multipart/form-data"
MAX_FILES = 8
LONGEST_NAME = 100
LONGEST_FILE_NAME = 120
SLOWEST = 50_000
"""Bytes a second: a poor line, but one that gets there."""
MOST_DRAINED = 64 * 1024 * 1024
"""A browser reads no answer while it sends: what is too large is read to its end and thrown away, up to here."""


class FileTooLarge(FormTooLarge):
    """The files of one form are larger together than the page takes."""

    code = "file_too_large"
    says = _("This file is too large. It may have %(most)s at most.")


class Upload(msgspec.Struct, frozen=True):
    """A file as it came: the name that its owner gave it (never a path), and what is in it."""

    name: str
    content: bytes


async def read_upload(
    request: AnyRequest, *, most_bytes: int, may_lapse: bool = False, max_fields: int = MAX_FIELDS
) -> tuple[Form, dict[str, Upload]]:
    """The form of a POST with files, and its files by field; a field left empty has none.

    ``most_bytes`` is for all files together. ``may_lapse`` as in ``read_form``.
    """
    parts = _Parts(most_bytes, max_fields)
    await _receive(request, parts)
    genuine = is_genuine(request, parts.given.get(FIELD, [""])[-1] or request.headers.get(HEADER, ""))
    parts.given.pop(FIELD, None)
    if not genuine and not may_lapse:
        raise PageTooOld
    return Form(parts.given, lapsed=not genuine), parts.files


class _Parts:
    """The parts of one body, gathered event by event."""

    def __init__(self, most_bytes: int, max_fields: int) -> None:
        self.given: dict[str, list[str]] = {}
        self.files: dict[str, Upload] = {}
        self.most_bytes = most_bytes
        self.max_fields = max_fields
        self._in_files = self._in_fields = self._fields = 0
        self._segment: MultipartSegment | None = None
        self._content = bytearray()

    def take(self, event: MultipartSegment | bytearray | None) -> None:
        if isinstance(event, MultipartSegment):
            self._begin(event)
        elif event is None:
            self._end()
        else:
            self._add(event)

    def _begin(self, segment: MultipartSegment) -> None:
        if not segment.name or len(segment.name) > LONGEST_NAME or "\0" in segment.name:
            raise UnreadableForm
        if segment.filename is None:
            self._fields += 1
            if self._fields > self.max_fields:
                raise UnreadableForm
        self._segment, self._content = segment, bytearray()

    def _add(self, chunk: bytearray) -> None:
        if self._segment is not None and self._segment.filename is None:
            self._in_fields += len(chunk)
            if self._in_fields > MAX_BODY:
                raise FormTooLarge
        else:
            self._in_files += len(chunk)
            if self._in_files > self.most_bytes:
                raise too_large(self.most_bytes)
        self._content += chunk

    def _end(self) -> None:
        segment, content = self._segment, bytes(self._content)
        self._segment, self._content = None, bytearray()
        if segment is None:
            raise UnreadableForm
        if segment.filename is None:
            self.given.setdefault(segment.name, []).append(_text(content))
        elif segment.filename or content:
            if segment.name in self.files or len(self.files) >= MAX_FILES:
                raise UnreadableForm
            self.files[segment.name] = Upload(_plain_name(segment.filename), content)


async def _receive(request: AnyRequest, parts: _Parts) -> None:
    """All of the body into its parts. What is refused for its size is still read to its end, so that it is told."""
    parser = _parser(request, parts.max_fields)
    refused: FormTooLarge | None = None
    drained = 0
    try:
        async with asyncio.timeout(MAX_SECONDS + parts.most_bytes / SLOWEST):
            async for chunk in request.stream():
                if refused is None and chunk:
                    refused = _parse(parser, chunk, parts)
                elif refused is not None:
                    drained += len(chunk)
                    if drained > MOST_DRAINED:
                        break
    except TimeoutError:
        raise FormTooSlow from None
    if refused is not None:
        raise refused
    try:
        parser.close()
    except MultipartError:
        raise UnreadableForm from None


def _parse(parser: PushMultipartParser, chunk: bytes, parts: _Parts) -> FormTooLarge | None:
    try:
        for event in parser.parse(chunk):
            parts.take(event)
    except FormTooLarge as refusal:
        return refusal
    except MultipartError:
        raise UnreadableForm from None
    return None


def _parser(request: AnyRequest, max_fields: int) -> PushMultipartParser:
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    boundary = header.get_param("boundary", "")
    if header.get_content_type() != MULTIPART or not isinstance(boundary, str):
        raise UnreadableForm
    if not 0 < len(boundary) <= LONGEST_NAME or not boundary.isascii():
        raise UnreadableForm
    return PushMultipartParser(boundary, max_segment_count=max_fields + MAX_FILES)


def too_large(most_bytes: int) -> FileTooLarge:
    """The refusal with its limit in words."""
    mega = most_bytes / 1_000_000
    return FileTooLarge(most=f"{mega:.0f} MB" if mega >= 1 else f"{most_bytes / 1000:.0f} kB")


def _text(content: bytes) -> str:
    if b"\0" in content:
        raise UnreadableForm
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableForm from None


def _plain_name(given: str) -> str:
    """The file's own name: without folders, without signs that cannot be seen, its end kept where it is long."""
    name = unicodedata.normalize("NFC", re.split(r"[\\/]", given)[-1][-1000:])
    name = "".join(sign for sign in name if sign.isprintable()).strip()
    return name[-LONGEST_FILE_NAME:] or "file"
