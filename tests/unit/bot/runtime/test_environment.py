import pytest
from pydantic import SecretStr

from bot.runtime import environment
from bot.runtime.children import children, is_here, page_address
from bot.settings import Settings

URL = "postgresql://postgres@/cybercare?host=%2Fvar%2Fpg"


@pytest.fixture
def settings(monkeypatch):
    monkeypatch.setenv("CYBERCARE_TELEGRAM_TOKEN", "1:token")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return Settings()


def test_the_engine_never_knows_the_secrets_of_the_gateway(settings):
    known = environment.for_engine(settings, URL)
    assert not {"CYBERCARE_SECRET_KEY", "CYBERCARE_TELEGRAM_TOKEN"} & set(known)
    assert known["CYBERCARE_ENGINE_TOKEN"]


SECRETS = [
    name.upper()
    for name, field in Settings.model_fields.items()
    if field.annotation is SecretStr and name != "engine_token"
]


@pytest.mark.parametrize("name", SECRETS)
def test_the_engine_never_knows_a_password_of_another_system(settings, monkeypatch, name):
    monkeypatch.setenv(f"CYBERCARE_{name}", "x")
    assert f"CYBERCARE_{name}" not in environment.for_engine(settings, URL)


def test_the_engine_logs_errors_only(settings):
    assert environment.for_engine(settings, URL)["LOG_LEVEL"] == "ERROR"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (URL, "postgresql+psycopg2://postgres@/cybercare?host=%2Fvar%2Fpg"),
        ("postgres://u:p%40@db:5433/x", "postgresql+psycopg2://u:p%40@db:5433/x"),
    ],
)
def test_a_database_url_is_translated_for_sqlalchemy(given, expected):
    assert environment.sqlalchemy_url(given) == expected


def test_engine_and_actions_listen_on_loopback_only(settings):
    for child in children(settings, URL):
        if child.name in ("engine", "actions"):
            assert child.host == "127.0.0.1"
            assert "127.0.0.1" in child.command


@pytest.mark.parametrize("host", ["*", "0.0.0.0", "::"])
def test_a_page_served_everywhere_is_asked_for_its_health_over_loopback(settings, host):
    chosen = settings.model_copy(update={"host": host})
    assert page_address(chosen) == f"http://127.0.0.1:{chosen.port}/"
    web = next(child for child in children(chosen, URL) if child.name == "web")
    assert "*" not in web.command


def test_an_address_of_version_6_is_written_as_a_browser_reads_it(settings):
    chosen = settings.model_copy(update={"host": "::1"})
    assert page_address(chosen) == f"http://[::1]:{chosen.port}/"


def test_our_processes_leave_telegram_out_where_there_is_no_token(settings, monkeypatch):
    assert environment.LEAVE_TELEGRAM_OUT not in environment.for_bot(settings, URL)
    monkeypatch.setenv("CYBERCARE_TELEGRAM_TOKEN", "")
    assert environment.LEAVE_TELEGRAM_OUT in environment.for_bot(Settings(), URL)


def test_telegram_is_polled_only_with_a_token_and_in_poll_mode(settings, monkeypatch):
    assert "telegram" in [child.name for child in children(settings, URL)]
    monkeypatch.setenv("CYBERCARE_TELEGRAM_TOKEN", "")
    assert "telegram" not in [child.name for child in children(Settings(), URL)]


def test_an_engine_on_another_machine_is_not_started_here(monkeypatch):
    monkeypatch.setenv("CYBERCARE_ENGINE_ADDRESS", "http://10.0.0.7:5005")
    assert "engine" not in [child.name for child in children(Settings(), URL)]
    assert not is_here("http://10.0.0.7:5005")


def test_no_secret_is_shown_when_a_child_is_printed(settings):
    shown = repr(children(settings, URL))
    assert settings.engine_token.get_secret_value() not in shown
