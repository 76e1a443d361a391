"""How much one address or conversation may ask per minute; counted in Django's cache, so per process by default."""

import time

from django.core.cache import cache

from bot.channels.web.problems import Problem

WINDOW = 60  # seconds


def count(what: str, whose: str, allowed: int) -> None:
    """Count one more of `what` in this minute.

    Raises:
        Problem: 429, with the seconds until the next minute.
    """
    minute, passed = divmod(int(time.time()), WINDOW)
    key = f"limit:{what}:{whose}:{minute}"
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        used = cache.incr(key)
    except ValueError:  # evicted in between
        return
    if used > allowed:
        raise Problem(429, "too_many_requests", f"At most {allowed} {what} per minute.", retry_after=WINDOW - passed)
