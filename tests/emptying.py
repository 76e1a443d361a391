"""Empties the database after a test by deleting what is in it.

Django's own flush makes the files of all tables and indexes anew, then all permissions: twenty times as long.
"""

from functools import cache

from django.db import connection
from django.test import TransactionTestCase

KEPT = ("django_content_type", "auth_permission")  # of the migrations; the same in every test


def empty_quickly() -> None:
    """Have every test with a real database end so."""
    TransactionTestCase._fixture_teardown = lambda _case: empty()  # type: ignore[method-assign]


def empty() -> None:
    """Delete all jobs and all rows of Django's tables; triggers do not matter where nothing stays."""
    with connection.cursor() as cursor:
        cursor.execute(_statements())


@cache
def _statements() -> str:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    deletions = [f'DELETE FROM "{table}"' for table in sorted(set(tables) - set(KEPT))]
    jobs = "DELETE FROM procrastinate_jobs"  # reminders would wait for days; triggers take along what belongs to a job
    return "; ".join([jobs, "SET session_replication_role = replica", *deletions, "RESET session_replication_role"])
