"""What the bench measures against: the same application with a plain-text route and one bare committed insert.

Never part of the application that `serve` starts; `python3 -m wcd bench` names it to its own server.
"""

from litestar import Litestar, Response, Router, get, post
from litestar.types import ASGIApp

from wcd.app import build
from wcd.core.floor import insert_one_row
from wcd.web.middleware import surround


@get("/floor/plain", sync_to_thread=False)
def plain() -> Response[str]:
    """A few bytes of text."""
    return Response("floor\n", media_type="text/plain")


@post("/floor/insert", status_code=200)
async def insert() -> Response[str]:
    """One row, one Piccolo insert, one commit."""
    await insert_one_row()
    return Response("floor\n", media_type="text/plain")


def make_app() -> ASGIApp:
    """The application and its floors."""
    application: Litestar = build()
    application.register(Router("/", route_handlers=[plain, insert]))
    return surround(application)
