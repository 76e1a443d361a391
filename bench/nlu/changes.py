"""What more training lines would change: which messages are read rightly then, and which no more."""

from collections.abc import Iterator, Sequence

from bench.nlu.predictions import Prediction

LONGEST = 90  # characters of a message that are shown


def compared(name: str, before: Sequence[Prediction], after: Sequence[Prediction]) -> Iterator[str]:
    """Yield in lines how many of the same messages are read rightly before and after, then each that changed.

    Right is the family or intent, and the sub-type where the truth names one.
    """
    pairs = list(zip(before, after, strict=True))
    better = [pair for pair in pairs if not _is_right(pair[0]) and _is_right(pair[1])]
    worse = [pair for pair in pairs if _is_right(pair[0]) and not _is_right(pair[1])]
    share = [sum(map(_is_right, side)) / max(1, len(side)) for side in (before, after)]
    yield f"{name}: {len(pairs)} messages, {share[0]:.3f} → {share[1]:.3f}, {len(better)} better, {len(worse)} worse"
    for word, changed in (("better", better), ("worse", worse)):
        yield from (f"  {word}: {_label(old)} → {_label(new)}  {_shown(old)}" for old, new in changed)


def _is_right(each: Prediction) -> bool:
    return each.is_right and (not each.truth.subtype or each.subtype == each.truth.subtype)


def _label(each: Prediction) -> str:
    return f"{each.guess}/{each.subtype}" if each.is_incident and each.subtype else each.guess


def _shown(each: Prediction) -> str:
    text = each.truth.text
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"
