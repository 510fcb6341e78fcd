"""Which form the numbers of a configuration take: a loop, rows, or neither."""

from __future__ import annotations

from ..generators.on_the_fly.parameters import OnTheFlyParameters
from ..generators.on_the_fly.rotated_rows import RotatedRows
from ..generators.pre_generated.parameters import PreGeneratedParameters
from .number_format import CODES, NumberFormat
from .number_tables import GoldenNumbers, NumberLoop, Numbers
from .stream import Stream

LARGEST_TABLES = 96_000_000


def make_numbers(
    parameters: OnTheFlyParameters | PreGeneratedParameters, golden: Stream, form: NumberFormat
) -> Numbers:
    """The fastest form whose tables, while they are made, stay below 96 MB together."""
    plain = GoldenNumbers(golden, form)
    if form is CODES:
        return NumberLoop(plain, _code_period(parameters))
    if isinstance(parameters, PreGeneratedParameters):
        return NumberLoop(plain, parameters.pool)
    period = parameters.joint_orbit * parameters.lanes
    rows = RotatedRows.count_for(parameters)
    most = LARGEST_TABLES // form.dtype.itemsize
    if rows + period <= most:
        return NumberLoop(RotatedRows(parameters, form), period)
    return RotatedRows(parameters, form) if rows <= most else plain


def cost_of_numbers(parameters: OnTheFlyParameters | PreGeneratedParameters) -> int:
    """How many numbers the golden model computes for the tables of `make_numbers`."""
    if isinstance(parameters, PreGeneratedParameters):
        return parameters.pool
    return RotatedRows.count_for(parameters)


def _code_period(parameters: OnTheFlyParameters | PreGeneratedParameters) -> int:
    """The codes follow RNG 0 alone; a pool shows none, which is 0 always."""
    return parameters.lfsr.period if isinstance(parameters, OnTheFlyParameters) else 1
