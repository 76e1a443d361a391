"""Writes accepted examples into a review file: plain Rasa NLU data, as data/nlu/ has them. Nothing is trained by it."""

import re
from collections import defaultdict
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from bot.learning import familiar
from bot.learning.models import Example

HEAD = """# Accepted by supervisors, without personal data. Read it, then move what is good into data/nlu/.
# What it would change: make nlu-report ARGS="--with-examples FILE"
version: "3.1"

nlu:"""
ENTITY = re.compile(r"\](?=[({\[])")  # what Rasa would take for a marked entity


def export_examples(path: Path, *, again: bool = False) -> int:
    """Write the accepted examples that were not exported yet, or all of them `again`; return how many.

    Sentences that the training data have already are left out. The file is written before they count as exported.
    """
    with transaction.atomic():
        accepted = Example.objects.select_for_update().filter(state=Example.State.ACCEPTED, conversation=None)
        rows = list((accepted if again else accepted.filter(exported_at=None)).order_by("label", "found_at"))
        fresh = [row for row in rows if row.digest not in familiar.known()]
        path.write_text(HEAD + _items(fresh), encoding="utf-8")
        Example.objects.filter(pk__in=[row.pk for row in rows]).update(exported_at=timezone.now())
    return len(fresh)


def _items(examples: list[Example]) -> str:
    """Return the examples by label, in the notation of data/nlu/."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        by_label[example.label].append(ENTITY.sub("] ", example.text))
    if not by_label:
        return " []\n"
    return "\n" + "\n".join(
        f"- intent: {label}\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts)
        for label, texts in by_label.items()
    )
