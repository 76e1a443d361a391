"""The assistant around the Rasa engine: channels, conversations, claims, understanding, operation."""
