"""TOML and JSON of strangers: what is beyond reason is refused at once, in one line."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from pezo_hw import PezoError
from pezo_hw.config import parse
from pezo_hw.explore.space import parse_space
from pezo_hw.tools.plain_data import parse_json, parse_toml

MANY = 100_000
TOML = {
    "dots": "a." * MANY + "b = 1",
    "spaces": "a . " * MANY + "b = 1",
    "quotes": '"a".' * MANY + "b = 1",
    "apostrophes": "'a'." * MANY + "b = 1",
    "line ends that are none to TOML": '"\u2028"."\x85".' * MANY + "b = 1",
    "a number sign within quotes": '"#".' + "b." * MANY + "c = 1",
    "separators within quotes": '"=".a.",".' * MANY + "b = 1",
    "quotes within quotes": r'"\"".a.' * MANY + "b = 1",
    "after a string of several lines": 'a = ["""\nb""", {' + "c." * MANY + 'd = "e"}]',
    "after a quote in a comment": '# "\n' + "a." * MANY + 'b = 1  # "',
    "a string without an end": 'a = "b\n' + "c." * MANY + 'd = "e"',
    "in a table": "a = [{" + "b." * MANY + "c = 1}]",
    "a heading": "[" + "a." * MANY + "b]",
    "tables": "a = " + "{b = " * MANY,
    "lists": "a = " + "[" * MANY,
    "digits": "a = " + "9" * MANY,
}


def _of_config(text: str) -> object:
    return parse(text, name="x")


def _of_space(text: str) -> object:
    return parse_space(text, name="x")


@pytest.mark.parametrize("read", [parse_toml, _of_config, _of_space])
def test_toml_beyond_reason_is_refused_at_once(read: Callable[[str], object]):
    for kind, text in TOML.items():
        start = time.process_time()
        with pytest.raises(PezoError) as error:
            read(text)
        assert time.process_time() - start < 2, kind  # by tomllib itself: minutes
        said = str(error.value)
        assert len(said) < 200, kind
        assert "set_int_max_str_digits" not in said, kind


def test_what_toml_has_is_as_tomllib_reads_it():
    text = 'a.b = 1  # a.b.c\n[c."d.e"]\nf = [1.5, nan]\r\n'
    found = parse_toml(text)
    assert found["a"] == {"b": 1}
    assert found["c"]["d.e"]["f"][0] == 1.5


def test_values_are_no_keys():
    """However many of them stand in a line, and whatever is within them."""
    floats = ", ".join(f"{number}.5" for number in range(200))
    names = ", ".join(f'"{number}.toml", \'{number}."x#\'' for number in range(200))
    text = f"a.gain = [{floats}]\nb = [{names}]  # {'and. so. on. ' * 99}\nc = {{d.e = 1.5}}\n"
    found = parse_toml(text)
    assert (len(found["a"]["gain"]), len(found["b"])) == (200, 400)
    assert found["c"] == {"d": {"e": 1.5}}


JSON = {
    "nan": "[NaN]",
    "infinity": "[-Infinity]",
    "beyond floats": "[1e400]",
    "below them": "[-1e999]",
    "digits": "9" * MANY,
    "lists": "[" * MANY,
    "objects": '{"a":' * MANY,
    "twice": '{"a": 1, "b": 2, "b": 3}',
    "within": '[{"a": {"b": 1, "b": 1}}]',
    "cut": '{"a": 1',
    "behind it": "{} {}",
    "nothing": "",
}


def test_json_that_is_none_is_a_value_error():
    for kind, text in JSON.items():
        for given in (text, text.encode()):
            with pytest.raises(ValueError, match=r".") as error:
                parse_json(given)
            assert len(str(error.value)) < 200, kind
    with pytest.raises(ValueError, match="utf-8"):
        parse_json(b'"\xff"')


def test_json_is_as_python_reads_it():
    content = {"a": [1, -2.5e-7, None, True, "é\u2028"], "b": {"a": {}}, "c": 2**200, "d": 1e308}
    assert parse_json(json.dumps(content)) == content
