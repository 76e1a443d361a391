"""Every error of our own, one line each: raised when."""


class CyberCareError(Exception):
    """Base of all errors that this project raises on purpose."""


class CatalogueError(CyberCareError):
    """A file in data/ is wrong; the message names file, key and remedy."""


class EngineFailure(CyberCareError):
    """The engine is down, slow, said nothing or reported a failed action."""


class NotYours(CyberCareError):
    """A button, message or file does not belong to this conversation."""


class IllegalMove(CyberCareError):
    """A conversation may not go from its state to the asked one."""


class LifeInDanger(IllegalMove):
    """A conversation may not go from a human while a message tells of a danger to life that nobody heard before."""


class IncompleteClaim(CyberCareError):
    """A claim was opened without a required answer; the message names the fields."""


class RefusedEvidence(CyberCareError):
    """A file is too large or of a type that is not taken; `reason` names the text for the member."""

    def __init__(self, reason: str) -> None:
        """Keep the id of the text that tells the member why."""
        super().__init__(reason)
        self.reason = reason


class InvalidEmail(CyberCareError):
    """An e-mail address has not the form of one."""


class RefusedIdentity(CyberCareError):
    """A signed identity is forged, expired or meant for somebody else."""


class WrongRows(CyberCareError):
    """A list of members has wrong rows; the message names each with its line, and nothing is imported."""


class WrongAccount(CyberCareError):
    """An account of the desk cannot be made like this; the message says what to give instead."""


class WrongTag(CyberCareError):
    """A tag cannot be called like this; the argument is the id of the text that says why."""


class UnreadableAnswer(CyberCareError):
    """A correction of a claim is no answer to its question; the message says so in French."""


class UnfilledPlaceholder(CyberCareError):
    """An adviser's text holds a placeholder without a value; the message says so in French."""


class StillAClaim(CyberCareError):
    """A conversation is said to report no incident while a claim is open for one; the argument is its reference."""


class TakenByOther(CyberCareError):
    """Another adviser owns the conversation; the argument is their id."""


class TooManyFiles(CyberCareError):
    """A conversation brought more files than one hour may hold; `seconds` says when the next one is taken."""

    def __init__(self, seconds: int) -> None:
        """Keep how long to wait."""
        super().__init__(f"{seconds} s")
        self.seconds = seconds


class UnsafeAdvice(CyberCareError):
    """The advice of a wave holds a link, an address or a number of its own."""


class StartupProblem(CyberCareError):
    """The program cannot start; the message is one sentence that says what to do."""


class RealConversations(CyberCareError):
    """The demo would mix with what members really wrote."""
