"""Accounts: made with a one-time link to choose the password, guarded by an optional second factor."""

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django_otp.plugins.otp_totp.models import TOTPDevice

from bot.desk.models import Adviser, Role
from bot.errors import WrongAccount
from bot.settings import settings

FIRST_LINK_SECONDS = 2 * 3600
_signer = TimestampSigner(salt="first-administrator", sep=".")


def create_adviser(email: str, name: str, role: str) -> Adviser:
    """Return a new account that has no password yet.

    Raises:
        WrongAccount: the address is not one or has an account already, the name is blank, or there is no such role.
    """
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise WrongAccount("This is no e-mail address: give one such as sophie@example.be.") from error
    if role not in Role.values:
        raise WrongAccount(f"There is no role {role}: choose among {', '.join(Role.values)}.")
    if not name.strip():
        raise WrongAccount("The name is blank: give the name that colleagues read.")
    if Adviser.objects.filter(email__iexact=email.strip()).exists():
        raise WrongAccount("This address has an account: `cybercare password-link` makes a new link for it.")
    return Adviser.objects.create_user(email, name, role)


def password_link(who: Adviser) -> str:
    """Return the address at which this account's password is chosen: once, within PASSWORD_RESET_TIMEOUT."""
    key = urlsafe_base64_encode(who.pk.bytes)
    return settings().address + reverse("desk:password", args=[key, default_token_generator.make_token(who)])


def known(email: str) -> Adviser:
    """Return the account with this address.

    Raises:
        WrongAccount: no account has it.
    """
    who = Adviser.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if who is None:
        raise WrongAccount("No account has this address: `cybercare create-adviser` makes one.")
    return who


def read_password_link(key: str, token: str) -> Adviser | None:
    """Return whose password the link lets choose; None when it is used, forged or too old."""
    try:
        who = Adviser.objects.filter(pk=urlsafe_base64_decode(key).hex(), is_active=True).first()
    except (ValueError, ValidationError):
        return None
    return who if who and default_token_generator.check_token(who, token) else None


def first_administrator_link() -> str | None:
    """Return the address at which the first administrator makes an account; None once there is one."""
    if has_administrator():
        return None
    return settings().address + reverse("desk:first", args=[_signer.sign("first")])


def is_first_link(token: str) -> bool:
    """Tell whether the link may still be used: it is ours, younger than two hours, and nobody used it."""
    try:
        _signer.unsign(token, max_age=FIRST_LINK_SECONDS)
    except BadSignature:
        return False
    return not has_administrator()


def has_administrator() -> bool:
    """Tell whether somebody could make accounts."""
    return Adviser.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exists()


def second_factor(who: Adviser) -> TOTPDevice | None:
    """Return the confirmed second factor of an account, if it has one."""
    device: TOTPDevice | None = TOTPDevice.objects.filter(user=who, confirmed=True).first()
    return device


def pending_factor(who: Adviser) -> TOTPDevice:
    """Return the second factor that is being set up, a new one if there is none."""
    device: TOTPDevice = TOTPDevice.objects.get_or_create(user=who, confirmed=False, defaults={"name": "TOTP"})[0]
    return device


def confirm_factor(who: Adviser, code: str) -> bool:
    """Switch the second factor on if its first code is right; return whether it was."""
    device = pending_factor(who)
    if not device.verify_token(code.strip()):
        return False
    TOTPDevice.objects.filter(user=who, confirmed=True).delete()
    device.confirmed = True
    device.save()
    return True


def drop_factors(who: Adviser) -> None:
    """Switch the second factor off: the telephone is lost, or is another one."""
    TOTPDevice.objects.filter(user=who).delete()
