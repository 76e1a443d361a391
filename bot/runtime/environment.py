"""The environment variables of each process, made from the settings; each gets only the secrets it needs."""

import os
from urllib.parse import urlsplit

from bot.settings import Settings

KEPT_FROM_THE_ENGINE = (
    *("CYBERCARE_SECRET_KEY", "CYBERCARE_TELEGRAM_TOKEN", "CYBERCARE_TELEGRAM_WEBHOOK_SECRET"),
    *("CYBERCARE_SMTP_URL", "CYBERCARE_STORE_KEY_ID", "CYBERCARE_STORE_SECRET"),
    *("CYBERCARE_IDENTITY_SECRET", "CYBERCARE_WEBHOOK_SECRET", "CYBERCARE_METRICS_TOKEN"),
)
LEAVE_TELEGRAM_OUT = "CYBERCARE_LEAVE_TELEGRAM_OUT"  # set where there is no token: 13 MB less in each process
QUIET_RASA = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",  # its notice; the results are the same
    "PYTHONWARNINGS": "ignore",
    "LOG_LEVEL_LIBRARIES": "ERROR",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}
# The engine's sums are small: threads that wait for each other would cost more than they save. Training runs such
# sums side by side.
ONE_THREAD = {"OMP_NUM_THREADS": "1"}


def for_bot(settings: Settings, database_url: str) -> dict[str, str]:
    """Return the environment of our own processes."""
    return {
        **os.environ,
        **({} if settings.telegram_token.get_secret_value() else {LEAVE_TELEGRAM_OUT: "1"}),
        "DJANGO_SETTINGS_MODULE": "bot.django_config",
        "CYBERCARE_SECRET_KEY": settings.secret_key.get_secret_value(),
        "CYBERCARE_ENGINE_TOKEN": settings.engine_token.get_secret_value(),
        "DATABASE_URL": database_url,
        "PYTHONUNBUFFERED": "1",
    }


def for_rasa(settings: Settings) -> dict[str, str]:
    """Return the environment of Rasa's commands that need no database; its INFO logs tell the stages of training."""
    kept = {name: value for name, value in os.environ.items() if name not in KEPT_FROM_THE_ENGINE}
    return {
        **kept,
        **QUIET_RASA,
        "PYTHONUNBUFFERED": "1",
        "LOG_LEVEL": "INFO",
        "CYBERCARE_ENGINE_TOKEN": settings.engine_token.get_secret_value(),
        "CYBERCARE_ACTIONS_ADDRESS": f"{settings.actions_address}/webhook",
        "CYBERCARE_ENGINE_DATABASE_URL": "unused",
    }


def for_engine(settings: Settings, database_url: str) -> dict[str, str]:
    """Return the engine's environment; its lower log levels would print what members write."""
    return {
        **for_rasa(settings),
        **ONE_THREAD,
        "LOG_LEVEL": "ERROR",
        "CYBERCARE_ENGINE_DATABASE_URL": sqlalchemy_url(database_url),
    }


def sqlalchemy_url(database_url: str) -> str:
    """Return a PostgreSQL URL in the form that SQLAlchemy 1.4 and psycopg2 read."""
    parts = urlsplit(database_url)
    credentials, at, place = parts.netloc.rpartition("@")
    query = f"?{parts.query}" if parts.query else ""
    return f"postgresql+psycopg2://{credentials}{at}{place}{parts.path}{query}"
