"""Keeps out of a process what a library imports for parts of it that are never used here: megabytes in each process.

A block of these functions does something only where it is the first to import the library; afterwards the packages
can be imported as ever. What they save is in docs/bench.md; that it stays so, in tests/unit/bot/test_imports.py.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec


@contextmanager
def without(name: str) -> Iterator[None]:
    """Have a package not be found while the block imports what can do without it."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # Python's own way to say so
    try:
        yield
    finally:
        del sys.modules[name]


@contextmanager
def hollow(name: str, **attributes: object) -> Iterator[None]:
    """Have a package hold nothing but its modules and these attributes while the block imports what needs no more."""
    spec = find_spec(name)
    if name in sys.modules or spec is None:
        yield
        return
    sys.modules[name] = module_from_spec(spec)
    vars(sys.modules[name]).update(attributes)
    try:
        yield
    finally:
        del sys.modules[name]
