"""Every error of the HTTP interface has one form: a status and {"error": code, "message": what to do}, in English."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

PREFIX = "/api/"
MESSAGES = {
    400: "The request is not valid.",
    401: "Send a token from POST /api/chat/session, as a bearer token or as its cookie.",
    404: "There is nothing at this address; see /api/openapi.json.",
    405: "This address does not take this method; see the Allow header.",
    413: "The body is too large.",
    500: "Something went wrong on our side; try again.",
    503: "Not available at the moment; try again in a few seconds.",
}


class Problem(HttpError):
    """A request is refused; `code` is for programs, `retry_after` in seconds."""

    def __init__(self, status: int, code: str, message: str, *, retry_after: int = 0, told: str = "") -> None:
        """Keep what the answer will say; `told` is what the member may read, in French."""
        super().__init__(status, message)
        self.code, self.retry_after, self.told = code, retry_after, told


def answer(status: int, code: str = "", message: str = "", *, retry_after: int = 0, told: str = "") -> HttpResponse:
    """Return a problem as a response; code and message follow from the status where they are not given."""
    code = code or HTTPStatus(status).name.lower()
    body = {"error": code, "message": message or MESSAGES.get(status, MESSAGES[400])}
    response = JsonResponse({**body, "told": told} if told else body, status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def register(api: NinjaAPI) -> None:
    """Have `api` answer in this form."""
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(ValidationError, _validation_error)
    api.add_exception_handler(RequestDataTooBig, lambda _request, _error: answer(413))
    api.add_exception_handler(OperationalError, lambda _request, _error: answer(503, retry_after=3))


def _http_error(_request: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error, Problem):
        return answer(error.status_code, error.code, error.message, retry_after=error.retry_after, told=error.told)
    if isinstance(error, AuthenticationError):
        return answer(401)
    return answer(error.status_code, "bad_json", "The body is not JSON in UTF-8.")


def _validation_error(_request: HttpRequest, error: Any) -> HttpResponse:
    """Name the first wrong field; the value itself may be personal and is not repeated."""
    first = error.errors[0]
    field = str(first["loc"][-1])
    code = first["type"] if first["type"] in OWN_CODES else "invalid"
    return answer(422, code, f"{field}: {first['msg']}")


OWN_CODES = {"blank_text", "text_or_button"}

Handler = Callable[[HttpRequest], HttpResponse]


def problems_as_json(get_response: Handler) -> Handler:
    """Give the errors that Django answers by itself under /api/ (404, 405, 500) the same form.

    The innermost middleware and a synchronous one: so Django runs all of them in one thread, not one hop for each.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_json = response.get("Content-Type", "").startswith("application/json")
        if response.status_code >= 400 and not is_json and request.path.startswith(PREFIX):
            problem = answer(response.status_code)
            response.content, response["Content-Type"] = problem.content, problem["Content-Type"]
        return response

    return middleware
