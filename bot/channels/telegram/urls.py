"""Address of the webhook."""

from django.urls import path

from bot.channels.telegram.views import webhook

urlpatterns = [path("webhook", webhook, name="telegram-webhook")]
