"""The switching activity, against what the stream implies."""

from __future__ import annotations

from itertools import islice, pairwise

import numpy as np
import pytest

from pezo_hw import PezoError
from pezo_hw.systems.replay.model import Command, ReplayModel
from pezo_hw.systems.system import PERTURBATION
from pezo_hw.vivado.activity import CYCLES, simulate_activity
from pezo_hw.vivado.design import Design
from tests.vivado.cases import CLOCK, REFERENCES, SYSTEMS, config, plain, whole
from tests.vivado.saif import Saif, read_saif

pytestmark = pytest.mark.slow

PERIOD = CLOCK.period_ps
STREAMING = ["core", "stream", "pool", "wide"]


def saif_of(name: str) -> Saif:
    return read_saif(whole(name).files[f"{whole(name).top}.saif"])


def golden_words(name: str) -> list[int]:
    """Of the independent reading: code above mantissas, lane 0 lowest."""
    bits = config(name).parameters.fixed_point.bits
    words = []
    for code, mantissas in islice(REFERENCES[name].cycles(), CYCLES):
        word = code
        for mantissa in reversed(mantissas):
            word = word << bits | mantissa & (1 << bits) - 1
        words.append(word)
    return words


def levels(words: list[int], bits: int) -> np.ndarray:
    """A row a cycle, the lowest bit first."""
    rows = b"".join(word.to_bytes(-(-bits // 8), "little") for word in words)
    matrix = np.frombuffer(rows, np.uint8).reshape(len(words), -1)
    return np.unpackbits(matrix, axis=1, bitorder="little")[:, :bits].astype(np.int64)


def changes(words: list[int], bits: int) -> list[int]:
    return np.abs(np.diff(levels(words, bits), axis=0)).sum(axis=0).tolist()


def time_high(words: list[int], bits: int) -> list[int]:
    return (PERIOD * levels(words, bits).sum(axis=0)).tolist()


def shown(name: str, saif: Saif, key: str) -> list[int]:
    """Of every bit of a beat, at the pins of the instance that the script strips down to."""
    top = saif.root.instances["TOP"].instances[whole(name).top]
    if name in ("stream", "wide"):
        return top.word("o__payload", key)
    return top.word("mantissa", key) + top.word("code", key)


def check(name: str, saif: Saif) -> None:
    words = golden_words(name)
    parameters = config(name).parameters
    bits = parameters.lanes * parameters.fixed_point.bits + parameters.code_bits
    assert shown(name, saif, "TC") == changes(words, bits)
    assert shown(name, saif, "T1") == time_high(words, bits)
    assert shown(name, saif, "T0") == [CYCLES * PERIOD - high for high in time_high(words, bits)]


@pytest.mark.parametrize("name", STREAMING)
def test_the_pins_switch_as_the_stream_says(name: str):
    check(name, saif_of(name))


def test_a_transition_too_many_is_seen():
    core = whole("core")
    text = core.files[f"{core.top}.saif"]
    top = text.index(f"(INSTANCE {core.top}")
    first = text.index("(TC ", text.index("(mantissa", top))
    count = text[first + 4 : text.index(")", first)]
    broken = f"{text[: first + 4]}{int(count) + 1}{text[first + 4 + len(count) :]}"
    with pytest.raises(AssertionError):
        check("core", read_saif(broken))


@pytest.mark.parametrize("name", [*STREAMING, "replay"])
def test_duration_and_clock(name: str):
    saif = saif_of(name)
    assert saif.header["DURATION"] == [str(CYCLES * PERIOD)]
    assert saif.header["TIMESCALE"] == ["1", "ps"]
    assert saif.header["DIVIDER"] == ["/"]
    top = saif.root.instances["TOP"].instances[whole(name).top]
    assert top.nets["clk"]["TC"] == 2 * CYCLES - 1
    assert top.nets["clk"]["T1"] == CYCLES * PERIOD // 2
    assert top.nets["rst"] == {"T0": CYCLES * PERIOD, "T1": 0, "TX": 0, "TZ": 0, "TB": 0, "TC": 0}


@pytest.mark.parametrize("name", [*STREAMING, "replay"])
def test_every_net_adds_up(name: str):
    waiting = [saif_of(name).root]
    nets = 0
    while waiting:
        instance = waiting.pop()
        waiting += instance.instances.values()
        for net in instance.nets.values():
            assert net["T0"] + net["T1"] == CYCLES * PERIOD
            assert net["TX"] == net["TZ"] == net["TB"] == 0
            nets += 1
    assert nets > 100


@pytest.mark.parametrize("name", [*SYSTEMS, "wide"])
def test_every_pin_is_recorded(name: str):
    top = saif_of(name).root.instances["TOP"].instances[whole(name).top]
    for port in Design.of(plain(name)).ports:
        assert len(top.word(port.name, "TC")) == port.width


def test_registers_inside_are_there():
    """The tracker is an LFSR, and each of its bits is the one below it a cycle later."""
    top = saif_of("core").root.instances["TOP"].instances[whole("core").top]
    transitions = top.instances["tracker"].word("states", "TC")
    assert len(transitions) == 5
    assert max(transitions) - min(transitions) <= 1
    assert min(transitions) > CYCLES // 3


def replay_pins() -> list[tuple[int, int, int]]:
    """Ready, valid and last in every cycle, each perturbation asked for three times."""
    core = plain("replay")
    model = ReplayModel(lead=Design.of(core).manifest["lead"])
    while not model.pins().ready:
        model.edge(rst=False, command=None, ready=True)
    seen, commands = [], 0
    for _ in range(CYCLES):
        pins = model.pins()
        seen.append((int(pins.ready), int(pins.beat is not None), int(pins.last)))
        command = Command(beats=PERTURBATION, replay=commands % 3 != 0)
        commands += pins.ready
        model.edge(rst=False, command=command, ready=True)
    assert commands == 4
    return seen


@pytest.mark.parametrize(("place", "pin"), [(0, "command__ready"), (1, "o__valid")])
def test_commands_follow_one_another(place: int, pin: str):
    seen = [pins[place] for pins in replay_pins()]
    net = saif_of("replay").root.instances["TOP"].instances[whole("replay").top].nets[pin]
    assert [net["TC"]] == changes(seen, 1)
    assert [net["T1"]] == time_high(seen, 1)


def test_a_perturbation_and_the_same_again_switch_the_payload():
    """While beats are shown it switches as the stream says; between commands it may as well."""
    position = mark = asked = 0
    words, counted, gaps, before = golden_words("replay"), 0, 0, None
    for ready, valid, _ in replay_pins():
        if ready:
            position, mark = (mark, mark) if asked % 3 else (position, position)
            asked += 1
        if valid:
            counted += 0 if before is None else (words[before] ^ words[position]) & 1
            before, position = position, position + 1
        else:
            gaps += 1
            before = None
    top = saif_of("replay").root.instances["TOP"].instances[whole("replay").top]
    assert counted <= top.nets["o__payload[0]"]["TC"] <= counted + gaps + 4
    assert gaps < 50


@pytest.mark.skipif("axi" not in SYSTEMS, reason="there is no --system axi")
def test_frames_follow_one_another():
    """One of three commands is for a new perturbation, and hardly a cycle is without a beat."""
    top = saif_of("axi").root.instances["TOP"].instances[whole("axi").top]
    taken = top.nets["m_axis_tvalid"]["T1"] // PERIOD
    gaps = CYCLES - taken
    assert gaps < 50
    assert top.nets["m_axis_tlast"]["T1"] == PERIOD * (taken // PERTURBATION)
    first, second = range(PERTURBATION), range(PERTURBATION, 2 * PERTURBATION)
    positions = [*first, *first, *first, *second][:taken]
    words = golden_words("axi")
    counted = sum((words[a] ^ words[b]) & 1 for a, b in pairwise(positions))
    assert abs(top.nets["m_axis_tdata[0]"]["TC"] - counted) <= gaps + 4


def test_the_same_bytes_the_second_time():
    core = plain("core")
    again = simulate_activity(core, config("core"), Design.of(core), CLOCK)
    assert again == whole("core").files[f"{core.top}.saif"]


def test_a_missing_program_is_one_line(monkeypatch: pytest.MonkeyPatch):
    def missing() -> None:
        raise PezoError("Verilator 5.048 or newer is needed; none is on PATH; get one")

    monkeypatch.setattr("pezo_hw.tools.simulation.find_verilator", missing)
    core = plain("core")
    needed = r"^switching activity: Verilator 5.048 or newer is needed; .*; without it: --no-saif$"
    with pytest.raises(PezoError, match=needed):
        simulate_activity(core, config("core"), Design.of(core), CLOCK)


def test_what_does_not_build_is_one_line():
    core = plain("core")
    broken = {**core.files, core.verilog_file: "module nothing; endmodule\n"}
    with pytest.raises(
        PezoError, match=r"^switching activity: verilator failed: .*; without it: --no-saif$"
    ):
        simulate_activity(
            type(core)(top=core.top, files=broken), config("core"), Design.of(core), CLOCK
        )
