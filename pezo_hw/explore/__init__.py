"""Many configurations: what each costs, how good it is, and which of them are the best."""

from .candidates import Candidate, Candidates, candidates_of
from .journal import Journal
from .objectives import Objectives
from .point import Request, measured
from .run import measure_all
from .space import Space, load_space, parse_space, space_names
from .table import ResultTable

__all__ = [
    "Candidate",
    "Candidates",
    "Journal",
    "Objectives",
    "Request",
    "ResultTable",
    "Space",
    "candidates_of",
    "load_space",
    "measure_all",
    "measured",
    "parse_space",
    "space_names",
]
