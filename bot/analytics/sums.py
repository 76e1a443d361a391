"""What was counted within a period: counts and totals by measure, key and bucket, with what is computed from them."""

from collections import defaultdict
from collections.abc import Iterable

from bot.analytics.buckets import quantile

Row = tuple[str, str, int, int, float]  # measure, key, bucket, count, total


class Sums:
    """The sums of one period and one choice of filters."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        """Keep the rows by measure."""
        self._rows: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self._rows[row[0]].append(row)

    def count(self, measure: str, *keys: str) -> int:
        """Return how many were counted, of these keys or of all."""
        return sum(row[3] for row in self._of(measure, keys))

    def total(self, measure: str, *keys: str) -> float:
        """Return the sum of what was measured."""
        return sum(row[4] for row in self._of(measure, keys))

    def mean(self, measure: str, *keys: str) -> float | None:
        """Return the average, None of nothing."""
        counted = self.count(measure, *keys)
        return self.total(measure, *keys) / counted if counted else None

    def quantile(self, measure: str, share: float, *keys: str) -> float | None:
        """Return the value below which `share` of the measured ones lie, None of nothing."""
        return quantile(self.buckets(measure, *keys), share)

    def split(self, measure: str) -> dict[str, int]:
        """Return the counts by key, the largest first, without empty ones."""
        by_key: dict[str, int] = defaultdict(int)
        for row in self._rows[measure]:
            by_key[row[1]] += row[3]
        return {key: n for key, n in sorted(by_key.items(), key=lambda item: (-item[1], item[0])) if n}

    def buckets(self, measure: str, *keys: str) -> dict[int, int]:
        """Return the counts by bucket."""
        by_bucket: dict[int, int] = defaultdict(int)
        for row in self._of(measure, keys):
            by_bucket[row[2]] += row[3]
        return dict(by_bucket)

    def _of(self, measure: str, keys: tuple[str, ...]) -> list[Row]:
        return [row for row in self._rows[measure] if not keys or row[1] in keys]


def share(part: float, whole: float) -> float | None:
    """Return a part of a whole, from 0 to 1; None of nothing."""
    return part / whole if whole else None
