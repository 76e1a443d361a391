"""All addresses of the web process."""

from django.apps import apps
from django.urls import include, path

from bot.analytics.prometheus import metrics
from bot.desk.admin import site as desk_admin

urlpatterns = [
    path("", include("bot.channels.web.urls")),
    path("desk/admin/", desk_admin.urls),
    path("metrics", metrics),
    path("desk/analytics/", include("bot.analytics.urls")),
    path("desk/", include("bot.desk.urls")),
]
if apps.is_installed("bot.channels.telegram"):
    urlpatterns.append(path("telegram/", include("bot.channels.telegram.urls")))
