"""The door app's modules. They import each other by relative names, so the version stands in the path, not behind a ``?``."""

import gzip
import hashlib
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import msgspec
from litestar import Request, Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from wcd.web.assets import FOLDER

TYPES = {".js": "text/javascript; charset=utf-8", ".wasm": "application/wasm"}
FOLDERS = ("door", "vendor/zxing")
KEPT = "public, max-age=31536000, immutable"


class AppFile(msgspec.Struct, frozen=True):
    """One file, ready to be sent."""

    content: bytes
    packed: bytes
    media_type: str


@cache
def files() -> dict[str, AppFile]:
    """Every file of the app by its path; read once per process."""
    found = sorted(path for folder in FOLDERS for path in (FOLDER / folder).iterdir() if path.suffix in TYPES)
    return {
        path.relative_to(FOLDER).as_posix(): AppFile(
            content, gzip.compress(content, 9, mtime=0), TYPES[path.suffix]
        )
        for path in found
        for content in [path.read_bytes()]
    }


@cache
def version() -> str:
    """Changes with any of them: old and new modules never meet."""
    digest = hashlib.sha256()
    for name, file in files().items():
        digest.update(name.encode() + b"\0" + file.content)
    return digest.hexdigest()[:12]


def address_of(name: str) -> str:
    """Where a module of the app is found."""
    return f"/door/app/{version()}/{name}"


@get("/{_version:str}/{path:path}", sync_to_thread=False)
def app_file(
    request: Request[Any, Any, Any], path: FromPath[str], _version: FromPath[str]
) -> Response[bytes]:
    """One module. A page of the version before gets the new ones only after it is loaded again."""
    file = files().get(str(PurePosixPath(path)).lstrip("/"))
    if file is None or _version != version():
        raise NotFoundException
    headers = {"cache-control": KEPT, "vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            file.packed, headers={**headers, "content-encoding": "gzip"}, media_type=file.media_type
        )
    return Response(file.content, headers=headers, media_type=file.media_type)


router = Router("/app", route_handlers=[app_file])
