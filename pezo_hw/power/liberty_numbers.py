"""What a Liberty file says in numbers, where a tool would go on with what is none.

Yosys takes a word for 0, ABC ends over what is not finite, and OpenSTA leaves such a capacitance
out.
"""

from __future__ import annotations

import re

from ..errors import ConfigError

LARGEST = 1e12
# An exponent of three digits is infinite by the time a tool has it.
_NUMBER = r"[-+]?(?:\d++\.?\d*+|\.\d++)(?:[eE][-+]?\d{1,2})?(?![\w.])"
_ATTRIBUTE = re.compile(
    r"\b(area|(?:(?:rise|fall|max)_)?capacitance|cell_leakage_power)\s*+:([^;{}\n]*+)"
)
_TABLE = re.compile(r"\b(values|index_\d)\s*+\(([^()]*+)\)")
_LIST = re.compile(rf"[\s,\\]*+(?:{_NUMBER}[\s,\\]*+)++")
_CELL = re.compile(r"\bcell\s*+\(\s*+([^\s()]++)\s*+\)\s*+\{")
_IN_CELL = re.compile(r"[{}]|\barea\s*+:")


def require_numbers(plain: str) -> None:
    """Checks areas, capacitances, leakages and tables.

    Parameters
    ----------
    plain : str
        A library without comments and quotes.

    Raises
    ------
    ConfigError
        For an area, a capacitance or a leakage that is no number from 0 to `LARGEST`, or a table
        of anything but numbers below 1e100, with the name of its cell.
    """
    for found in _ATTRIBUTE.finditer(plain):
        text = found[2].strip()
        if not (re.fullmatch(_NUMBER, text) and 0 <= float(text) <= LARGEST):
            raise _refused(plain, found, text, f"a number from 0 to {LARGEST:g}")
    for found in _TABLE.finditer(plain):
        if not _LIST.fullmatch(found[2]):
            raise _refused(plain, found, " ".join(found[2].split()), "numbers below 1e100")


def cells_without_area(plain: str) -> frozenset[str]:
    """The names of the cells that do not say how large they are.

    Parameters
    ----------
    plain : str
        A library without comments and quotes.
    """
    return frozenset(
        found[1] for found in _CELL.finditer(plain) if not _has_area(plain, found.end())
    )


def _has_area(plain: str, start: int) -> bool:
    """Whether the group that has just been opened has an area of its own."""
    depth = 1
    for found in _IN_CELL.finditer(plain, start):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return False
        if depth == 1 and found[0] not in "{}":
            return True
    return False


def _refused(plain: str, found: re.Match[str], value: str, allowed: str) -> ConfigError:
    before = [cell[1] for cell in _CELL.finditer(plain, 0, found.start())]
    where = f"cell ({before[-1]}): " if before else ""
    return ConfigError(f"{where}{found[1]}", value, allowed)
