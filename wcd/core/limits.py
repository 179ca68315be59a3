"""Rate limits: so many tries in so many seconds, counted in Valkey for all processes together."""

import hashlib
import logging
from functools import cache

import redis.asyncio as redis
from redis.exceptions import RedisError

from wcd.core.config import settings
from wcd.core.errors import Conflict
from wcd.core.i18n import lazy_gettext as _

log = logging.getLogger(__name__)


class TooManyTries(Conflict):
    """The limit is reached; ``minutes`` says when it opens again."""

    code = "too_many_tries"
    says = _("There were too many attempts. Try again in %(minutes)s minutes.")


@cache
def valkey() -> "redis.Redis":
    """The process's connection to Valkey."""
    client: redis.Redis = redis.Redis.from_url(
        settings().redis_url, socket_timeout=2, socket_connect_timeout=2
    )
    return client


async def count_try(what: str, who: str, *, limit: int, seconds: int) -> None:
    """Count one try of ``what`` by ``who`` and refuse beyond ``limit`` within ``seconds``.

    ``who`` (an address, an IP) is hashed: no personal data in Valkey. Where Valkey is away the try is let through:
    a forum that cannot be entered is worse than an hour without limits.
    """
    if not settings().rate_limits:
        return
    name = f"limit:{what}:{hashlib.sha256(who.casefold().encode()).hexdigest()[:24]}"
    try:
        async with valkey().pipeline(transaction=True) as pipe:
            pipe.incr(name)
            pipe.expire(name, seconds, nx=True)
            pipe.ttl(name)
            tries, _set, left = await pipe.execute()
    except RedisError:
        log.warning("Valkey is away: %s is not limited", what)
        return
    if tries > limit:
        raise TooManyTries(minutes=max(1, -(-left // 60)))
