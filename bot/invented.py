"""Ids of the demo's invented rows: a range that no random id can fall into, so that they are known and removed by it.

Everything invented has an id between FIRST and LAST: conversations, claims, members, accounts. Such an id is of UUID
version 8 (RFC 9562: own layout), random ones are of version 4.
"""

import random
from uuid import UUID

FIRST = UUID("de300000-de30-8000-8000-000000000000")
LAST = UUID("de300000-de30-8fff-bfff-ffffffffffff")
RANGE = (FIRST, LAST)  # for `__range`


def new_id(chance: random.Random) -> UUID:
    """Return another id of the range."""
    bits = chance.getrandbits(12) << 64 | chance.getrandbits(62)
    return UUID(int=FIRST.int | bits)


def is_invented(id_: UUID | None) -> bool:
    """Tell whether this id is of something invented."""
    return id_ is not None and FIRST <= id_ <= LAST
