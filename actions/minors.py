"""What is said to a child or teenager who writes: simple words, someone to talk to, no claim."""

from actions.dialogue import Dialogue
from bot.texts import say
from bot.understanding.persons import fears_family


def speak_to_minor(dialogue: Dialogue, story: str) -> None:
    """Say whom to talk to, and that a parent may declare; nothing of a claim is kept."""
    trusted = say("minor_trusted_outside" if fears_family(story) else "minor_trusted")
    human = {"title": say("talk_to_human"), "payload": "/ask_human"}
    dialogue.forget()
    dialogue.say("minor", [human], trusted=trusted)
    dialogue.record("minor_answered")
