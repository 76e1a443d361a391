"""Plays a script with a talker, and says at which step and why it did not go as written."""

from dataclasses import dataclass, field
from typing import Any

from bot.catalogue import catalogue
from bot.texts import say
from tests.conversations.script import ClaimExpected, Script, Step
from tests.conversations.talkers import Said, Talker, plain
from tests.stack import wait_until

MOST_ANSWERS = 14  # of one form; more is a loop
LEFT_EMPTY = (say("dont_know"), say("skip"))
AGEING = (
    "UPDATE conversations_conversation SET last_message_at = last_message_at - %s * interval '1 day' WHERE id = %s",
    "UPDATE conversations_message SET sent_at = sent_at - %s * interval '1 day' WHERE conversation_id = %s",
    "UPDATE claims_saveddraft SET saved_at = saved_at - %s * interval '1 day' WHERE conversation = %s",
)


@dataclass
class Play:
    """One performance; `questions` counts what the bot asked, re-asked ones included."""

    talker: Talker
    said: Said = field(default_factory=lambda: Said("", ()))
    questions: int = 0

    def run(self, script: Script) -> "Play":
        """Play all steps."""
        for number, step in enumerate(script.steps, 1):
            try:
                self._do(step)
                self._check(step)
            except AssertionError as wrong:
                heard = f"\nthe bot said: {self.said.text}\nbuttons: {list(self.said.buttons)}"
                raise AssertionError(f"step {number}: {wrong}{heard}") from wrong
        limit = script.questions_at_most
        assert limit is None or self.questions <= limit, f"{self.questions} questions instead of {limit}"
        return self

    def _do(self, step: Step) -> None:
        if step.me is not None:
            self._hear(self.talker.says(step.me))
        elif step.tap is not None:
            self._hear(self.talker.taps(step.tap))
        elif step.photo:
            self._hear(self.talker.gives_photo())
        elif step.fill is not None:
            self._fill(step.fill)
        for query in AGEING if step.later else ():
            self.talker.stack.rows(query, step.later, self.talker.conversation)

    def _fill(self, answers: dict[str, str]) -> None:
        for _ in range(MOST_ANSWERS):
            asked = self.asked
            if asked == "recap" or not asked:
                return
            if asked in answers:
                self._hear(self.talker.says(answers[asked]))
            else:
                way_round = next((title for title in LEFT_EMPTY if title in self.said.buttons), None)
                assert way_round, f"« {asked} » has no way round"
                self._hear(self.talker.taps(way_round))
        raise AssertionError(f"more than {MOST_ANSWERS} questions")

    def _hear(self, said: Said) -> None:
        self.said = said
        self.questions += self.asked not in ("", "recap")

    @property
    def asked(self) -> str:
        """Return which field the bot asked last, "recap", or nothing."""
        if plain(say("recap_right")) in self.said.buttons:
            return "recap"
        last = [(self.said.text.rfind(plain(each.question)), name) for name, each in catalogue().fields.items()]
        place, name = max(last)
        return name if place >= 0 else ""

    def _check(self, step: Step) -> None:
        rest = self.said.text
        for words in step.bot:
            assert plain(words) in rest, f"« {words} » is not said (there)"
            rest = rest[rest.index(plain(words)) + len(plain(words)) :]
        for words in step.never:
            assert plain(words).lower() not in self.said.text.lower(), f"« {words} » is said"
        for title in step.buttons:
            assert title in self.said.buttons, f"no button « {title} »"
        if step.asks or step.silent:
            assert self.asked == step.asks, f"asks « {self.asked} » instead of « {step.asks} »"
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

    def _row(self) -> dict[str, Any]:
        query = "SELECT * FROM conversations_conversation WHERE id = %s"
        return self.talker.stack.rows(query, self.talker.conversation)[0]

    def _claims(self) -> list[dict[str, Any]]:
        query = "SELECT * FROM claims_claim WHERE conversation = %s ORDER BY opened_at"
        return self.talker.stack.rows(query, self.talker.conversation)
