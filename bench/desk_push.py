"""How fast a member's message reaches the advisers' screens: `python -m bench.desk_push`.

One web process on a database of its own, with many open streams of desks and members; a message is stored and its
line timed at a few of the desks, and at the member's own stream. Milliseconds from the commit.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.django_config")
os.environ.setdefault("CYBERCARE_SECRET_KEY", "only-for-the-benchmark")

PAUSE = 0.25  # seconds between messages
GOAL = 300.0  # milliseconds


def main() -> None:
    """Run, print, exit with 1 above the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desks", type=int, default=200)
    parser.add_argument("--members", type=int, default=500)
    parser.add_argument("--messages", type=int, default=120)
    chosen = parser.parse_args()
    from bot.runtime.database import start_embedded, stop_embedded

    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        var.chmod(0o755)
        os.environ["DATABASE_URL"] = start_embedded(var)
        try:
            slow = _with_django(var, chosen)
        finally:
            stop_embedded(var)
    sys.exit(slow)


def _with_django(var: Path, chosen: Any) -> bool:
    import django

    django.setup()
    from django.core.management import call_command

    from tests.web_server import running_web

    call_command("migrate", verbosity=0)
    with running_web(var / "log") as server:
        times = asyncio.run(_play(server.address, chosen))
    for name, each in times.items():
        ordered = sorted(each)
        p95 = ordered[round(0.95 * len(ordered)) - 1]
        print(f"{name}: {len(each)} measured, median {ordered[len(ordered) // 2]:.0f} ms, p95 {p95:.0f} ms")
    return bool(times["desk"]) and sorted(times["desk"])[round(0.95 * len(times["desk"])) - 1] > GOAL


async def _play(address: str, chosen: Any) -> dict[str, list[float]]:
    import httpx
    from asgiref.sync import sync_to_async

    cookies = await sync_to_async(_cookies)(chosen.desks)
    keys = await sync_to_async(_conversations)(chosen.members)
    sent: dict[str, float] = {}
    times: dict[str, list[float]] = {"desk": [], "member": []}
    limits = httpx.Limits(max_connections=chosen.desks + chosen.members + 10)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=60) as client:
        listeners = [_listen(client, "/desk/events", {"Cookie": each}, sent, times["desk"]) for each in cookies]
        listeners += [
            _listen(client, "/api/chat/events", {"Authorization": f"Bearer {token}"}, sent, times["member"])
            for _, token in keys
        ]
        tasks = [asyncio.create_task(each) for each in listeners]
        await asyncio.sleep(8)
        for number in range(chosen.messages):
            key, _ = keys[number % len(keys)]
            text = f"mesure-{number}."
            sent[text] = time.monotonic() + 3600  # not yet
            sent[text] = await sync_to_async(_write)(key, text)
            await asyncio.sleep(PAUSE)
        await asyncio.sleep(2)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return times


async def _listen(client: Any, path: str, headers: dict[str, str], sent: dict[str, float], times: list[float]) -> None:
    async with client.stream("GET", path, headers=headers) as answer:
        answer.raise_for_status()
        async for line in answer.aiter_lines():
            if "mesure-" in line:
                now = time.monotonic()
                text = "mesure-" + line.split("mesure-", 1)[1].split(".")[0] + "."
                times.append(max(0.0, (now - sent[text]) * 1000))


def _write(key: Any, text: str) -> float:
    from tests.conversing import say

    say(key, text, author="member")
    return time.monotonic()


def _cookies(count: int) -> list[str]:
    from django.test import Client

    from bench.desk import signed_in
    from bot.desk.models import Adviser

    made = [Adviser.objects.create_user(f"a{n}@example.be", f"Mesure-{n} Exemple", "adviser") for n in range(count)]
    return [f"cybercare_desk={signed_in(Client(), who).cookies['cybercare_desk'].value}" for who in made]


def _conversations(count: int) -> list[tuple[Any, str]]:
    from bot.channels.web import tokens
    from bot.conversations.receiving import open_conversation

    made = [open_conversation("web").pk for _ in range(count)]
    return [(key, tokens.issue(key)) for key in made]


if __name__ == "__main__":
    main()
