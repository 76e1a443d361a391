"""Telegram: durable poller or webhook in, queued delivery out."""
