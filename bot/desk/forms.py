"""What the desk's account pages ask for."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm

from bot.desk.models import Adviser
from bot.texts import say


class SignIn(AuthenticationForm):
    """E-mail address and password; django-axes counts what goes wrong."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Name the field by what it is."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["username"].label = "Adresse e-mail"
        self.fields["username"].widget = forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username"})
        self.error_messages["invalid_login"] = say("desk_wrong_login")


class Code(forms.Form):
    """Six digits of the second factor."""

    code = forms.CharField(
        label="Code à six chiffres",
        max_length=10,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True, "size": 10}
        ),
    )


class ChoosePassword(SetPasswordForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A password, twice."""


class FirstAdministrator(forms.Form):
    """Who makes the other accounts."""

    name = forms.CharField(label="Prénom et nom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label="Adresse e-mail", widget=forms.EmailInput(attrs={"autocomplete": "username"}))


class Wishes(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """How an adviser wants to work; all of it is off or on."""

    class Meta:
        """Four boxes."""

        model = Adviser
        fields = ("has_sound", "has_notifications", "shows_text", "has_single_keys")
