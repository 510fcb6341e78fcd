"""A block RAM as UG573 describes it, bit by bit, and a simulation of the Verilog model."""

from __future__ import annotations

import random
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pezo_hw.verify.netlist import cell_models

_ROW = (1 << 256) - 1
_TIED = "RSTREGARSTREG RSTREGB SLEEP REGCEAREGCE REGCEB"


@dataclass(frozen=True, kw_only=True)
class Ram:
    """A primitive of 18 or 36 Kbit; widths and modes of its ports, A first."""

    kbit: int
    read: tuple[int, int]
    write: tuple[int, int]
    modes: tuple[str, str] = ("READ_FIRST", "READ_FIRST")

    @property
    def half(self) -> int:
        """Data bits of a port's pins."""
        return 16 if self.kbit == 18 else 32

    @property
    def address_bits(self) -> int:
        return 14 if self.kbit == 18 else 15

    @property
    def widest(self) -> int:
        return 2 * self.kbit


@dataclass(frozen=True, kw_only=True)
class Cycle:
    """What a port's pins ask for at a clock edge; ``data`` has the parity above it."""

    enable: bool
    address: int
    enables: int
    data: int
    reset: bool


def any_cycles(ram: Ram, count: int, random_: random.Random) -> list[tuple[Cycle, Cycle]]:
    """Both ports in two lines' worth of words; what one writes the other seldom looks at.

    Where both write, or one reads what the other writes but for READ_FIRST, nothing is promised;
    then the ports keep to different lines.
    """
    shared = ram.modes == ("READ_FIRST", "READ_FIRST") and 0 in ram.write
    span = 2 * ram.half
    cycles = []
    for _ in range(count):
        line = random_.randrange(2)
        pair = []
        for port in range(2):
            own = random_.randrange(2) if shared else line ^ port
            wide = ram.write[port] == ram.widest
            enables = (ram.half >> 3) << wide
            pair.append(
                Cycle(
                    enable=random_.random() < 0.8 and bool(ram.read[port] or ram.write[port]),
                    address=own * span + random_.randrange(span),
                    enables=random_.getrandbits(enables) if ram.write[port] else 0,
                    data=random_.getrandbits((ram.half + ram.half // 8) << wide),
                    reset=random_.random() < 0.1,
                )
            )
        cycles.append((pair[0], pair[1]))
    return cycles


def parts(width: int) -> tuple[int, int]:
    """Data and parity bits of a word."""
    return width - width // 9, width // 9


class Expected:
    """The contents, as lists of bits, and what each port shows; None before it has read."""

    def __init__(self, ram: Ram, data: int, parity: int, srval: tuple[int, int]) -> None:
        size = 1 << ram.address_bits
        self._ram = ram
        self._data = [data >> i & 1 for i in range(size)]
        self._parity = [parity >> i & 1 for i in range(size // 8)]
        self._srval = srval
        self.shown: list[tuple[int, int] | None] = [None, None]

    def edge(self, cycles: tuple[Cycle, Cycle]) -> None:
        """Reads of the old contents, writes, and reads of the new."""
        ram = self._ram
        before = [self._read(ram.read[p], cycles[p].address) for p in range(2)]
        for port in range(2):
            self._write(port, cycles[port])
        for port in range(2):
            cycle, mode = cycles[port], ram.modes[port]
            writes = cycle.enable and cycle.enables != 0
            if not cycle.enable or (mode == "NO_CHANGE" and writes and not cycle.reset):
                continue
            new = self._read(ram.read[port], cycle.address)
            self.shown[port] = new if mode == "WRITE_FIRST" else before[port]
            if cycle.reset:
                self.shown[port] = self._initial(port)

    def _initial(self, port: int) -> tuple[int, int]:
        """SRVAL as the word of the port; the widest has both, each with its own parity."""
        ram = self._ram
        bits, parity_bits = parts(ram.read[port])
        if ram.read[port] < ram.widest:
            value = self._srval[port]
            return value & (1 << bits) - 1, value >> bits & (1 << parity_bits) - 1
        a, b = self._srval
        mask = (1 << ram.half) - 1
        return (b & mask) << ram.half | a & mask, b >> ram.half << ram.half // 8 | a >> ram.half

    def _read(self, width: int, address: int) -> tuple[int, int]:
        bits, parity_bits = parts(width)
        first = address // bits * bits if bits else 0
        data = sum(self._data[first + i] << i for i in range(bits))
        return data, sum(self._parity[first // 8 + i] << i for i in range(parity_bits))

    def _write(self, port: int, cycle: Cycle) -> None:
        width = self._ram.write[port]
        bits, parity_bits = parts(width)
        if not bits or not cycle.enable:
            return
        first = cycle.address // bits * bits
        pins = self._ram.half << (width == self._ram.widest)
        for i in range(bits):
            if cycle.enables >> i // 8 & 1:
                self._data[first + i] = cycle.data >> i & 1
        for i in range(parity_bits):
            if cycle.enables >> i & 1:
                self._parity[first // 8 + i] = cycle.data >> (pins + i) & 1


def simulate(
    ram: Ram,
    contents: tuple[int, int],
    srval: tuple[int, int],
    cycles: list[tuple[Cycle, Cycle]],
    folder: Path,
) -> list[list[tuple[str, str]]]:
    """What each port of the Verilog model shows after each edge: data and parity in binary."""
    (folder / "bench.v").write_text(_bench(ram, contents, srval, cycles))
    (folder / "ramb.v").write_text(cell_models()["ramb.v"])
    command = ["iverilog", "-g2012", "-s", "bench", "-o", "x", "bench.v", "ramb.v"]
    subprocess.run(command, cwd=folder, check=True)
    lines = subprocess.check_output(["vvp", "x"], cwd=folder, text=True).splitlines()
    found = []
    for line in lines:
        b, a, pb, pa = line.split()
        wide = ram.read[0] == ram.widest
        found.append([(b + a, pb + pa) if wide else (a, pa), (b, pb)])
    return found


def _bench(
    ram: Ram,
    contents: tuple[int, int],
    srval: tuple[int, int],
    cycles: list[tuple[Cycle, Cycle]],
) -> str:
    data, parity = contents
    size, half, few = 1 << ram.address_bits, ram.half, ram.half // 8
    settings = [f".INIT_{i:02X}(256'h{data >> 256 * i & _ROW:x})" for i in range(size >> 8)]
    settings += [f".INITP_{i:02X}(256'h{parity >> 256 * i & _ROW:x})" for i in range(size >> 11)]
    settings += [".DOA_REG(0)", ".DOB_REG(0)"]
    for port, letter in enumerate("AB"):
        settings += [
            f".READ_WIDTH_{letter}({ram.read[port]})",
            f".WRITE_WIDTH_{letter}({ram.write[port]})",
            f'.WRITE_MODE_{letter}("{ram.modes[port]}")',
            f".SRVAL_{letter}({ram.kbit}'h{srval[port]:x})",
        ]
    steps = [_step(ram, *pair) for pair in cycles]
    return f"""module bench;
    reg clk = 0;
    reg en_a, en_b, rst_a, rst_b;
    reg [{ram.address_bits - 1}:0] at_a, at_b;
    reg [{few - 1}:0] we_a, pi_a, pi_b;
    reg [{2 * few - 1}:0] we_b;
    reg [{half - 1}:0] di_a, di_b;
    wire [{half - 1}:0] a, b;
    wire [{few - 1}:0] pa, pb;
    RAMB{ram.kbit}E2 #({", ".join(settings)}) ram (
        .CLKARDCLK(clk), .CLKBWRCLK(clk), .ENARDEN(en_a), .ENBWREN(en_b),
        .ADDRARDADDR(at_a), .ADDRBWRADDR(at_b), .ADDRENA(1'b1), .ADDRENB(1'b1),
        .WEA(we_a), .WEBWE(we_b), .RSTRAMARSTRAM(rst_a), .RSTRAMB(rst_b),
        .DINADIN(di_a), .DINBDIN(di_b), .DINPADINP(pi_a), .DINPBDINP(pi_b),
        .DOUTADOUT(a), .DOUTBDOUT(b), .DOUTPADOUTP(pa), .DOUTPBDOUTP(pb),
        {", ".join(f".{pin}(1'b0)" for pin in _TIED.split())}
    );
    task edge_of_the_clock;
        begin
            #1 clk = 1;
            #1 $display("%b %b %b %b", b, a, pb, pa);
            clk = 0;
        end
    endtask
    initial begin
{"".join(steps)}    end
endmodule
"""


def _step(ram: Ram, a: Cycle, b: Cycle) -> str:
    """The pins of a cycle; the widest word's lower half comes in at port A's."""
    half, few = ram.half, ram.half // 8
    mask, few_mask = (1 << half) - 1, (1 << few) - 1
    data_a, parity_a = a.data & mask, a.data >> half
    data_b, parity_b = b.data & mask, b.data >> half & few_mask
    if ram.write[1] == ram.widest:
        parity = b.data >> 2 * half
        data_a, parity_a, data_b = b.data & mask, parity & few_mask, b.data >> half & mask
        parity_b = parity >> few
    pins = {
        "en_a": a.enable, "en_b": b.enable, "rst_a": a.reset, "rst_b": b.reset,
        "at_a": a.address, "at_b": b.address, "we_a": a.enables, "we_b": b.enables,
        "di_a": data_a, "di_b": data_b, "pi_a": parity_a, "pi_b": parity_b,
    }  # fmt: skip
    settings = " ".join(f"{pin} = 'h{value:x};" for pin, value in pins.items())
    return f"        {settings} edge_of_the_clock;\n"
