"""What can stop a benchmark, as one sentence that says what to do."""


class BenchProblem(Exception):
    """A benchmark cannot go on; the argument says why and what to do."""


class TurnFailed(Exception):
    """A bot did not answer a message as it should; the argument is a short reason."""
