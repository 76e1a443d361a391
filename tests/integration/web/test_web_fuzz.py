import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_limits")]

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
ANY_JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
NEARLY_RIGHT = st.fixed_dictionaries(
    {}, optional={"client_id": ANY_JSON | st.just("a"), "text": ANY_JSON, "button": ANY_JSON | st.just("1.0.x")}
)
BODIES = st.binary(max_size=200) | (ANY_JSON | NEARLY_RIGHT).map(lambda body: json.dumps(body).encode())
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@relaxed
@given(body=BODIES)
def test_no_body_breaks_the_interface(member, body):
    response = member.send(body)

    assert response.status_code == 202 or (400 <= response.status_code < 500 and response.json()["error"])


@relaxed
@given(
    token=st.text(max_size=120).filter(lambda text: "\n" not in text and "\r" not in text), after=st.text(max_size=20)
)
def test_no_token_and_no_after_breaks_the_interface(member, token, after):
    wrong = member.client.get("/api/chat/messages", headers={"Authorization": f"Bearer {token}"})
    assert wrong.status_code == 401

    listed = member.client.get(
        "/api/chat/messages", {"after": after}, headers={"Authorization": f"Bearer {member.token}"}
    )
    assert listed.status_code in {200, 422}
