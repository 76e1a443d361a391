"""Custom actions: the thin edge where the dialogue meets our services."""

from bot.imports import hollow

with hollow(
    "sanic", Sanic=object
):  # rasa-sdk 3.21 names it in an annotation; its own server, which we are not, uses it
    import rasa_sdk.executor  # noqa: F401
