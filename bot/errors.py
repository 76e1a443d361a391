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


class IncompleteClaim(CyberCareError):
    """A claim was opened without a required answer; the message names the fields."""


class RefusedEvidence(CyberCareError):
    """A file is too large or of a type that is not taken; `reason` names the text for the member."""

    def __init__(self, reason: str) -> None:
        """Keep the id of the text that tells the member why."""
        super().__init__(reason)
        self.reason = reason


class TooManyFiles(CyberCareError):
    """A conversation brought more files than one hour may hold; `seconds` says when the next one is taken."""

    def __init__(self, seconds: int) -> None:
        """Keep how long to wait."""
        super().__init__(f"{seconds} s")
        self.seconds = seconds


class StartupProblem(CyberCareError):
    """The program cannot start; the message is one sentence that says what to do."""
