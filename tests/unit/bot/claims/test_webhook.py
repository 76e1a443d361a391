import hashlib
import hmac

from bot.claims.webhook import signature


def test_the_signature_is_that_of_the_documentation():
    body = b'{"event": "claim_opened"}'
    expected = hmac.new(b"secret", b"1700000000." + body, hashlib.sha256).hexdigest()
    assert signature("secret", 1_700_000_000, body) == f"t=1700000000,v1={expected}"


def test_another_body_or_moment_has_another_signature():
    assert len({signature("secret", moment, body) for moment in (1, 2) for body in (b"a", b"b")}) == 4
