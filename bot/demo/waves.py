"""The demo's reports with real sentence vectors, and the waves that are really found among them."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.conversations.models import Message
from bot.demo.texts import Campaign, campaigns
from bot.desk.models import Adviser
from bot.events.models import Event
from bot.settings import ROOT
from bot.waves import finding
from bot.waves.fields import unpack
from bot.waves.models import Report, Wave
from bot.waves.services import KEPT, TOLD
from bot.waves.traits import traits_of
from bot.waves.wording import words_of

ENGINE_PYTHON = ROOT / "engine" / ".venv" / "bin" / "python"
ENCODER = ROOT / "scripts" / "sentence_vectors.py"
CONFIRMED_AFTER = timedelta(days=3, hours=2)  # of a campaign's beginning


@dataclass(frozen=True)
class Told:
    """One told incident of the demo, and of which campaign it is."""

    message: Message
    family: str
    subtype: str
    campaign: str


def make(told: list[Told], end: datetime) -> list[Wave]:
    """Store the reports that are still kept, look at each as it comes, and return the waves that are found.

    Without the engine's environment, which has the encoder, there are none.
    """
    kept = sorted((each for each in told if each.message.sent_at > end - KEPT), key=lambda each: each.message.sent_at)
    if not ENGINE_PYTHON.exists():
        return []
    for each, vector in zip(kept, _vectors([each.message.text for each in kept]), strict=True):
        message = each.message
        report = Report.objects.create(
            message=message.pk,
            conversation=message.conversation_id,
            at=message.sent_at,
            family=each.family,
            subtype=each.subtype,
            vector=unpack(vector),
            traits=traits_of(message.text),
            words=words_of(message.text),
        )
        finding.look(report)
    return list(Wave.objects.filter(reports__message__in=[each.message.pk for each in kept]).distinct())


def decide(told: list[Told], events: list[Event], by: Adviser, begins: Mapping[str, datetime]) -> None:
    """Confirm the wave of each campaign that a supervisor knows, and say in the events which one members were told."""
    for campaign in campaigns():
        talks = {each.message.conversation_id for each in told if each.campaign == campaign.key}
        wave = Wave.objects.filter(reports__conversation__in=talks).order_by("-size").first()
        if wave and campaign.is_confirmed:
            _confirm(wave, campaign, by, begins[campaign.key] + CONFIRMED_AFTER)
        for event in [event for event in events if event.name == TOLD and event.conversation in talks]:
            if wave:
                event.properties["wave"] = wave.pk
            else:
                events.remove(event)


def _confirm(wave: Wave, campaign: Campaign, by: Adviser, at: datetime) -> None:
    """Do what `bot.waves.services.confirm` does, at a moment that is past."""
    wave.state, wave.name, wave.advice = Wave.State.CONFIRMED, campaign.name, campaign.advice
    wave.decided_by, wave.decided_at = by.pk, at
    wave.save()


def _vectors(texts: list[str]) -> list[str]:
    """Return the texts' vectors in their travelling form, by the encoder of the engine's environment."""
    done = subprocess.run(  # noqa: S603 (our own script)
        [str(ENGINE_PYTHON), str(ENCODER)],
        input="\n".join(map(json.dumps, texts)),
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT)},
    )
    return done.stdout.split()
