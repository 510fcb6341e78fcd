"""How fast the stream is, as ratios to what else there is, measured side by side."""

from .measure import Measure
from .suite import QUICK, Plan, carry_out, describe_machine

__all__ = ["QUICK", "Measure", "Plan", "carry_out", "describe_machine"]
