"""Makes what claims answer and see known to the conversations, which know nothing of claims."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Claims."""

    name = "bot.claims"

    def ready(self) -> None:
        """Register commands, the reader of references and codes, and what a receipt offers."""
        from bot.claims import access, checklist, images, page, saved_drafts
        from bot.conversations import commands, erasure, files

        for name in ("checklist", "piece", "file", "document"):
            commands.register(name, getattr(checklist, name))
        commands.register("claim_page", page.claim_page)
        commands.register_reader(access.read)
        files.register(checklist.on_evidence)
        files.register(images.on_evidence)
        erasure.register(saved_drafts.forget_drafts)
