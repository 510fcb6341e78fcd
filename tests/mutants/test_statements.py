"""Where a line is carried out, a tracer sees one of the lines named."""

import pytest

from tests.mutants.statements import carried_out_with

SOURCE = """\
import x

LIMIT = 1 + 2


def outer(a, b=LIMIT):
    '''Nothing.'''
    total = (
        a
        + b
    )
    if total > 3 and (
        a > 1
    ):
        return 1
    else:
        total += 1

    @x.noted
    def inner(c):
        return c + total

    class Local:
        size = 1 + total

    for i in range(total): total -= i
    try:
        x(total)
    except ValueError:
        return 2
    match total:
        case 1:
            return 3
    global LIMIT
    return inner


class Outer:
    size = 1 + LIMIT

    def method(self): return self.size + 1
"""


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        (1, None),
        (3, None),
        (6, None),  # its default
        (9, {8, 9, 10, 11}),
        (13, {12, 13, 14}),
        (15, {15}),
        (16, {12, 13, 14, 15, 16}),
        (17, {17}),
        (19, {19, 20}),
        (20, {19, 20}),
        (21, {21}),
        (24, {24}),
        (26, {26}),
        (28, {28}),
        (29, {29}),
        (30, {30}),
        (32, {32}),
        (33, {33}),
        (34, None),  # leaves no trace
        (39, None),
        (41, {41}),
    ],
)
def test_the_statement_of_a_line(line: int, lines: set[int] | None):
    assert carried_out_with(SOURCE, {line}) == lines


def test_several_lines_are_those_of_all_their_statements():
    assert carried_out_with(SOURCE, {9, 15}) == {8, 9, 10, 11, 15}
    assert carried_out_with(SOURCE, {9, 3}) is None
