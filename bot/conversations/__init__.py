"""Conversations: who owns them, what was said, receiving, answering, delivering, evidence."""
