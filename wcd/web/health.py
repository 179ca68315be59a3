"""For supervisors and proxies: is the process alive, and can it serve?"""

from litestar import Response, Router, get

from wcd.core.db import fetch, is_away


@get("/healthz", sync_to_thread=False)
def healthz() -> Response[str]:
    """The process answers."""
    return Response("ok\n", media_type="text/plain")


@get("/readyz")
async def readyz() -> Response[str]:
    """The database answers, too."""
    try:
        await fetch("SELECT 1")
    except Exception as wrong:
        if not is_away(wrong) and not isinstance(wrong, RuntimeError):
            raise
        return Response("database away\n", status_code=503, media_type="text/plain")
    return Response("ok\n", media_type="text/plain")


router = Router("/", route_handlers=[healthz, readyz])
