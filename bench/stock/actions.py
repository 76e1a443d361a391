"""The stock bot's one custom action; runs in the engine's Python 3.10 under rasa-sdk's own server."""

import sqlite3
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

claims = sqlite3.connect(":memory:", check_same_thread=False)
claims.execute("CREATE TABLE claim (conversation TEXT, reference TEXT, state TEXT)")
claims.execute("CREATE INDEX claim_conversation ON claim (conversation)")
claims.executemany("INSERT INTO claim VALUES (?, ?, 'ouvert')", [(f"c{n}", f"R{n}") for n in range(1000)])

FOUND = "Votre dossier {} est {}."
NONE = (
    "Vous n'avez pas encore de dossier. Racontez-moi ce qui s'est passé, avec vos mots, et nous l'ouvrirons ensemble."
)


class Answer(Action):  # type: ignore[misc]  # rasa-sdk 3.6 has no type hints
    """Looks for the member's claims, as `action_tell_status` does, and keeps what was reported."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_answer"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002 - rasa-sdk's signature
    ) -> list[EventType]:
        """Answer with the claims, or that there is none."""
        query = "SELECT reference, state FROM claim WHERE conversation = ? LIMIT 5"
        found = claims.execute(query, [tracker.sender_id]).fetchall()
        for reference, state in found:
            dispatcher.utter_message(text=FOUND.format(reference, state))
        if not found:
            dispatcher.utter_message(text=NONE)
        return [SlotSet("reported", (tracker.latest_message.get("intent") or {}).get("name"))]
