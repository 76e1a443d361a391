import pytest

from bot.settings import Settings

LONG = "a secret of 32 characters or more"


@pytest.mark.parametrize(
    "address", ["http://insurer.example/claims", "ftp://127.0.0.1/x", "https://", "file:///etc/passwd", "127.0.0.1/x"]
)
def test_a_webhook_leads_to_https_only(address):
    with pytest.raises(ValueError, match="CYBERCARE_WEBHOOK_URL must be https"):
        Settings(webhook_url=address, webhook_secret=LONG)


def test_a_webhook_may_lead_to_this_machine_in_local_mode_only():
    here = {"webhook_url": "http://127.0.0.1:9/x", "webhook_secret": LONG}
    assert Settings(**here).webhook_url
    production = {"mode": "production", "secret_key": "x", "engine_token": "y", "DATABASE_URL": "postgresql://db/x"}
    with pytest.raises(ValueError, match="CYBERCARE_WEBHOOK_URL must be https"):
        Settings(**here, **production)
    assert Settings(webhook_url="https://insurer.example/claims", webhook_secret=LONG, **production)


def test_a_webhook_without_a_secret_and_short_secrets_are_refused():
    with pytest.raises(ValueError, match="CYBERCARE_WEBHOOK_SECRET must be set"):
        Settings(webhook_url="https://insurer.example/claims")
    with pytest.raises(ValueError, match="CYBERCARE_WEBHOOK_SECRET must have at least 32"):
        Settings(webhook_secret="short")
