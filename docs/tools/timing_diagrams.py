"""``make diagrams``: the timing diagrams of the documentation, from simulations of the hardware.

Each system is played in Amaranth's simulator by a story, which sees the outputs of a cycle and says
the inputs of the next; what is taken from it must be the golden stream, or nothing is written.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from amaranth.sim import Simulator
from timing_scenes import NOTES, Pinned, Scene, scenes

from pezo_hw import Config, load
from pezo_hw.bench.bench import Bench
from pezo_hw.errors import PezoError
from pezo_hw.report.timing import Row, TimingDiagram
from pezo_hw.systems.registry import SYSTEMS
from pezo_hw.tools.files import write_files
from pezo_hw.verify.amaranth_simulator import Pins

ROOT = Path(__file__).parents[2]
IMAGES = "docs/images"


def play(scene: Scene, config: Config) -> list[Pinned]:
    """Every pin, number and note of the story, cycle by cycle."""
    bench = SYSTEMS[scene.system].bench(config)
    pins = Pins(bench.component(), bench.clock)
    none = np.zeros(1, dtype=np.bool_)
    outputs = list(SYSTEMS[scene.system].bench(config).respond(none, none, _random()).expected)
    seen: list[Pinned] = []

    async def testbench(context: Any) -> None:
        for cycle in range(scene.cycles):
            told = scene.story(cycle, seen[-1] if seen else {})
            for name, value in told.items():
                if name not in NOTES:
                    context.set(pins.pin(name), value)
            shown = {name: int(context.get(pins.pin(name))) for name in outputs}
            seen.append(told | shown | numbers(bench, shown))
            await context.tick(pins.domain.name)

    simulator = Simulator(pins.module())
    simulator.add_clock(1e-6, domain=pins.domain.name)
    simulator.add_testbench(testbench)
    simulator.run()
    return seen


def _random() -> np.random.Generator:
    return np.random.default_rng(1)


def numbers(bench: Bench, shown: Pinned) -> Pinned:
    """The numbers in the pins that hold several, as ``pin:name``."""
    found: Pinned = {}
    for pin, fields in bench.fields.items():
        low = 0
        for one in fields:
            for name in one.parts():
                value = shown[pin] >> low & (1 << one.bits) - 1
                negative = one.is_signed and value >> one.bits - 1
                found[f"{pin}:{name}"] = value - (1 << one.bits if negative else 0)
                low += one.bits
    return found


def require_golden(scene: Scene, config: Config, seen: list[Pinned]) -> None:
    """Checks that the beats taken are those of the golden stream that the scene says."""
    lanes = next(rows for name, rows in scene.rows.items() if name and "lane" in rows[0])
    taken = [cycle for cycle in seen if cycle[scene.valid] & cycle[scene.ready]]
    taken = [cycle for cycle in taken if not cycle.get("rst")]
    golden = config.stream().window(0, max(scene.beats) + 1).mantissa
    for beat, cycle in zip(scene.beats, taken, strict=True):
        for name in lanes:
            lane = name.rpartition(" ")[2]
            if lane.isdigit() and cycle[name] != golden[beat, int(lane)]:
                raise PezoError(f"{scene.system}: {name} of cycle {beat} is not the golden one")


def drawn(scene: Scene) -> str:
    """The diagram as SVG."""
    config = load(scene.preset)
    seen = play(scene, config)
    require_golden(scene, config, seen)
    groups = [
        (group, [_row(scene, name, seen) for name in names]) for group, names in scene.rows.items()
    ]
    clock = SYSTEMS[scene.system].bench(config).clock
    return TimingDiagram(title=scene.title, clock=clock, groups=groups).svg()


# What is only defined while something else is high.
_OFFERED = {
    "s_axi_awaddr": "s_axi_awvalid",
    "s_axi_wdata": "s_axi_wvalid",
    "replay": "command__valid",
}
_OF_BEAT = ("code", "m_axis_tuser", "m_axis_tlast")


def _row(scene: Scene, name: str, seen: list[Pinned]) -> Row:
    """A pin or number by its short name; where it is not offered, it is undefined."""
    is_of_beat = ":" in name or name in _OF_BEAT
    offered = scene.valid if is_of_beat else _OFFERED.get(name)
    values = [cycle[name] if offered is None or cycle[offered] else None for cycle in seen]
    short = name.rpartition(":")[2].removeprefix("mantissa ").rpartition("__")[2]
    return Row(
        name=short.removeprefix("s_axi_").removeprefix("m_axis_"),
        values=values,
        is_bit=not name.endswith(("code", "addr", "data")) and "lane" not in name,
        is_address=name.endswith("addr"),
    )


def derived_files() -> dict[str, str]:
    """The texts by their place in the checkout."""
    return {f"{IMAGES}/timing-{scene.system}.svg": drawn(scene) for scene in scenes()}


if __name__ == "__main__":
    write_files(ROOT, derived_files())
