"""The one typed settings object; every variable is documented in `.env.example` (a test compares both)."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
SECRET_LENGTH = 32  # characters at least; RFC 7518 asks for as many bytes as SHA-256 has


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

    public_url: str = Field("", description="where members reach the web page, for links; empty: its first host")

    evidence_max_megabytes: int = Field(20, ge=1, description="largest photo or document taken")
    evidence_per_hour: int = Field(20, ge=1, description="files of one conversation within an hour")
    evidence_max_files: int = Field(60, ge=1, description="files of one claim, or of a conversation without one")
    evidence_store: str = Field("", description="s3://bucket/prefix; empty: a folder of CYBERCARE_VAR")
    store_endpoint: str = Field("", description="the S3 server's address; empty: Amazon's")
    store_region: str = Field("eu-west-1", description="the bucket's region")
    store_key_id: SecretStr = Field(SecretStr(""), description="of the S3 credentials")
    store_secret: SecretStr = Field(SecretStr(""), description="of the S3 credentials")
    clamd: str = Field("", description="host:port or path of a virus scanner's socket; empty: no scan")

    desk_hours: str = Field("", description="when advisers are there: `mo-fr 08:30-18:00; sa 09:00-12:30`, or always")
    desk_holidays: list[date] = Field([], description="days on which nobody is there")
    desk_idle_minutes: int = Field(60, ge=1, description="after which an unused session of the desk ends")
    desk_session_hours: float = Field(12.0, gt=0, description="after which any session of the desk ends")

    alert_to: list[str] = Field([], description="whose e-mail says that something urgent waits too long")
    alert_chat: str = Field("", description="id of a Telegram chat of the staff that is told so too; empty: none")
    alert_minutes: list[Annotated[int, Field(ge=1)]] = Field(
        [1, 3, 10], min_length=3, max_length=3, description="after which a life, an attack, fresh money waits too long"
    )
    alert_repeat_minutes: int = Field(15, ge=1, description="after which the same waiting is told again")
    alert_repeats: int = Field(3, ge=0, description="how often it is told again")

    reminder_days: int = Field(5, ge=1, le=90, description="after which missing documents are asked for")
    smtp_url: SecretStr = Field(SecretStr(""), description="smtp[s]://user:password@host:port; empty: no e-mail")
    mail_from: str = Field("Cyber Care <cybercare@localhost>", description="the sender of e-mails")
    identity_secret: SecretStr = Field(SecretStr(""), description="checks HS256 identities of the insurer's pages")
    identity_public_key: str = Field("", description="a PEM file that checks RS256 identities")
    identity_audience: str = Field("cybercare", description="the audience that identities must name")
    webhook_url: str = Field("", description="the insurer's system, told of each claim event; empty: none")
    webhook_secret: SecretStr = Field(SecretStr(""), description="signs what the webhook sends")

    report_to: list[str] = Field([], description="who gets the weekly report by e-mail")
    metrics_token: SecretStr = Field(SecretStr(""), description="lets Prometheus read /metrics; empty: this machine")

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

    @model_validator(mode="after")
    def _refuse_alerts_that_go_nowhere(self) -> "Settings":
        if self.alert_to and not self.smtp_url.get_secret_value():
            raise ValueError("CYBERCARE_SMTP_URL must be set with CYBERCARE_ALERT_TO")
        if self.alert_chat and not self.telegram_token.get_secret_value():
            raise ValueError("CYBERCARE_TELEGRAM_TOKEN must be set with CYBERCARE_ALERT_CHAT")
        return self

    @model_validator(mode="after")
    def _refuse_short_secrets(self) -> "Settings":
        for name in ("identity_secret", "webhook_secret"):
            value = getattr(self, name).get_secret_value()
            if value and len(value) < SECRET_LENGTH:
                raise ValueError(f"CYBERCARE_{name.upper()} must have at least {SECRET_LENGTH} characters")
        return self

    @model_validator(mode="after")
    def _refuse_careless_outgoing(self) -> "Settings":
        if not self.webhook_url:
            return self
        address = urlsplit(self.webhook_url)
        is_loopback = self.mode == "local" and address.hostname in ("127.0.0.1", "localhost", "::1")
        if not address.hostname or not (address.scheme == "https" or (address.scheme == "http" and is_loopback)):
            raise ValueError("CYBERCARE_WEBHOOK_URL must be https (http only to this machine, in local mode)")
        if not self.webhook_secret.get_secret_value():
            raise ValueError("CYBERCARE_WEBHOOK_SECRET must be set with CYBERCARE_WEBHOOK_URL")
        return self

    @property
    def address(self) -> str:
        """Where people reach the pages: as set, else https and the first host name; in local mode this machine."""
        if self.public_url:
            return self.public_url.rstrip("/")
        return f"https://{self.public_hosts[0]}" if self.mode == "production" else f"http://127.0.0.1:{self.port}"


@cache
def settings() -> Settings:
    """Return the settings of this process.

    Raises:
        pydantic.ValidationError: a variable is missing or has a bad value; the message names it.
    """
    return Settings()
