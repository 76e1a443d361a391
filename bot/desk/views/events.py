"""The stream of the desk: one for each open tab."""

from django.http import HttpRequest, StreamingHttpResponse

from bot.desk.access import adviser, staff
from bot.desk.hub import hub
from bot.desk.stream import events


@staff(is_quiet=True)
async def listen(request: HttpRequest) -> StreamingHttpResponse:
    """Stream what changes in the lists and who types, until the browser comes again to show that it may."""
    who = adviser(request)
    response = StreamingHttpResponse(events(hub, who.pk), content_type="text/event-stream; charset=utf-8")
    response["X-Accel-Buffering"] = "no"  # nginx would hold events back
    return response
