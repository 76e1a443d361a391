"""Jobs that talk to Telegram; deliveries of one conversation keep their order, even while one is tried again."""

from contextlib import suppress

from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job
from telegram.error import RetryAfter

from bot.channels.telegram import files, sending
from bot.channels.telegram.sending import KEPT_BACK
from bot.conversations.models import Conversation, Message

__all__ = [
    "KEPT_BACK",
    "acknowledge_tap",
    "deliver_later",
    "deliver_telegram",
    "fetch_telegram_file",
    "show_typing_later",
]

QUEUE = "deliveries"
LONGEST_WAIT = 300  # seconds


class Patience(BaseRetryStrategy):
    """Tries again when Telegram says so, otherwise after 1, 2, 4 … 300 seconds."""

    def __init__(self, attempts: int) -> None:
        """Give up after that many attempts."""
        self._attempts = attempts

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when to try again; None: no more."""
        if job.attempts >= self._attempts:
            return None
        if isinstance(exception, RetryAfter):
            return RetryDecision(retry_in={"seconds": sending.seconds_to_wait(exception)})
        return RetryDecision(retry_in={"seconds": min(2 ** min(job.attempts, 10), LONGEST_WAIT)})


def deliver_later(message: Message) -> None:
    """Have one of our messages delivered; runs in the storing transaction."""
    deliver_telegram.configure(lock=f"telegram:{message.conversation_id}").defer(message_id=message.pk)


def show_typing_later(conversation: Conversation) -> None:
    """Have the member see that an adviser writes; it vanishes after five seconds, so a second job is never queued."""
    if conversation.address and conversation.reachable:
        with suppress(AlreadyEnqueued):
            typing = show_typing.configure(queueing_lock=f"typing:{conversation.pk}")
            typing.defer(chat=int(conversation.address))


@app.task(name="show_telegram_typing", queue=QUEUE)
def show_typing(chat: int) -> None:
    """Show that somebody writes."""
    sending.show_typing(chat)


@app.task(name="deliver_telegram", queue=QUEUE, retry=Patience(attempts=300))  # about a day
def deliver_telegram(message_id: int) -> None:
    """Deliver one of our messages."""
    sending.send(message_id)


@app.task(name="fetch_telegram_file", queue=QUEUE, retry=Patience(files.ATTEMPTS), pass_context=True)
def fetch_telegram_file(context: JobContext, message_id: int) -> None:
    """Fetch and keep what a member sent, and tell them."""
    files.fetch(message_id, last_attempt=context.job.attempts + 1 >= files.ATTEMPTS)


@app.task(name="acknowledge_tap", queue=QUEUE)
def acknowledge_tap(query: str, message_id: int | None = None, index: int = 0, sentence: str = "") -> None:
    """Stop the button's spinner; show the choice, or say the sentence."""
    sending.acknowledge(query, sentence)
    if message_id is not None:
        sending.show_choice(message_id, index)
