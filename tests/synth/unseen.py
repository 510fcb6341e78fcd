"""Fifty configurations that the estimates have not been made for, with what synthesis says of them.

``python -m tests.synth.unseen`` maps all of them anew: some minutes. It is due when `RECORD` is of
other configurations than `drawn`, or when a test that maps a few of them says that the mapper has
changed.
"""

from __future__ import annotations

import json
import random
import warnings
from pathlib import Path

from pezo_hw.config import Config, parse
from pezo_hw.errors import JointOrbitWarning, PezoError
from pezo_hw.synth import Cache, cache_folder, measure
from pezo_hw.synth.estimate import estimated

RECORD = Path(__file__).parent / "unseen.json"
COUNT = 50
COUNTS = ("lut", "lut_sites", "ff", "bram")
_SEED = 20251126


def drawn() -> list[str]:
    """The same fifty every time, of all families, each with an estimate."""
    source = random.Random(_SEED)
    draws = [*[_bank] * 36, *[_pool] * 10, *[_gaussian] * 2, *[_bank] * 2]
    return [_first_with_estimate(source, draw) for draw in draws]


def load(text: str) -> Config:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JointOrbitWarning)
        return parse(text, name="unseen")


def mapped(text: str) -> dict[str, float]:
    """The counts by synthesis."""
    used = measure(load(text), "xcup", seeds=(), cache=Cache(folder=cache_folder()))[0].resources
    return {name: getattr(used, name) for name in COUNTS}


def _first_with_estimate(source: random.Random, draw) -> str:
    while True:
        text = draw(source)
        try:
            config = load(text)
            config.require_hardware()
        except PezoError:
            continue
        if estimated(config.generator) is not None:
            return text


def _bank(source: random.Random) -> str:
    keys = {
        "rngs": source.randint(2, 64),
        "width": source.randint(3, 16),
        "steps_per_cycle": source.choice([1, 1, 2, 2, 3, 4, 5, 6, 8, 11]),
        "seed": source.randint(0, 99),
        "rotate": source.choice([True, True, False]),
        "lanes": source.randint(1, 99),
        "format": source.choice(["twos-complement", "midrise"]),
    }
    scaling = {
        "gain": source.choice([1.0, 0.8, 0.37]),
        "code_bits": source.randint(1, 4),
        "mode": source.choice(["adaptive", "constant"]),
    }
    return _toml("on-the-fly", keys) + _section("scaling", scaling)


def _pool(source: random.Random) -> str:
    keys = {
        "pool": 2 ** source.randint(7, 13) - 1,
        "width": source.randint(4, 16),
        "lanes": source.randint(1, 24),
        "ports": source.choice([1, 2]),
        "storage": "copies",
    }
    return _toml("pre-generated", keys)


def _gaussian(source: random.Random) -> str:
    keys = {
        "generator": source.choice(["tree", "table-hadamard"]),
        "lanes": 16 * source.randint(4, 14),
        "seed": source.randint(0, 9),
    }
    return _toml("gaussian", keys)


def _toml(strategy: str, keys: dict) -> str:
    return _section("perturbation", {"strategy": strategy}) + _section(strategy, keys)


def _section(name: str, keys: dict) -> str:
    lines = (f"{key} = {json.dumps(value)}\n" for key, value in keys.items())
    return f"[{name}]\n{''.join(lines)}"


if __name__ == "__main__":
    found = []
    for number, text in enumerate(drawn(), 1):
        found.append({"toml": text, **mapped(text)})
        print(number, found[-1], flush=True)
    RECORD.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
