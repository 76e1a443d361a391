"""What the member said, as the actions see it: typed or tapped, with what the engine and the gateway made of it."""

import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker

from bot.understanding import fold, read_answer

BRUSSELS = ZoneInfo("Europe/Brussels")
GLADLY = re.compile(
    r"(?:oui|ouais|ok|d accord|volontiers|avec plaisir|je veux bien|pourquoi pas)\b(?!.*\b(?:pas|non)$)"
)
SURE = 0.6  # confidence from which a text that could also be an answer is taken for something else


@dataclass(frozen=True)
class Said:
    """One message. `tapped` holds what a button carried (then `text` is empty), `silence` the seconds before it."""

    id: str
    text: str
    intent: str
    confidence: float
    sent_at: str  # ISO, with its time zone
    tapped: dict[str, Any] = field(default_factory=dict)
    ranking: list[dict[str, Any]] = field(default_factory=list)  # sub-types: intent, subtype, confidence
    also: list[dict[str, Any]] = field(default_factory=list)  # other harms that the same message tells
    level: str = ""  # the gateway's safety level
    danger: float = 0.0  # the engine's confidence that it tells a danger to life; 0 for short messages
    minor: bool = False  # the writer is under age
    silence: float = 0.0

    @classmethod
    def read(cls, tracker: Tracker) -> Self:
        """Return the tracker's latest message; or the one that was held back, where an action asks for its replay."""
        if tracker.slots.get("replay") and tracker.slots.get("held"):
            return cls(**tracker.slots["held"])
        latest = tracker.latest_message
        intent, metadata = latest.get("intent") or {}, latest.get("metadata") or {}
        text = latest.get("text") or ""
        is_tap = text.startswith("/")
        return cls(
            id=str(latest.get("message_id") or tracker.sender_id),
            text="" if is_tap else text,
            intent=intent.get("name") or "",
            confidence=float(intent.get("confidence") or 0.0),
            sent_at=metadata.get("sent_at") or datetime.now(BRUSSELS).isoformat(),  # `rasa shell` says nothing
            tapped={entity["entity"]: entity["value"] for entity in latest.get("entities") or []},
            ranking=latest.get("incident") or [],
            also=latest.get("also") or [],
            level=metadata.get("safety") or "",
            danger=float(latest.get("danger") or 0.0),
            minor=bool(metadata.get("minor")),
            silence=float(metadata.get("silence") or 0.0),
        )

    @property
    def now(self) -> datetime:
        """Return when it was sent, in Brussels."""
        return datetime.fromisoformat(self.sent_at).astimezone(BRUSSELS)

    @property
    def plain(self) -> str:
        """Return the text lower-cased and without accents."""
        return fold(self.text).strip(" .,!?:;…")

    @property
    def words(self) -> int:
        """Return how many words were typed."""
        return len(re.findall(r"\w+", self.text))

    def tap(self, name: str) -> Any:
        """Return the value a tapped button carries for the field or step `name`, or None."""
        return self.tapped.get("value") if self.tapped.get("field") == name else None

    def yes_or_no(self, step: str) -> bool | None:
        """Return a yes or no to a step, tapped or typed; None when it is neither."""
        tapped = self.tap(step)
        if isinstance(tapped, bool):
            return tapped
        if not self.text:
            return {"affirm": True, "deny": False}.get(self.intent)
        if GLADLY.match(self.plain):
            return True
        value = read_answer("yes_no", {}, self.text, self.now).value
        return value if isinstance(value, bool) else None

    def is_sure(self, *intents: str) -> bool:
        """Tell whether it clearly is one of these intents."""
        return self.intent in intents and self.confidence >= SURE

    @property
    def is_report(self) -> bool:
        """Tell whether it clearly reports an incident."""
        return self.intent.startswith("report_") and self.confidence >= SURE

    def as_slot(self) -> dict[str, Any]:
        """Return what a slot keeps, so that the message is not lost while something else is asked first."""
        return asdict(self)
