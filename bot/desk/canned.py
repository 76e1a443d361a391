"""The ready answers that supervisors write: what they may hold, and saving them."""

from django import forms

from bot.catalogue.reading import RAW_CONTACT
from bot.desk.models import CannedReply
from bot.desk.placeholders import NAMES, unknown
from bot.texts import contacts, say


class CannedReplyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """One ready answer; numbers and links come as contacts, and placeholders must be known."""

    class Meta:
        """All its columns."""

        model = CannedReply
        fields = ("shortcut", "title", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 8, "spellcheck": "true"})}  # noqa: RUF012 - Django's way
        error_messages = {"shortcut": {"invalid": say("desk_shortcut"), "unique": say("desk_shortcut_taken")}}  # noqa: RUF012
        help_texts = {  # noqa: RUF012
            "shortcut": "Ce que l'on tape après « / » : des lettres, des chiffres ou des tirets.",
            "text": "Vouvoiement, phrases courtes, une action par ligne. Jamais de promesse de prise en charge.",
        }

    def clean_shortcut(self) -> str:
        """Keep shortcuts in small letters, as they are typed."""
        return str(self.cleaned_data["shortcut"]).lower()

    def clean_text(self) -> str:
        """Refuse unknown placeholders, numbers and links."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()
        if names := unknown(text):
            raise forms.ValidationError(
                say("desk_placeholder_unknown", names=", ".join(f"{{{name}}}" for name in names))
            )
        if RAW_CONTACT.search(text):
            raise forms.ValidationError(say("desk_raw_contact", example="{card_stop}"))
        return text


def explained() -> dict[str, dict[str, str]]:
    """Return what the page explains: what placeholders stand for, and the contacts by name."""
    named = {f"{{{id_}}}": f"{each.label} {each.shown}".strip() for id_, each in contacts().items()}
    return {"placeholders": {f"{{{name}}}": label for name, label in NAMES.items()}, "contacts": named}
