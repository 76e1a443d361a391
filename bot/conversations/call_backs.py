"""A member who does not want to wait leaves a telephone number; an adviser calls it."""

import phonenumbers

from bot.conversations.models import Author, CallBack, Message
from bot.conversations.ownership import Owner
from bot.conversations.services import resume_button
from bot.texts import say
from bot.turn import Reply, Turn

COUNTRY = "BE"  # of numbers without a country's code
ASKED = "callback_asked"  # why the conversation is in the queue
LONGEST = 60  # characters of a text that is a number, with a few words around it


def ask(message: Message) -> Turn:
    """Ask for the number; a member who was with the bot joins the queue."""
    hand_off = "" if message.conversation.owner == Owner.WAITING else ASKED
    return Turn([Reply(say("callback_ask"), buttons=[resume_button()])], hand_off=hand_off)


def read(message: Message) -> Turn | None:
    """Keep the number that was asked for; None when none was, or the member writes of something else."""
    last = message.conversation.messages.filter(author=Author.BOT).order_by("-number").first()
    was_asked = last is not None and last.text in (say("callback_ask"), say("callback_again"))
    if not was_asked or len(message.text) > LONGEST or not any(char.isdigit() for char in message.text):
        return None
    phone = _phone(message.text)
    if phone is None:
        return Turn([Reply(say("callback_again"), buttons=[resume_button()])])
    CallBack.objects.update_or_create(conversation=message.conversation, done_at=None, defaults={"phone": phone})
    told = Reply(say("callback_noted", phone=shown(phone)), buttons=[resume_button()])
    return Turn([told], events=[("call_back_asked", {})])


def shown(phone: str) -> str:
    """Return a stored number as people write it here."""
    number = phonenumbers.parse(phone)
    style = phonenumbers.PhoneNumberFormat
    is_here = phonenumbers.region_code_for_number(number) == COUNTRY
    return phonenumbers.format_number(number, style.NATIONAL if is_here else style.INTERNATIONAL)


def _phone(text: str) -> str | None:
    """Return the first telephone number of a text in E.164, if it holds one that can exist."""
    found = next(iter(phonenumbers.PhoneNumberMatcher(text, COUNTRY)), None)
    return phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164) if found else None
