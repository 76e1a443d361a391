"""What members and advisers read that is neither in data/ nor in a template, and the register of contacts."""

from bot.texts.contacts import Contact, contacts
from bot.texts.sentences import say, with_contacts

__all__ = ["Contact", "contacts", "say", "with_contacts"]
