"""What a process of ours does last."""

from django.db import connection


def close_pool() -> None:
    """Close Django's database connections: left to the garbage collector, their pool holds the exit up for 20 s."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # only the PostgreSQL backend has one
