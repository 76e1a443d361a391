"""The page on which supervisors say which tags there are."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bot.desk import tags
from bot.desk.access import SUPERVISORS, staff
from bot.desk.models import Tag
from bot.desk.noting import tell
from bot.errors import WrongTag
from bot.texts import say


@staff(*SUPERVISORS)
@require_http_methods(["GET", "POST"])
def tags_page(request: HttpRequest) -> HttpResponseBase:
    """Show all tags; make a new one."""
    return _saved(request) if request.method == "POST" else _page(request)


@staff(*SUPERVISORS)
@require_POST
def tag_saved(request: HttpRequest, tag: int) -> HttpResponseBase:
    """Give a tag another name."""
    get_object_or_404(Tag, pk=tag)
    return _saved(request, tag)


@staff(*SUPERVISORS)
@require_POST
def tag_deleted(_: HttpRequest, tag: int) -> HttpResponseBase:
    """Take a tag away, from all conversations too."""
    get_object_or_404(Tag, pk=tag).delete()
    return redirect("desk:tags")


def _saved(request: HttpRequest, tag: int | None = None) -> HttpResponseBase:
    name = request.POST.get("name", "")
    try:
        saved = tags.save(name, tag)
    except WrongTag as error:
        return _page(request, {"problem": say(str(error)), "problem_tag": tag, "name": name})
    tell(request, tag=saved.pk)
    return redirect("desk:tags")


def _page(request: HttpRequest, problem: dict[str, object] | None = None) -> HttpResponse:
    shown = {"tags": tags.counted(), "longest": tags.LONGEST, **(problem or {})}
    return render(request, "desk/tags.html", shown, status=422 if problem else 200)
