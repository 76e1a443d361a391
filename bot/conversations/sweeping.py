"""Takes stored bytes away that no row names: a process was killed between storing and committing, or while erasing.

Only keys of our own shape are touched, and none where many are unnamed: then the store is shared with another
installation, or the database was restored from a backup.
"""

import re
from datetime import timedelta

import structlog
from django.utils import timezone

from bot.conversations.evidence import discard, store
from bot.conversations.models import Evidence, SentFile

LEAST_AGE = timedelta(days=1)  # no transaction is open for so long
AT_ONCE = 1000  # keys that are looked up with one query for each kind of row
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
OWN = re.compile(f"{UUID}/{UUID}")  # conversation and file, as evidence.py makes its keys
FEW, SHARE = 100, 0.01  # that may be unnamed, in files and of all old ones; more than both is no accident
log = structlog.get_logger(__name__)


def sweep() -> int:
    """Delete what lies in the store for more than a day without a row; return how many files that was."""
    import obstore

    before, count, unnamed = timezone.now() - LEAST_AGE, 0, set[str]()
    for listed in obstore.list(store(), chunk_size=AT_ONCE):
        old = {each["path"] for each in listed if each["last_modified"] < before and OWN.fullmatch(each["path"])}
        unnamed |= old - _named(old)
        count += len(old)
    if len(unnamed) > max(FEW, SHARE * count):
        log.error("evidence_sweep_refused", unnamed=len(unnamed), files=count)
        return 0
    discard(unnamed)
    if unnamed:
        log.info("evidence_swept", files=len(unnamed))
    return len(unnamed)


def _named(keys: set[str]) -> set[str]:
    return {
        key for rows in (Evidence, SentFile) for key in rows.objects.filter(key__in=keys).values_list("key", flat=True)
    }
