"""The organiser pages: the table of contents of this way in."""

from litestar import Router

routers: list[Router] = []
