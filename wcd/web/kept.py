"""Answers kept ready in memory: plain and compressed, with strong tags, 304 for who has them, no body for HEAD."""

import gzip
import hashlib

import msgspec
from litestar.types import HTTPScope, Send

_SMALLEST_GZIP = 600
_WORTH_IT = 0.9


class Kept(msgspec.Struct, frozen=True):
    """An answer ready to be sent. ``packed`` is empty where compressing gains nothing."""

    body: bytes
    packed: bytes
    tag: bytes
    packed_tag: bytes
    headers: list[tuple[bytes, bytes]]

    @classmethod
    def make(cls, body: bytes, headers: list[tuple[bytes, bytes]]) -> "Kept":
        """Both forms, each with its own strong tag: they are different bytes."""
        digest = hashlib.sha256(body).hexdigest()[:20].encode()
        packed = gzip.compress(body, 6, mtime=0) if len(body) >= _SMALLEST_GZIP else b""
        if len(packed) > len(body) * _WORTH_IT:
            packed = b""
        return cls(body, packed, b'"%b"' % digest, b'"%b-gz"' % digest, headers)


async def send_kept(kept: Kept, scope: HTTPScope, send: Send) -> None:
    """The answer, compressed where the reader can unpack it; 304 where they have it; nothing but the head for HEAD."""
    accepted = known = b""
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            accepted = value
        elif name == b"if-none-match":
            known = value
    packed = bool(kept.packed) and b"gzip" in accepted
    tag = kept.packed_tag if packed else kept.tag
    headers = [*kept.headers, (b"etag", tag)]
    if known and (tag in known or known == b"*"):
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        return
    body = kept.packed if packed else kept.body
    if packed:
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    shown = b"" if scope["method"] == "HEAD" else body
    await send({"type": "http.response.body", "body": shown, "more_body": False})
