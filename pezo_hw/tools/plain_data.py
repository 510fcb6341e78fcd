"""TOML and JSON: what somebody else may have written is parsed within bounds, and strictly."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections import Counter
from typing import Any, NoReturn

from ..errors import PezoError

# Dotted keys of thousands of parts take tomllib minutes and gigabytes.
_MOST_PARTS = 64
_STRING_OR_COMMENT = re.compile(r""""(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#.*""")
_AROUND_A_KEY = re.compile(r"[,=\[\]{}]")


def parse_toml(text: str) -> dict[str, Any]:
    """What TOML text says.

    Raises
    ------
    PezoError
        Where it is not TOML, or beyond reason: a key of over 64 parts, an integer of thousands of
        digits, tables nested hundreds deep.

    Examples
    --------
    >>> from pezo_hw.tools.plain_data import parse_toml
    >>> parse_toml("a.b = 1")
    {'a': {'b': 1}}
    >>> parse_toml("a = 1" + "0" * 9999)
    Traceback (most recent call last):
        ...
    pezo_hw.errors.PezoError: not TOML: an integer of thousands of digits
    """
    if any(_parts(line) > _MOST_PARTS for line in _without_values(text).split("\n")):
        raise PezoError(f"a key of over {_MOST_PARTS} parts is not allowed; allowed: section.key")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PezoError(f"not TOML: {error}") from None
    except RecursionError:
        raise PezoError("not TOML: it is nested too deep; allowed: sections of keys") from None
    except ValueError:  # of int(), for thousands of digits
        raise PezoError("not TOML: an integer of thousands of digits") from None


def _without_values(text: str) -> str:
    """The text with a line for each key, a string in it a letter; numbers and dates are there too.

    Where a string of several lines stands, what is within it and what is not cannot be told line by
    line: such a text is left as it is.
    """
    if '"""' in text or "'''" in text:
        return text
    return _AROUND_A_KEY.sub("\n", _STRING_OR_COMMENT.sub("s", text))


def _parts(line: str) -> int:
    """How many parts a key has that may stand in a line, at most."""
    return sum(map(bool, line.split(".")))


def parse_json(text: str | bytes) -> Any:
    """What JSON text says.

    Python's own parser takes more than JSON is: NaN and infinities, numbers that become infinite,
    and of two entries of one name the last. A file that says so is none that was written whole.

    Raises
    ------
    ValueError
        Where it is not JSON in UTF-8, or beyond reason: numbers of thousands of digits, lists
        nested a thousand deep.

    Examples
    --------
    >>> from pezo_hw.tools.plain_data import parse_json
    >>> parse_json('{"a": [1, 2.5, null]}')
    {'a': [1, 2.5, None]}
    >>> parse_json('{"a": 1, "a": 2}')
    Traceback (most recent call last):
        ...
    ValueError: a is there twice
    """
    if isinstance(text, bytes):
        text = text.decode("utf-8")
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_repetition,
            parse_constant=_no_number,
            parse_float=_finite,
        )
    except RecursionError:
        raise ValueError("nested too deep") from None


def with_nulls(value: Any) -> Any:
    """Plain data with None for every number that JSON has no word for.

    Examples
    --------
    >>> from pezo_hw.tools.plain_data import with_nulls
    >>> with_nulls({"loss": float("inf"), "curve": (0.5, 1)})
    {'loss': None, 'curve': [0.5, 1]}
    """
    if isinstance(value, dict):
        return {key: with_nulls(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [with_nulls(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of two entries of one name a reader would see the last, whatever the first is."""
    content = dict(pairs)
    if len(content) < len(pairs):
        ((repeated, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"{repeated} is there twice")
    return content


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:20]} is beyond what a number holds")
    return number
