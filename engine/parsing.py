"""Reads JSON lines `{"text"}` on standard input and writes what the model makes of each, in order, as JSON lines.

`python -m engine parse MODEL` is the engine's half of `cybercare understand`.
"""

from __future__ import annotations

import itertools
import json
import sys
from typing import Any, Dict, Iterable, Iterator, Text

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER

BATCH = 64  # texts that the encoder sees at once


def parse(agent: Agent, texts: Iterable[Text]) -> Iterator[Dict[Text, Any]]:
    """Yield what the model makes of each text: `ranking` of intents, `incident` of sub-types, `also`, `danger`."""
    target = agent.processor.model_metadata.nlu_target
    remaining = iter(texts)
    while batch := list(itertools.islice(remaining, BATCH)):
        messages = [UserMessage(text) for text in batch]
        inputs = {PLACEHOLDER_MESSAGE: messages, PLACEHOLDER_TRACKER: None}
        for message in agent.processor.graph_runner.run(inputs=inputs, targets=[target])[target]:
            ranking = [intent for intent in message.get("intent_ranking") if intent["name"] != "nlu_fallback"]
            yield {
                "ranking": ranking,
                "incident": message.get("incident") or [],
                "also": message.get("also") or [],
                "danger": message.get("danger") or 0.0,
            }


def parse_lines(model: Text) -> None:
    """Load the model in this file, then serve standard input until it ends."""
    agent = Agent.load(model)
    for parsed in parse(agent, (json.loads(line)["text"] for line in sys.stdin)):
        print(json.dumps(parsed), flush=True)
