"""Invented conversations and claims that fill an installation to be shown: marked everywhere, removable."""
