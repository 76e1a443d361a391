"""The incident families, their sub-types and the fields they ask: loaded from data/, checked, immutable."""

from bot.catalogue.loading import catalogue, load
from bot.catalogue.model import Catalogue, Family, Field, Place, Step, Straddle, SubType

__all__ = ["Catalogue", "Family", "Field", "Place", "Step", "Straddle", "SubType", "catalogue", "load"]
