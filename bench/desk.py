"""The desk with a million messages: `python -m bench.desk` fills a database of its own, then measures its pages.

Everybody in it is invented. Each page is asked for through all of Django, session and templates included; times are
milliseconds on the server.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.django_config")
os.environ.setdefault("CYBERCARE_SECRET_KEY", "only-for-the-benchmark")

MESSAGES_EACH = 10
RUNS, WARM = 25, 2
Measured = tuple[list[float], float]
CLICK = "#click"  # the end of an address that htmx asks for
SLOW = 100.0  # milliseconds; the goal
OPENINGS = [
    "Bonjour, j'ai reçu un SMS de ma banque et j'ai cliqué sur le lien",
    "On m'a débité {n} euros que je ne reconnais pas",
    "Mon colis commandé sur un site n'est jamais arrivé",
    "Quelqu'un m'insulte tous les jours sur Instagram",
    "J'ai donné mes codes au téléphone à un faux employé",
    "Mon compte WhatsApp a été piraté et on écrit à mes contacts",
    "Le vendeur ne répond plus depuis {n} jours",
    "Un virement de {n} euros est parti vers un compte inconnu",
]
DETAILS = [
    "c'était hier soir vers vingt heures", "la police a déjà pris ma plainte", "j'ai bloqué ma carte chez Card Stop",
    "je ne sais pas quoi faire", "ma fille est très choquée", "le site s'appelait meubles-pas-chers",
    "j'ai gardé toutes les captures d'écran", "la banque refuse de m'aider", "merci de me rappeler",
    "il y a un deuxième paiement en attente", "le profil a été supprimé ce matin", "je suis pensionné et inquiet",
]  # fmt: skip
RARE = "hippocampe"  # a word of very few messages
FILL = """
SELECT setseed(0.42);
INSERT INTO members_member (id, contract, household, first_name, last_name, email, phone, active, imported_at)
SELECT gen_random_uuid(), 'EX-' || n, 'H' || n / 2,
       (ARRAY['Amélie','Bruno','Chloé','Dimitri','Élise','Fatima','Gérard','Inès'])[1 + n %% 8],
       (ARRAY['Exemple','Inventé','Fictif','Modèle'])[1 + n %% 4] || '-' || n, '', '', true, now()
FROM generate_series(1, %(people)s) n;
INSERT INTO conversations_conversation (id, channel, address, owner, owner_reason, priority, created_at,
    last_message_at, last_number, episode, reachable, member, claim, family, subtype, adviser, team, waiting_since,
    queue_place)
SELECT gen_random_uuid(), CASE WHEN n %% 3 = 0 THEN 'telegram' ELSE 'web' END, CASE WHEN n %% 3 = 0 THEN 'x' || n END,
       CASE WHEN n <= 200 THEN 'waiting' WHEN n <= 600 THEN 'agent' WHEN n <= 5000 THEN 'bot' ELSE 'closed' END,
       'asked', least(3, (random() * 4)::int), now() - n * interval '70 seconds', now() - n * interval '66 seconds',
       %(each)s, 1, true, NULL, NULL, (%(families)s::text[])[1 + n %% 4], (%(subtypes)s::text[])[1 + n %% 4],
       CASE WHEN n > 200 AND n <= 600 THEN %(adviser)s::uuid END, '',
       CASE WHEN n <= 400 THEN now() - n * interval '9 seconds' END, 0
FROM generate_series(1, %(talks)s) n;
INSERT INTO conversations_message (conversation_id, number, author, text, buttons, command, sent_at, masked, safety,
    delivery_id, answered_at)
SELECT c.id, m, CASE WHEN m %% 2 = 1 THEN 'member' ELSE 'bot' END,
       (%(openings)s::text[])[1 + floor(random() * %(opening_count)s)::int] || '. '
       || (%(details)s::text[])[1 + floor(random() * %(detail_count)s)::int] || ', '
       || (%(details)s::text[])[1 + floor(random() * %(detail_count)s)::int]
       || CASE WHEN random() < 0.00002 THEN ' %(rare)s' ELSE '' END,
       '[]', '', c.created_at + m * interval '5 seconds', '[]', '', '', now()
FROM conversations_conversation c CROSS JOIN generate_series(1, %(each)s) m ORDER BY c.created_at;
INSERT INTO claims_claim (id, reference, conversation, incident_key, family, subtype, story, state, outcome,
    opened_at, email)
SELECT gen_random_uuid(),
       'CC-' || to_char(n / 10000 + 300, 'FM0000') || '-' || to_char(n %% 10000, 'FM0000') || '-0000-00',
       c.id, 'k' || n, c.family, c.subtype,
       'une histoire inventée, ' || (%(details)s::text[])[1 + n %% %(detail_count)s], 'open', '', c.created_at, ''
FROM (SELECT *, row_number() OVER () AS n FROM conversations_conversation) c WHERE c.n %% 3 = 0;
UPDATE conversations_conversation c SET claim = d.id FROM claims_claim d WHERE d.conversation = c.id;
UPDATE conversations_conversation c SET member = m.id
FROM (SELECT id, row_number() OVER () AS n FROM members_member) m,
     (SELECT id, row_number() OVER () AS n FROM conversations_conversation) k
WHERE k.id = c.id AND k.n = m.n;
"""
PAGES = {
    "list: waiting": "/desk/?queue=waiting",
    "list: open": "/desk/?queue=open",
    "list: with the bot": "/desk/?queue=bot",
    "list: closed": "/desk/?queue=closed",
    "list: closed, one family and channel": "/desk/?queue=closed&family=insults&channel=telegram",
    "list: open claims since a day": "/desk/?queue=all&state=open&since=2026-01-01",
    "conversation, whole page": "/desk/c/{talk}",
    "conversation, a click in the list": "/desk/c/{talk}#click",
    "search: a common word (banque)": "/desk/?queue=all&words=banque",
    "search: a rare word": f"/desk/?queue=all&words={RARE}",
    "search: three words": "/desk/?queue=all&words=carte+bloquée+hier",
    "search: two common words that never come together": "/desk/?queue=all&words=insulte+colis",
    "search: a word that nobody wrote": "/desk/?queue=all&words=xylophone",
    "search: a name": "/desk/?queue=all&words=Amelie+Exemple-4000",
    "search: a reference": "/desk/?queue=all&words=CC-0300-0300",
    "search: a common word, closed, one family": "/desk/?queue=closed&words=police&family=fraud",
}


def main() -> None:
    """Fill, measure, print a Markdown table; exit with 1 if a page's 95th percentile is above the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--var", type=Path, help="keep the database in this folder, and use it again if it is filled")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        results = _measure_all(chosen.var or Path(folder), chosen.messages)
    print(f"| page ({chosen.messages:,} messages) | median | p95 | processor |\n|---|---|---|---|")
    for name, (times, processor) in results.items():
        print(f"| {name} | {median(times):.0f} ms | {_p95(times):.0f} ms | {processor:.0f} ms |")
    print(f"load average: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    raise SystemExit(any(_p95(times) > SLOW for times, _ in results.values()))


def _measure_all(var: Path, messages: int) -> dict[str, Measured]:
    from bot.runtime.database import start_embedded, stop_embedded

    var.chmod(0o755) if var.exists() else var.mkdir(parents=True)
    os.environ["DATABASE_URL"] = start_embedded(var)
    try:
        return _with_django(messages)
    finally:
        stop_embedded(var)


def _with_django(messages: int) -> dict[str, Measured]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    call_command("migrate", verbosity=0)
    from bot.conversations.models import Conversation
    from bot.desk.models import Adviser

    who = Adviser.objects.filter(email="bench@example.be").first()
    if who is None:
        who = Adviser.objects.create_user("bench@example.be", "Mesure Exemple", "adviser")
        _fill(connection, who, messages)
    talk = Conversation.objects.exclude(claim=None).order_by("-last_message_at")[100]
    client = signed_in(Client(), who)
    return {name: _measure(client, address.format(talk=talk.pk)) for name, address in PAGES.items()}


def _fill(connection: Any, who: Any, messages: int) -> None:
    from bot.catalogue import catalogue

    began, families = time.monotonic(), catalogue().families
    values = {
        "people": messages // 20,
        "talks": messages // MESSAGES_EACH,
        "each": MESSAGES_EACH,
        "adviser": str(who.pk),
        "openings": [text.replace("{n}", "250") for text in OPENINGS],
        "opening_count": len(OPENINGS),
        "details": DETAILS,
        "detail_count": len(DETAILS),
        "families": list(families),
        "subtypes": [next(iter(family.subtypes)) for family in families.values()],
    }
    with connection.cursor() as cursor:
        for statement in filter(str.strip, FILL.replace("%(rare)s", RARE).split(";\n")):
            cursor.execute(statement, values)
        cursor.execute("VACUUM ANALYZE")
    print(f"filled in {time.monotonic() - began:.0f} s")


def signed_in(client: Any, who: Any) -> Any:
    """Return the browser with a session of this account."""
    from bot.desk.access import BEGAN, SEEN

    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[BEGAN] = session[SEEN] = int(time.time())
    session.save()
    return client


def _measure(client: Any, address: str) -> Measured:
    """Return the times of all runs, and the web process's own processor time of one; PostgreSQL's is its own."""
    times: list[float] = []
    spent = 0.0
    headers = {"host": "localhost", **({"HX-Request": "true"} if address.endswith(CLICK) else {})}
    for _ in range(RUNS + WARM):
        began = time.perf_counter()
        answer = client.get(address, headers=headers)
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, (address, answer.status_code)
        if len(times) == WARM:
            spent = time.process_time()
    return times[WARM:], (time.process_time() - spent) * 1000 / RUNS


def _p95(times: list[float]) -> float:
    return sorted(times)[round(0.95 * len(times)) - 1]


if __name__ == "__main__":
    main()
