"""The paper's section 2.3: its figures, the cycles of the cores, and what is measured."""

from __future__ import annotations

import pytest

from pezo_hw.benchmarks.attention_layer import (
    DESIGNS,
    HEADINGS,
    Way,
    hardware_ways,
    markdown,
    measured_ways,
    papers_ways,
)

NUMBERS = 4 * 4096 * 4096


def test_the_paper_is_quoted_as_printed():
    (cpu,) = papers_ways()
    assert (cpu.ms, cpu.papers_cpu) == (11_927.258, 1.0)
    # "a minimum latency performance margin of 5900x"
    assert round(cpu.inference, -2) == 5900


def test_cores_need_a_cycle_for_each_beat():
    ways = {(way.where, way.how.partition(",")[0]): way for way in hardware_ways()}
    assert {name for _, name in ways} == set(DESIGNS)
    for name, lanes in (("mezo", 1024), ("wide", 1024), ("paper-pool", 8), ("spread", 31)):
        # A tensor that does not end with a cycle leaves the rest of it.
        least = NUMBERS / lanes / 225e3
        assert least <= ways["core at 225 MHz", name].ms < least + 4 / 225e3
    slow, fast = (ways[f"core at {mhz} MHz", "paper-opt"].ms for mhz in (225, 700))
    assert slow / fast == pytest.approx(700 / 225)
    assert ("core at 500 MHz", "mezo") in ways
    assert ("core at 700 MHz", "wide") not in ways


def test_what_is_measured_here_without_and_with_pytorch():
    rounds: list[None] = []
    ways = measured_ways(1, None, lambda: rounds.append(None), shapes=((32, 31), (5,)))
    assert [way.how for way in ways] == (
        ["NumPy, standard_normal", *(f"fast_stream, {name}" for name in DESIGNS[1:])]
    )
    assert len(rounds) == 2
    assert all(way.ms > 0 for way in ways)
    torch = pytest.importorskip("torch")
    more = measured_ways(1, torch, lambda: None, shapes=((32, 31), (5,)))
    assert {way.how for way in more} > {way.how for way in ways}


def test_ratios_are_of_the_papers_figures():
    way = Way(where="here", how="by hand", ms=20.13)
    assert (way.papers_cpu, way.inference) == pytest.approx((11_927.258 / 20.13, 10.0))
    assert way.cells == ("here", "by hand", "20.13", "592.5 ×", "10 ×")
    text = markdown([way], "a machine")
    assert text.splitlines()[0] == f"| {' | '.join(HEADINGS)} |"
    assert text.endswith("\n\nThis machine: a machine.\n")
