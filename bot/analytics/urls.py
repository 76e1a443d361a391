"""Addresses of the figures, below the desk's."""

from django.urls import path

from bot.analytics import pages, wave_pages

app_name = "analytics"
urlpatterns = [
    path("", pages.board, {"name": "incidents"}, name="home"),
    path("today", pages.today, name="today"),
    path("cases", pages.cases, name="cases"),
    path("waves", wave_pages.waves, name="waves"),
    path("waves/<int:key>", wave_pages.decide, name="decide"),
    path("<slug:name>", pages.board, name="board"),
    path("<slug:name>/export.<slug:format_>", pages.export, name="export"),
]
