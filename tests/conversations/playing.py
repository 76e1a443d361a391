"""Plays a script with a talker, and says at which step and why it did not go as written."""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from bot.texts import say
from tests.conversations.adviser import Adviser
from tests.conversations.asking import NO_QUESTION, asked
from tests.conversations.script import ClaimExpected, Script, Step
from tests.conversations.talkers import Said, Talker, plain
from tests.mail_server import MailServer, text_of
from tests.stack import wait_until

MOST_ANSWERS = 14  # of one form; more is a loop
LEFT_EMPTY = (say("dont_know"), say("skip"), say("no_thanks"))
MAIL_SECONDS = 15
CODE = re.compile(r"(?m)^ *([A-Z]{4}-[A-Z]{4})$")
AGEING = (
    "UPDATE conversations_conversation SET last_message_at = last_message_at - %s * interval '1 day' WHERE id = %s",
    "UPDATE conversations_message SET sent_at = sent_at - %s * interval '1 day' WHERE conversation_id = %s",
    "UPDATE claims_saveddraft SET saved_at = saved_at - %s * interval '1 day' WHERE conversation = %s",
)


@dataclass
class Play:
    """One performance; `questions` counts what the bot asked, re-asked ones included."""

    talker: Talker
    mail: MailServer
    adviser: Adviser
    said: Said = field(default_factory=lambda: Said("", ()))
    heard: list[str] = field(default_factory=list)  # all that was said in one step
    questions: int = 0
    reference: str = ""  # of the newest claim that a step looked at
    mailbox: str = field(default_factory=lambda: f"anne.{uuid4().hex[:8]}@example.be")

    def run(self, script: Script) -> "Play":
        """Play all steps."""
        for number, step in enumerate(script.steps, 1):
            try:
                self._do(step)
                self._check(step)
            except AssertionError as wrong:
                heard = "\nthe bot said: " + "\n".join(self.heard)
                heard += f"\nbuttons: {list(self.said.buttons)}"
                raise AssertionError(f"step {number}: {wrong}{heard}") from wrong
        limit = script.questions_at_most
        assert limit is None or self.questions <= limit, f"{self.questions} questions instead of {limit}"
        return self

    def _do(self, step: Step) -> None:
        self.heard.clear()
        if step.me is not None:
            self._hear(self.talker.says(self._worded(step.me) * step.times))
        elif step.unheard is not None:
            self._hear(self.talker.says_unheard(step.unheard))
        elif step.tap is not None:
            self._hear(self.talker.taps(step.tap))
        elif step.photo:
            self._hear(self.talker.gives_photos(1))
        elif step.photos:
            self._hear(self.talker.gives_photos(step.photos))
        elif step.adviser is not None:
            self._hear(self._advises(step.adviser))
        else:
            self._do_several(step)

    def _do_several(self, step: Step) -> None:
        if step.burst is not None:
            self._hear(self.talker.says_at_once(step.burst))
        elif step.sends:
            self._hear(self.talker.sends(step.sends))
        elif step.fill is not None:
            self._answer(step.fill, until="recap")
        elif step.open is not None:
            self._hear(self.talker.taps(say("recap_right")))
            self._answer(step.open, until="")
        elif step.elsewhere:
            self._claims()
            self.talker = self.talker.elsewhere()
        for query in AGEING if step.later else ():
            self.talker.stack.rows(query, step.later, self.talker.conversation)

    def _answer(self, answers: dict[str, str], until: str) -> None:
        """Answer all that is asked, by tap where the answer is a button's title; nothing is known of the rest."""
        for _ in range(MOST_ANSWERS):
            question = asked(self.said)
            if question in (until, "", "recap"):
                return
            answer = self._worded(answers.get(question, "")) or next(
                (each for each in LEFT_EMPTY if each in self.said.buttons), ""
            )
            assert answer, f"« {question} » has no way round"
            self._hear(self.talker.taps(answer) if answer in self.said.buttons else self.talker.says(answer))
        raise AssertionError(f"more than {MOST_ANSWERS} questions")

    def _advises(self, text: str) -> Said:
        adviser, conversation = self.adviser, self.talker.conversation
        moves = {"release": adviser.releases, "close": adviser.closes}
        if move := moves.get(text):
            return self.talker.hears(lambda: move(conversation))
        return self.talker.hears(lambda: adviser.replies(conversation, text))

    def _hear(self, said: Said) -> None:
        self.said = said
        self.heard.append(said.text)
        self.questions += asked(said) not in NO_QUESTION

    def _worded(self, text: str) -> str:
        """Return a text with what its placeholders stand for."""
        if "{code}" in text:
            wait_until(lambda: self._codes != [], MAIL_SECONDS)
            text = text.replace("{code}", self._codes[-1])
        return text.replace("{reference}", self.reference).replace("{mailbox}", self.mailbox)

    @property
    def _codes(self) -> list[str]:
        """Return the one-time codes that were e-mailed to this play's address."""
        bodies = [text_of(message) for message in self.mail.box.messages if message["To"] == self.mailbox]
        return [code for body in bodies for code in CODE.findall(body)]

    def _check(self, step: Step) -> None:
        whole = rest = "\n".join(self.heard)
        for words in step.bot:
            assert plain(words) in rest, f"« {words} » is not said (there)"
            rest = rest[rest.index(plain(words)) + len(plain(words)) :]
        for words in step.never:
            assert plain(words).lower() not in whole.lower(), f"« {words} » is said"
        for title in step.buttons:
            assert title in self.said.buttons, f"no button « {title} »"
        for title in step.no_buttons:
            assert title not in self.said.buttons, f"a button « {title} »"
        if step.asks or step.silent:
            assert asked(self.said) == step.asks, f"asks « {asked(self.said)} » instead of « {step.asks} »"
        self._check_stored(step)

    def _check_stored(self, step: Step) -> None:
        if step.owner:
            wait_until(lambda: self._row()["owner"] == step.owner, 3)
        if step.priority is not None:
            assert self._row()["priority"] == step.priority, f"priority {self._row()['priority']}"
        if step.claims is not None:
            assert len(self._claims()) == step.claims, f"{len(self._claims())} claims"
        if step.claim is not None:
            self._check_claim(step.claim)

    def _check_claim(self, expected: ClaimExpected) -> None:
        assert self._claims(), "no claim was opened"
        claim = self._claims()[-1]
        for name in ("family", "subtype", "state"):
            wanted = getattr(expected, name)
            assert not wanted or claim[name] == wanted, f"the claim's {name} is {claim[name]}"
        found = self.talker.stack.rows("SELECT field, value FROM claims_answer WHERE claim_id = %s", claim["id"])
        answers = {row["field"]: row["value"] for row in found}
        for name, value in expected.answers.items():
            assert answers.get(name) == value, f"{name} is {answers.get(name)!r} instead of {value!r}"
        if expected.flags is not None:
            raised = self.talker.stack.rows("SELECT rule FROM claims_flag WHERE claim_id = %s", claim["id"])
            rules = {row["rule"] for row in raised} - {"identity_unverified"}
            assert rules == set(expected.flags), f"the flags are {sorted(rules)}"

    def _row(self) -> dict[str, Any]:
        query = "SELECT * FROM conversations_conversation WHERE id = %s"
        return self.talker.stack.rows(query, self.talker.conversation)[0]

    def _claims(self) -> list[dict[str, Any]]:
        query = "SELECT * FROM claims_claim WHERE conversation = %s ORDER BY opened_at"
        claims = self.talker.stack.rows(query, self.talker.conversation)
        if claims:
            self.reference = claims[-1]["reference"]
        return claims
