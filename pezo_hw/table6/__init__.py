"""The paper's table 6, measured: what each design takes, how often it switches, how good it is."""

from .behaviour import Behaviour
from .record import BehaviourRecord, read_behaviours
from .table import Comparison, markdown, table6

__all__ = [
    "Behaviour",
    "BehaviourRecord",
    "Comparison",
    "markdown",
    "read_behaviours",
    "table6",
]
