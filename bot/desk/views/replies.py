"""The pages on which supervisors write the ready answers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bot.desk.access import SUPERVISORS, staff
from bot.desk.canned import CannedReplyForm, explained
from bot.desk.models import CannedReply


@staff(*SUPERVISORS)
@require_safe
def replies(request: HttpRequest) -> HttpResponse:
    """Show all of them."""
    return render(request, "desk/replies.html", {"replies": CannedReply.objects.all()})


@staff(*SUPERVISORS)
@require_http_methods(["GET", "POST"])
def reply_new(request: HttpRequest) -> HttpResponseBase:
    """Write a new one."""
    return _edited(request, None)


@staff(*SUPERVISORS)
@require_http_methods(["GET", "POST"])
def reply_edit(request: HttpRequest, canned: UUID) -> HttpResponseBase:
    """Change one."""
    return _edited(request, get_object_or_404(CannedReply, pk=canned))


@staff(*SUPERVISORS)
@require_POST
def reply_delete(_: HttpRequest, canned: UUID) -> HttpResponseBase:
    """Take one away."""
    get_object_or_404(CannedReply, pk=canned).delete()
    return redirect("desk:replies")


def _edited(request: HttpRequest, known: CannedReply | None) -> HttpResponseBase:
    form = CannedReplyForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("desk:replies")
    shown = {"form": form, "known": known, **explained()}
    return render(request, "desk/reply.html", shown, status=422 if form.errors else 200)
