"""The roof: puts the doors together into one application. The only module that knows them all."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar, Router
from litestar.types import ASGIApp

from wcd.core import db, jobs
from wcd.web import assets, door, errors, guest, health, language, organiser, public
from wcd.web.middleware import surround


@asynccontextmanager
async def _lifespan(_app: Litestar) -> AsyncIterator[None]:
    async with db.lifespan():
        yield
        await jobs.close()


def build() -> Litestar:
    """The application of one web process."""
    assets.install()
    routers: list[Router] = [
        *public.routers, *guest.routers, *organiser.routers, *door.routers, language.router, health.router, assets.router()
    ]  # fmt: skip
    return Litestar(
        routers,
        lifespan=[_lifespan],
        exception_handlers=errors.HANDLERS,
        openapi_config=None,
        logging_config=None,
        request_max_body_size=1_000_000,
    )


def make_app() -> ASGIApp:
    """What uvicorn serves: the application inside its surroundings (language, headers, log)."""
    logging.getLogger("uvicorn.access").disabled = True
    return surround(build())
