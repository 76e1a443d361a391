"""All addresses of the web process."""

from django.urls import include, path

urlpatterns = [
    path("", include("bot.channels.web.urls")),
    path("telegram/", include("bot.channels.telegram.urls")),
]
