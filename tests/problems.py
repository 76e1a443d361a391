"""What every error of the HTTP interface must look like."""

from typing import Any


def problem(response: Any, status: int, code: str) -> None:
    """Assert that the response is this problem."""
    body = response.json()
    assert (response.status_code, body["error"]) == (status, code), body
    assert body["message"]
