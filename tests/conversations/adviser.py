"""The installation's first adviser, who uses the desk over HTTP as a browser does."""

import re
from secrets import token_urlsafe

import httpx

from tests.stack import Stack, wait_until

LINK_SECONDS = 30  # it is printed once all runs
FIRST_LINK = re.compile(r"First administrator .*?(/desk/first/\S+)")


class Adviser:
    """Signs in once; `replies`, `releases` and `closes` are what an adviser does with a conversation."""

    def __init__(self, stack: Stack) -> None:
        self.http = httpx.Client(base_url=stack.url, follow_redirects=True, timeout=30)
        wait_until(lambda: FIRST_LINK.search(stack.output), LINK_SECONDS)
        email, password = "sophie@example.be", token_urlsafe()
        chosen = self._post(FIRST_LINK.findall(stack.output)[0], name="Sophie", email=email)
        self._post(chosen.url.path, new_password1=password, new_password2=password)
        entered = self._post("/desk/login", username=email, password=password)
        assert entered.url.path == "/desk/", entered.url.path

    def replies(self, conversation: str, text: str) -> None:
        """Answer the member, which takes the conversation."""
        self._move(conversation, "reply", text=text)

    def releases(self, conversation: str) -> None:
        """Give the conversation back to the bot."""
        self._move(conversation, "release")

    def closes(self, conversation: str) -> None:
        """End the conversation."""
        self._move(conversation, "close", reason="solved")

    def _move(self, conversation: str, move: str, **fields: str) -> None:
        self._post(f"/desk/c/{conversation}/{move}", **fields).raise_for_status()

    def _post(self, path: str, **fields: str) -> httpx.Response:
        """Post a form with the token that the site's cookie holds; the first request fetches the cookie."""
        if "csrftoken" not in self.http.cookies:
            self.http.get(path).raise_for_status()
        fields["csrfmiddlewaretoken"] = next(c.value or "" for c in self.http.cookies.jar if c.name == "csrftoken")
        return self.http.post(path, data=fields)
