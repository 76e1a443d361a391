"""The open streams of members in this process, woken when their conversation changes (conversations/listening.py)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from bot.conversations.listening import Alarm, subscribe
from bot.conversations.live import QUEUE, Row

TYPING = {"asked": "bot", "adviser_typing": "adviser"}  # of live.Kind
MOST_CARRIED = 16  # messages kept for a slow reader; it reads the others from the database


class Signal(Alarm):
    """What one stream has to look at next: flags and a few messages, so a slow reader costs little memory."""

    def __init__(self) -> None:
        """Start with all to look at: a new stream reads first."""
        super().__init__()
        self.changed, self.typing = True, ""  # who types: "bot", "adviser" or nobody
        self._carried: list[Row] = []
        self.queue, self.is_waiting = True, False  # whether to look at the place in the queue; whether there is one

    def wake(self, kind: str, carried: Sequence[Row] = ()) -> None:
        """Note that messages changed, that an answer is being written, or that places in the queue moved."""
        self.typing = TYPING.get(kind, self.typing)
        if carried and len(self._carried) < MOST_CARRIED:
            self._carried += carried
        else:
            self.changed = self.changed or kind in ("messages", "asked")
        self.queue = self.queue or kind == "queue"
        self.raise_()

    def take_carried(self) -> list[Row]:
        """Return the messages that came with the news since the last time, in order."""
        carried, self._carried = self._carried, []
        return carried


class Streams:
    """The open streams of this process, by conversation; used on the event loop only."""

    def __init__(self) -> None:
        """Start with none."""
        self.are_closing = False
        self._open: defaultdict[UUID, set[Signal]] = defaultdict(set)

    @contextmanager
    def join(self, conversation: UUID) -> Iterator[Signal]:
        """Take part until the block is left."""
        signal = Signal()
        self._open[conversation].add(signal)
        try:
            yield signal
        finally:
            self._open[conversation].discard(signal)
            if not self._open[conversation]:
                del self._open[conversation]

    def count(self, conversation: UUID) -> int:
        """Return how many streams of this conversation are open."""
        return len(self._open.get(conversation, ()))

    def wake(self, conversation: UUID, kind: str, carried: Sequence[Row] = ()) -> None:
        """Tell the streams of one conversation, or, of the queue, all who wait in it."""
        if conversation == QUEUE:
            for signal in [each for signals in self._open.values() for each in signals if each.is_waiting]:
                signal.wake(kind)
        elif kind not in ("member_typing", "watched"):  # they know; it is the desk's own
            for signal in self._open.get(conversation, ()):
                signal.wake(kind, carried)

    def wake_all(self) -> None:
        """Have every stream read again: notifications may have been missed."""
        for signals in self._open.values():
            for signal in signals:
                signal.wake("messages")
                signal.wake("queue")

    def close(self) -> None:
        """Have every stream end, also those that are just being opened."""
        self.are_closing = True
        self.wake_all()


streams = Streams()
subscribe(streams)
