"""How long is simulated, and the last words of a simulation, as each simulator writes them."""

from __future__ import annotations

import json

import pytest

from pezo_hw import load
from pezo_hw.verify import Outcome
from pezo_hw.verify.session import default_cycles, fatal_words


@pytest.mark.parametrize(
    "line",
    [
        "FATAL: /tmp/x/ramb.v:271: RAMB18E2: no such pin",
        "[5000] %Fatal: ramb.v:271: Assertion failed in top.ramb: RAMB18E2: no such pin",
        "Fatal: RAMB18E2: no such pin",
    ],
)
def test_words_of_fatal(line: str):
    assert fatal_words(f"building\n{line}\nAborting...\n") == "RAMB18E2: no such pin"


def test_a_fatal_without_words_is_none():
    log = "[5000] %Fatal: ramb.v:271: Assertion failed in top.ramb\nFATAL: t.v:1: \n"
    assert fatal_words(log) == ""
    assert fatal_words("cocotb.regression.SimFailure: not fatal: at all") == ""


def test_what_is_compared_by_default_is_bounded_by_its_bits():
    for preset, cycles in (
        ("paper-roberta", 2 * 7905),
        ("paper-opt", 507_873 + 10_000),
        ("paper-pool", 2 * 4095),
        ("mezo", 2**28 // (1024 * 9)),
        ("wide", 2**28 // (1024 * 11)),
    ):
        assert default_cycles(load(preset), "verilator") == cycles
    assert default_cycles(load("mezo"), "icarus") == 10_000
    assert default_cycles(load("mezo"), "amaranth") == 1_000


def test_what_is_less_than_an_orbit_is_said_and_what_is_asked_for_is_done(
    pezo, monkeypatch: pytest.MonkeyPatch
):
    asked: list[int] = []

    def carry_out(jobs, folder, show):
        asked.extend(job.cycles for job in jobs)
        return (Outcome(job=job, cycles=1, beats=1, seconds=1.0, failure="") for job in jobs)

    monkeypatch.setattr("pezo_hw.cli.simulations.carry_out", carry_out)
    monkeypatch.setattr("pezo_hw.cli.verify.prepare_library", lambda on_file: None)
    command = ("verify", "mezo", "paper-roberta", "--bench", "core")
    _, out, _ = pezo(*command)
    assert "mezo: 29,127 of 5.6e+9 cycles of the joint orbit; more: --cycles N" in out
    assert "paper-roberta: " not in out
    _, out, err = pezo(*command, "--json")
    assert [entry["config"] for entry in json.loads(out)] == ["mezo", "paper-roberta"]
    assert "mezo: 29,127 of 5.6e+9 cycles" in err
    _, out, _ = pezo(*command, "--cycles", 40_000)
    assert "of the joint orbit" not in out
    assert asked == [29_127, 2 * 7905, 29_127, 2 * 7905, 40_000, 40_000]
