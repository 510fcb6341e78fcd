"""What is said of hardware that differs, for every bench and every pin."""

from __future__ import annotations

import numpy as np
import pytest

from pezo_hw import load
from pezo_hw.bench.bench import Bench, Block
from pezo_hw.bench.fields import Field, beat_fields
from pezo_hw.bench.scenario import Scenario
from pezo_hw.numbers.beat_layout import BeatLayout
from pezo_hw.numbers.bit_rows import rows_of_lanes
from pezo_hw.verify import bench_names, make_bench

LAYOUT = BeatLayout(lanes=3, lane_bits=8, code_bits=2)


def block(pin: str, numbers: list[int], bits: int) -> Block:
    return Block(
        inputs={"rst": [0] * len(numbers)},
        expected={pin: rows_of_lanes(np.array(numbers)[:, None], bits)},
    )


def said(pin: str, bits: int, seen: list[str], expected: list[int], *fields: Field) -> str:
    wrong = block(pin, expected, bits).mismatch({pin: seen}, {pin: fields} if fields else {})
    assert wrong is not None
    return wrong.summary(800)


def test_a_lane_in_decimal_and_hexadecimal():
    lanes = Field(name="lane", bits=8, count=4, is_signed=True)
    seen = ["00000000" * 4, "11110100" + "00000000" * 3]
    assert said("mantissa", 32, seen, [0, 0xF5 << 24], lanes) == (
        "cycle 801: mantissa lane 3 is -12 (0xf4), expected -11 (0xf5)"
    )


def test_how_many_more_differ():
    lanes = Field(name="lane", bits=4, count=2, is_signed=True)
    assert said("m", 8, ["00010111"], [0], lanes) == (
        "cycle 800: m lane 0 is 7 (0x7), expected 0 (0x0) (1 more differ)"
    )


def test_a_pin_without_fields_has_no_sign_and_a_single_bit_no_hexadecimal():
    assert said("code", 3, ["111"], [5]) == "cycle 800: code is 7 (0x7), expected 5 (0x5)"
    assert said("valid", 1, ["0"], [1]) == "cycle 800: valid is 0, expected 1"


def test_undefined_bits_are_shown():
    lanes = Field(name="lane", bits=4, count=2, is_signed=True)
    assert said("m", 8, ["1x0Z0001"], [0xC1], lanes) == (
        "cycle 800: m lane 1 is undefined (0b1x0z), expected -4 (0xc)"
    )


def test_another_width_is_said():
    assert said("m", 4, ["00000"], [0]) == "cycle 800: m has 5 bits, expected 4"


def test_the_report_holds_every_bit():
    wide = Block(
        inputs={"rst": [0]},
        expected={
            "a": rows_of_lanes(np.full((1, 500), -1), 8),
            "b": rows_of_lanes(np.ones((1, 1), int), 1),
        },
    )
    wrong = wide.mismatch({"a": ["1" * 3999 + "0"], "b": ["x"]}, {})
    assert wrong is not None
    report = wrong.report(0)
    assert f"0x{'f' * 999}e" in report
    assert f"0x{'f' * 1000}" in report
    assert "b is undefined (0bx), expected 1" in report


def test_the_fields_of_a_beat():
    assert [f.bits for f in beat_fields(LAYOUT)] == [8, 2]
    assert [f.bits for f in beat_fields(LAYOUT, slot_bits=16)] == [16, 16]
    assert len(beat_fields(BeatLayout(lanes=3, lane_bits=8, code_bits=0))) == 1


BENCHES = [
    (preset, name)
    for preset in ("paper-roberta", "paper-pool")
    for name in (*bench_names(load(preset)), "stream", "replay", "axi")
]


@pytest.mark.parametrize(("preset", "name"), BENCHES)
def test_every_bit_of_every_pin_is_named(preset: str, name: str):
    """Each bit is flipped in turn; the numbers said are those that the flipped bus holds."""
    bench = make_bench(name, load(preset))
    played = played_block(bench)
    samples = {
        pin: [row.tobytes().decode() for row in rows] for pin, rows in played.expected.items()
    }
    assert played.mismatch(samples, bench.fields) is None
    for pin, rows in played.expected.items():
        cycles = np.flatnonzero(np.broadcast_to(played.defined.get(pin, True), len(rows)))
        fields = bench.fields.get(pin, (Field(bits=rows.shape[1]),))
        assert sum(field.width for field in fields) == rows.shape[1]
        for bit in range(rows.shape[1]):
            wrong = played.mismatch(flipped(samples, pin, int(cycles[0]), bit), bench.fields)
            assert wrong is not None
            (difference,) = wrong.pins[0].differences()
            assert difference.startswith(f"{pin} {part_with(fields, bit)}".rstrip() + " is ")
            assert wrong.cycle == cycles[0]


def test_the_numbers_are_those_of_the_golden_stream():
    bench = make_bench("stream", load("paper-opt"))
    *_, played = bench.blocks(Scenario(name="s", edges=40, reset_first=False))
    valid = int(np.flatnonzero(played.expected["o__valid"][:, 0] == ord("1"))[0])
    first = load("paper-opt").stream().window(0, 1)
    samples = {
        pin: [row.tobytes().decode() for row in rows] for pin, rows in played.expected.items()
    }
    for lane in (0, 15, 30):
        number = int(first.mantissa[0, lane])
        wrong = played.mismatch(flipped(samples, "o__payload", valid, 14 * lane), bench.fields)
        assert wrong is not None
        seen = (number ^ 1, (number ^ 1) & 0x3FFF)
        assert wrong.summary(0) == (
            f"cycle {valid}: o__payload mantissa lane {lane} is {seen[0]} ({seen[1]:#06x}), "
            f"expected {number} ({number & 0x3FFF:#06x})"
        )


def played_block(bench: Bench) -> Block:
    """A block in which every pin is defined in some cycle."""
    scenario = Scenario(name="s", edges=400, reset_first=False)
    *_, played = (b for b in bench.blocks(scenario) if len(b) > 100)
    return played


def flipped(samples: dict[str, list[str]], pin: str, cycle: int, bit: int) -> dict[str, list[str]]:
    bits = samples[pin][cycle]
    place = len(bits) - 1 - bit
    changed = bits[:place] + "10"[int(bits[place])] + bits[place + 1 :]
    return samples | {pin: [*samples[pin][:cycle], changed, *samples[pin][cycle + 1 :]]}


def part_with(fields: tuple[Field, ...], bit: int) -> str:
    names = [name for field in fields for name in field.parts() for _ in range(field.bits)]
    return names[bit]
