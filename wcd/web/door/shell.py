"""The app's page, its texts and its icons: the same for everybody, without any data."""

from typing import Any

from litestar import Request, Response, Router, get

from wcd.web.door import app_files
from wcd.web.door.words import words
from wcd.web.pages import render


@get("/", sync_to_thread=False)
def show() -> Response[str]:
    """The page into which the app draws itself."""
    body = render("door/show.html", app=app_files.address_of("door/app.js"))
    return Response(body, media_type="text/html", headers={"cache-control": "no-cache"})


@get("/words", sync_to_thread=False)
def texts(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Every text of the app in both languages."""
    found = words()
    headers = {"etag": found.etag, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == found.etag:
        return Response(b"", status_code=304, headers=headers)
    return Response(found.body, media_type="application/json", headers=headers)


router = Router("/", route_handlers=[show, texts])
