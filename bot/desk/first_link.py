"""Prints where the first administrator makes an account, if there is none yet: `python -m bot.desk.first_link`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.django_config")


def main() -> None:
    """Print one line, or nothing."""
    import django

    django.setup()
    from bot.desk.accounts import first_administrator_link
    from bot.runtime.leaving import close_pool

    if link := first_administrator_link():
        print(f"First administrator of the desk, once, within two hours: {link}")
    close_pool()


if __name__ == "__main__":
    main()
