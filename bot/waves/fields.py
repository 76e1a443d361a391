"""A column of pgvector, and the short form in which vectors travel."""

import base64
from typing import Any

from django.db import models

DIMENSIONS = 512
Vector = list[float]


def unpack(text: str) -> Vector:
    """Return the vector of its travelling form: base64 of 512 signed bytes (see engine/turn.py).

    Raises:
        ValueError: it is not of that form.
    """
    raw = base64.b64decode(text, validate=True)
    if len(raw) != DIMENSIONS:
        raise ValueError(f"a vector has {DIMENSIONS} bytes, not {len(raw)}")
    signed = memoryview(raw).cast("b").tolist()
    length = sum(value * value for value in signed) ** 0.5 or 1.0
    return [value / length for value in signed]


class VectorField(models.Field):  # type: ignore[type-arg]  # not generic at run time
    """A vector of 512 numbers."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002 (Django's signature)
        """Return the column's type."""
        return f"vector({DIMENSIONS})"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: ARG002, FBT001, FBT002
        """Return pgvector's text."""
        return None if value is None else literal(value)

    def get_placeholder_sql(self, value: Any, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:  # noqa: ARG002
        """Have PostgreSQL read the text as a vector."""
        return "%s::vector", (value,)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Vector | None:  # noqa: ARG002
        """Return the numbers."""
        return None if value is None else [float(number) for number in value.strip("[]").split(",")]


def literal(vector: Vector) -> str:
    """Return pgvector's text of a vector."""
    return "[" + ",".join(f"{value:.6g}" for value in vector) + "]"
