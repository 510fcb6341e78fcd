"""Banks and pools that the estimate has not been made for, with what a simulation says of each.

``python -m tests.power.unseen`` maps and simulates all of them anew: some minutes.
"""

from __future__ import annotations

import json
from pathlib import Path

from pezo_hw.power import Request, measure
from pezo_hw.synth import Cache, cache_folder
from tests.synth.unseen import drawn, load

RECORD = Path(__file__).parent / "unseen.json"
EVERY = 2


def chosen() -> list[str]:
    """Every other one of those that synthesis is held against, but for the Gaussian generators."""
    return [text for text in drawn() if "gaussian" not in text][::EVERY]


def simulated(text: str) -> float:
    """Transitions a cycle, by a simulation of the netlist."""
    (figures,) = measure([load(text)], Request(cache=Cache(folder=cache_folder())))
    return figures.toggles.total


if __name__ == "__main__":
    found = []
    for number, text in enumerate(chosen(), 1):
        found.append({"toml": text, "toggles": simulated(text)})
        print(number, found[-1], flush=True)
    RECORD.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
