"""The picture that goes with a link to this site."""

import asyncio

from litestar import Response, route

from wcd.core.config import settings
from wcd.web.pages import AnyRequest
from wcd.web.public.preview import preview_png
from wcd.web.public.showing import LOOK, shown_edition


@route("/preview.png", http_method=LOOK)
async def preview(request: AnyRequest) -> Response[bytes]:
    """The edition in one picture, in the language of the address."""
    edition = shown_edition(request)
    # The language goes along into the thread: it is a context variable.
    content = await asyncio.to_thread(preview_png, edition, settings().data / "fonts")
    return Response(content, media_type="image/png")
