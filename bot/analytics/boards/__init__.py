"""The pages: each board is built from the counts of a period."""

from collections.abc import Callable, Mapping

from bot.analytics.boards import claims, humans, incidents, path, understanding
from bot.analytics.boards.model import Board
from bot.analytics.filters import Filters

Build = Callable[[Filters], Board]
BOARDS: Mapping[str, Build] = {
    "incidents": incidents.build,
    "path": path.build,
    "humans": humans.build,
    "understanding": understanding.build,
    "claims": claims.build,
}
