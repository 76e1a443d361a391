"""`python -m engine …` is `rasa …` without TensorFlow, unless config.yml asks for it, and its `train` is quicker.

`python -m engine parse MODEL` is ours: see `engine/parsing.py`.
"""

from __future__ import annotations

import sys

from engine.without_tensorflow import leave_out


def main() -> None:
    """Do what the command line says."""
    command, *rest = sys.argv[1:] or ["--help"]
    leave_out(rest)
    if command == "parse":
        from engine import parsing  # late, like all that imports Rasa: TensorFlow is left out by now

        parsing.parse_lines(*rest)
        return
    if command == "train":
        from engine import training

        training.apply()
    import rasa.__main__

    rasa.__main__.main()


if __name__ == "__main__":
    main()
