"""Shared by all tests: settings that point nowhere real."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.django_config")
os.environ.setdefault("CYBERCARE_SECRET_KEY", "only-for-tests")
os.environ.setdefault("CYBERCARE_ENGINE_TOKEN", "only-for-tests")
