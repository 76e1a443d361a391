"""Addresses of the page and the interface."""

from django.urls import path

from bot.channels.web import claim_pages, pages
from bot.channels.web.api import api

urlpatterns = [
    path("", pages.chat, name="chat"),
    path("health", pages.health, name="health"),
    path("dossier/<str:token>.pdf", claim_pages.pdf, name="claim-pdf"),
    path("dossier/<str:token>", claim_pages.page, name="claim-page"),
    path("api/", api.urls),
]
