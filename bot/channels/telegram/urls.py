"""Address of the webhook."""

urlpatterns: list = []
