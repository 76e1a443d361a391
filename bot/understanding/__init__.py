"""From a French message to masked text, typed fields, answers and the urgency of what is told."""

from .answers import Answer, read_answer
from .fields import read_fields
from .folding import fold
from .masking import Masked, mask
from .safety import Safety, read_safety

__all__ = ["Answer", "Masked", "Safety", "fold", "mask", "read_answer", "read_fields", "read_safety"]
