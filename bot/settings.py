"""The one typed settings object; every variable is documented in `.env.example` (a test compares both)."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Read from the environment (prefix `CYBERCARE_`), then from `.env` at the top."""

    model_config = SettingsConfigDict(env_prefix="CYBERCARE_", env_file=ROOT / ".env", extra="ignore")

    mode: Literal["local", "production"] = "local"
    var: Path = Field(ROOT / "var", description="where everything that is not code is kept")
    host: str = Field("127.0.0.1", description="address the web process listens on")
    port: int = Field(8000, description="port of the web process")
    public_hosts: list[str] = Field(["localhost", "127.0.0.1"], description="host names browsers may use")
    secret_key: SecretStr = Field(SecretStr(""), description="signs sessions and buttons; generated in local mode")
    database_url: str = Field("", alias="DATABASE_URL", description="a PostgreSQL URL; empty: the embedded one")

    engine_address: str = Field("http://127.0.0.1:5005", description="where the engine listens")
    engine_token: SecretStr = Field(SecretStr(""), description="shared by gateway and engine; generated in local mode")
    engine_patience_seconds: float = Field(8.0, description="how long a member waits before a human is called")
    actions_address: str = Field("http://127.0.0.1:5055", description="where the actions listen")

    worker_concurrency: int = Field(8, ge=1, le=64, description="conversations answered at the same time")
    sessions_per_minute: int = Field(60, ge=1, description="new web conversations per address and minute")
    messages_per_minute: int = Field(40, ge=1, description="messages per web conversation and minute")

    telegram_token: SecretStr = Field(SecretStr(""), description="from @BotFather; empty: no Telegram")
    telegram_mode: Literal["poll", "webhook"] = Field("poll", description="ask Telegram, or be called by it")
    telegram_webhook_secret: SecretStr = Field(SecretStr(""), description="checked on every webhook call")
    telegram_api: str = Field("https://api.telegram.org", description="the Bot API's address")

    evidence_max_megabytes: int = Field(20, ge=1, description="largest photo or document taken")

    @model_validator(mode="after")
    def _refuse_missing_secrets(self) -> "Settings":
        if self.mode == "production":
            for name in ("secret_key", "engine_token", "database_url"):
                value = getattr(self, name)
                if not (value.get_secret_value() if isinstance(value, SecretStr) else value):
                    variable = "DATABASE_URL" if name == "database_url" else f"CYBERCARE_{name.upper()}"
                    raise ValueError(f"{variable} must be set in production")
        called = self.telegram_mode == "webhook" and self.telegram_token.get_secret_value()
        if called and not self.telegram_webhook_secret.get_secret_value():
            raise ValueError("CYBERCARE_TELEGRAM_WEBHOOK_SECRET must be set in webhook mode")
        return self


@cache
def settings() -> Settings:
    """Return the settings of this process.

    Raises:
        pydantic.ValidationError: a variable is missing or has a bad value; the message names it.
    """
    return Settings()
