"""The ends of a form: the claim is opened, put away, or given to a human."""

from typing import Any

from asgiref.sync import sync_to_async
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import gateway
from actions.slots import clear_incident, conversation_of, draft_of, set_slots
from bot.claims.services import claims_of, open_claim
from bot.conversations.services import attach_evidence
from bot.texts import say


class FinishIncident(Action):
    """Ends the form the way its `form_exit` says."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_finish_incident"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Open the claim, or say how it goes on without one."""
        way_out = tracker.slots.get("form_exit")
        if way_out == "confirmed":
            return await _open(dispatcher, tracker)
        if way_out == "human":
            gateway.hand_off(dispatcher, say("handed_off_asked"), "asked")
            return set_slots({"form_exit": None})
        if way_out == "life":
            gateway.hand_off(dispatcher, say("life"), "danger_to_life")
            return set_slots({"form_exit": None})  # the declaration can wait, as the member is told
        dispatcher.utter_message(text=say("form_cancelled"))
        gateway.record(dispatcher, "form_cancelled")
        return clear_incident()


class TellStatus(Action):
    """Tells where the conversation's claims stand."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_tell_status"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """List reference and state of each claim, the newest first."""
        claims = await sync_to_async(claims_of)(conversation_of(tracker))
        if not claims:
            dispatcher.utter_message(text=say("status_none"))
        for claim in claims[:5]:
            dispatcher.utter_message(text=say("status", reference=claim.reference, state=claim.get_state_display()))
        return []


class HandOff(Action):
    """Gives the conversation to a human: because the member asks, or is in danger."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_hand_off"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say so, in the words the reason needs."""
        if (tracker.latest_message.get("intent") or {}).get("name") == "distress":
            gateway.hand_off(dispatcher, say("life"), "danger_to_life")
        else:
            gateway.hand_off(dispatcher, say("handed_off_asked"), "asked")
        return []


async def _open(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    draft, conversation = draft_of(tracker), conversation_of(tracker)
    assert draft is not None, "the form confirms only a draft"
    claim = await sync_to_async(open_claim)(conversation, draft)
    await sync_to_async(attach_evidence)(conversation, claim.pk)
    dispatcher.utter_message(text=say("claim_opened", reference=claim.reference))
    gateway.end_episode(dispatcher)
    return clear_incident()
