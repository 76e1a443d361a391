"""What can go wrong in a benchmark."""


class BenchError(Exception):
    """Any of them."""


class BenchProblem(BenchError):
    """The benchmark cannot go on; the argument is a sentence that says why and what to do."""


class TurnFailed(BenchError):
    """A bot did not answer a message as it should; the argument is a short reason."""
