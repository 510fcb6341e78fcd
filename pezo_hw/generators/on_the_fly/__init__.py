"""LFSRs, circularly shifted, with a table of scale factors."""

from .generator import OnTheFlyGenerator
from .parameters import OnTheFlyParameters

__all__ = ["OnTheFlyGenerator", "OnTheFlyParameters"]
