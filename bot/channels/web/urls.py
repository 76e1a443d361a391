"""Addresses of the page and the interface."""

from django.urls import path

from bot.channels.web import pages
from bot.channels.web.api import api

urlpatterns = [
    path("", pages.chat, name="chat"),
    path("health", pages.health, name="health"),
    path("api/", api.urls),
]
