"""The people of the demo: members with contracts, households among them, and staff with accounts."""

import random
from datetime import datetime

from django.contrib.auth.hashers import make_password

from bot.demo.book import Book
from bot.demo.texts import words
from bot.desk import accounts
from bot.desk.models import Adviser, Role, Tag, Team
from bot.invented import RANGE, new_id
from bot.members.models import Member
from bot.understanding import fold

DOMAIN = "demo.example"  # of the accounts' addresses; RFC 2606: nobody has it
TEAM = Team(slug="demo-fraude", name="Fraude (démo)")
TAGS = ("démo : à suivre", "démo : senior")


def members(book: Book, count: int, at: datetime, chance: random.Random) -> list[Member]:
    """Return invented members, a third of whom share a household with another one."""
    names, made = words()["members"], dict[tuple[str, str, str], Member]()
    contract = 0
    while len(made) < count:
        contract += chance.random() > 0.35
        number = f"DEMO-{contract:05d}"
        name = (number, chance.choice(names["first"]), chance.choice(names["last"]))
        made[name] = Member(
            id=new_id(chance), contract=number, household=number, first_name=name[1], last_name=name[2], imported_at=at
        )
    return [book.add(member) for member in made.values()]


def staff(chance: random.Random) -> dict[Role, list[Adviser]]:
    """Make the accounts that are not there yet, without passwords; return them by role."""
    team, _ = Team.objects.get_or_create(slug=TEAM.slug, defaults={"name": TEAM.name})
    found: dict[Role, list[Adviser]] = {role: [] for role in Role}
    for each in words()["staff"]:
        email = f"{fold(each['name']).replace(' ', '.')}@{DOMAIN}"
        about = {"name": f"{each['name']} (démo)", "role": each["role"], "team": team, "password": make_password(None)}
        who, _ = Adviser.objects.get_or_create(email=email, defaults={"id": new_id(chance), **about})
        found[Role(who.role)].append(who)
    return found


def links() -> list[tuple[str, str]]:
    """Return (name, role and one-time link) of each account, to choose a password by."""
    everybody = Adviser.objects.filter(pk__range=RANGE, is_active=True).order_by("role", "name")
    return [(f"{who.name}, {who.get_role_display().lower()}", accounts.password_link(who)) for who in everybody]


def tags() -> list[Tag]:
    """Make the demo's tags."""
    return [Tag.objects.get_or_create(name=name)[0] for name in TAGS]
