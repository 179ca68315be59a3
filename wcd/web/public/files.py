"""Files of public pages: pictures, whose keys are never used again, so that browsers keep them; and slides."""

import re
from uuid import UUID

from litestar import Response, Router, get, route
from litestar.params import FromPath
from litestar.response import File

from wcd.agenda.slides import slides_for_guests
from wcd.core import files
from wcd.core.errors import NotFound
from wcd.web.files import attachment
from wcd.web.public.showing import LOOK

FOREVER = "public, max-age=31536000, immutable"
_PLAN = re.compile(r"[0-9a-f]{32}-plan\.jpg")
_PORTRAIT = re.compile(r"[0-9a-f]{32}-portrait-(640|200)\.jpg")


@route("/plans/{key:str}", http_method=LOOK, sync_to_thread=False)
def plan(key: FromPath[str]) -> Response[bytes]:
    """The plan of a venue."""
    return _picture(key, _PLAN)


@route("/portraits/{key:str}", http_method=LOOK, sync_to_thread=False)
def portrait(key: FromPath[str]) -> Response[bytes]:
    """A speaker's portrait, in one of its two sizes. Nobody guesses a key; pages name those that may be shown."""
    return _picture(key, _PORTRAIT)


@get("/slides/{slides_id:uuid}")
async def slides(slides_id: FromPath[UUID]) -> File:
    """What a speaker showed, once the session is over and the organisers have published it."""
    return attachment(await slides_for_guests(slides_id))


def _picture(key: str, kind: re.Pattern[str]) -> Response[bytes]:
    """A picture of this kind: no other kept file has such an address."""
    if not kind.fullmatch(key):
        raise NotFound
    content = files.path_of(key).read_bytes()
    return Response(content, media_type="image/jpeg", headers={"cache-control": FOREVER})


router = Router("/", route_handlers=[plan, portrait, slides])
