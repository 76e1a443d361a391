"""What actions ask of the gateway; it travels in a reply's `custom` part and happens when the reply is stored."""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from bot.conversations.services import resume_button


def record(dispatcher: CollectingDispatcher, name: str, **properties: Any) -> None:
    """Have one event recorded; no personal data in `properties`."""
    dispatcher.utter_message(json_message={"events": [{"name": name, "properties": properties}]})


def hand_off(dispatcher: CollectingDispatcher, text: str, reason: str) -> None:
    """Tell the member, and put the conversation into the humans' queue."""
    dispatcher.utter_message(text=text, buttons=[resume_button()], json_message={"hand_off": reason})


def end_episode(dispatcher: CollectingDispatcher) -> None:
    """Have the engine begin the next message with an empty memory, so that trackers stay short."""
    dispatcher.utter_message(json_message={"ends_episode": True})
