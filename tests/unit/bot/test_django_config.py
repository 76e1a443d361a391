import pytest

from bot.django_config import smtp


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.be", "mail.example.be", 587, True, False),
        ("smtp://mail.example.be:25", "mail.example.be", 25, True, False),
        ("smtps://mail.example.be", "mail.example.be", 465, False, True),
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, False, False),
    ],
)
def test_a_mail_server_is_spoken_to_in_clear_on_loopback_only(url, host, port, tls, ssl):
    options = smtp(url)
    assert (options["host"], options["port"], options["use_tls"], options["use_ssl"]) == (host, port, tls, ssl)


def test_name_and_password_may_hold_any_character():
    options = smtp("smtps://user%40example.be:p%3A%2F%40@mail.example.be")
    assert (options["username"], options["password"]) == ("user@example.be", "p:/@")
