"""Rasa graph components for French incident reports."""
