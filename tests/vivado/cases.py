"""Small cores of every system with their hand-off, each made once a process."""

from __future__ import annotations

from functools import cache

from pezo_hw.config import Config, parse
from pezo_hw.emit import EmittedCore, emit_core
from pezo_hw.vivado import ClockParameters, Part, hand_off
from pezo_hw.vivado.design import Design, Port
from tests.cases import DRAWN, DRAWN_ROWS, OTF, POOL, PRE
from tests.reference import OnTheFly, PreGenerated
from tests.shared import made_once

CLOCK = ClockParameters(mhz=500)
PART = Part()
TEXTS = {
    "core": OTF + "rngs = 7\nwidth = 5\nlanes = 5\n",
    "stream": OTF + "rngs = 7\nwidth = 5\nlanes = 5\n",
    "replay": OTF + "rngs = 7\nwidth = 5\nlanes = 5\n",
    # Pins that nothing in the hand-off drives, and commands that are short.
    "loaded": OTF
    + "rngs = 7\nwidth = 5\nlanes = 5\n"
    + '[system]\ncount_bits = 6\nload = "contents"\nhealth = "reload"\n',
    "pool": PRE + "pool = 91\nlanes = 7\nwidth = 5\n",
}
REFERENCES = {
    "core": OnTheFly(rngs=7, width=5, lanes=5),
    "stream": OnTheFly(rngs=7, width=5, lanes=5),
    "replay": OnTheFly(rngs=7, width=5, lanes=5),
    "loaded": OnTheFly(rngs=7, width=5, lanes=5),
    "pool": PreGenerated(pool=91, lanes=7, width=5),
}
TEXTS["left-over"] = POOL + "pool = 1023\nlanes = 8\nwidth = 5\n"
REFERENCES["left-over"] = REFERENCES["left-over-axi"] = PreGenerated(pool=1023, lanes=8, width=5)
PLAIN = list(TEXTS)
TEXTS["left-over-axi"] = TEXTS["left-over"]
TEXTS["axi"] = TEXTS["core"]
REFERENCES["axi"] = REFERENCES["core"]
TEXTS["padded-axi"] = (
    TEXTS["core"] + '[system]\nerrors = "okay"\ntuser = false\ntdata = "power-of-two"\n'
)
REFERENCES["padded-axi"] = REFERENCES["core"]
SYSTEMS = list(TEXTS)
# More bits than the 4,096 that Verilator records by default; too many for Icarus.
TEXTS["wide"] = OTF + "rngs = 7\nwidth = 5\nlanes = 820\n"
REFERENCES["wide"] = OnTheFly(rngs=7, width=5, lanes=820)
# Perturbations that do not start where the last one ended; only their testbench differs.
TEXTS["drawn"] = TEXTS["drawn-axi"] = DRAWN + "pool = 1023\nlanes = 8\nwidth = 5\n"
TEXTS["drawn-rows"] = DRAWN_ROWS + "pool = 1001\nlanes = 7\nwidth = 5\n"
SYSTEM_OF = {
    "pool": "core",
    "loaded": "replay",
    "wide": "stream",
    "left-over": "replay",
    "left-over-axi": "axi",
    "padded-axi": "axi",
    "drawn": "replay",
    "drawn-axi": "axi",
    "drawn-rows": "replay",
}


def config(name: str) -> Config:
    return parse(TEXTS[name], name=name)


@cache
def plain(name: str) -> EmittedCore:
    """The core without a hand-off."""
    return emit_core(config(name), system=SYSTEM_OF.get(name, name))


@cache
def quiet(name: str) -> EmittedCore:
    """The core with its hand-off, but for the switching activity."""
    return hand_off(plain(name), config(name), CLOCK, PART, activity=False)


@cache
def whole(name: str) -> EmittedCore:
    """The core with its whole hand-off; built once a run, however many workers ask for it."""
    return made_once(f"hand-off-{name}", lambda: hand_off(plain(name), config(name), CLOCK, PART))


_LITE_INPUTS = {"awaddr": 12, "awprot": 3, "awvalid": 1, "wdata": 32, "wstrb": 4, "wvalid": 1}
_LITE_INPUTS |= {"bready": 1, "araddr": 12, "arprot": 3, "arvalid": 1, "rready": 1}
_LITE_OUTPUTS = {"awready": 1, "wready": 1, "bresp": 2, "bvalid": 1, "arready": 1, "rdata": 32}
_LITE_OUTPUTS |= {"rresp": 2, "rvalid": 1}
_STREAM_OUTPUTS = {"tdata": 64, "tvalid": 1, "tlast": 1}


def axi_design() -> Design:
    """The system on AXI, its pins written down by hand."""
    ports = [("aclk", "input", 1), ("aresetn", "input", 1)]
    ports += [(f"s_axi_{name}", "input", width) for name, width in _LITE_INPUTS.items()]
    ports += [(f"s_axi_{name}", "output", width) for name, width in _LITE_OUTPUTS.items()]
    ports += [(f"m_axis_{name}", "output", width) for name, width in _STREAM_OUTPUTS.items()]
    ports += [("m_axis_tready", "input", 1), ("irq", "output", 1)]
    pins = [Port(name=n, direction=d, width=w, is_bus=w > 1) for n, d, w in ports]
    pins.append(Port(name="m_axis_tuser", direction="output", width=1, is_bus=True))
    return Design(
        top="pezo_hand_axi",
        system="axi",
        version="1.2.3",
        ports=tuple(pins),
        verilog="pezo_hand_axi.v",
        memories=("pezo_hand_axi_scale_table.mem",),
        revision=1234567,
        manifest={
            "name": "hand",
            "config": {"perturbation": {"strategy": "on-the-fly"}},
            "registers": {"constants": {"BEAT.lanes": 5, "BEAT.slot_bytes": 1, "NUMBER.base": -2}},
        },
    )


def axi_verilog() -> str:
    """A module of those pins, and nothing in it but the reading of its memory."""
    design = axi_design()
    declared = []
    for port in design.ports:
        bits = f"[{port.width - 1}:0] " if port.is_bus else ""
        declared.append(f"  {port.direction} {bits}{port.name};\n")
    names = ", ".join(port.name for port in design.ports)
    read = f'  initial $readmemh("{design.memories[0]}", table);\n'
    return f"module {design.top}({names});\n{''.join(declared)}{read}endmodule\n"
