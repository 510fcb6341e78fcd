"""A reload ends, whatever is broken."""

from __future__ import annotations

from amaranth.sim import Simulator

from pezo_hw.systems.replay.rtl.reload_control import ReloadControl

LEAD = 5


def play(faults: list[bool], *, reload: bool = True, busy: int = 0) -> list[str]:
    """What is high in each cycle, given ``fault`` in each; a command is under way at first."""
    control, seen = ReloadControl(), []

    async def bench(ctx):
        waits = 0
        for cycle, fault in enumerate(faults):
            ctx.set(control.fault, fault)
            ctx.set(control.reload, reload)
            ctx.set(control.valid, waits == 0)
            ctx.set(control.idle, waits == 0 and cycle >= busy)
            names = ("holds", "rewind", "reloaded")
            seen.append(" ".join(name for name in names if ctx.get(getattr(control, name))))
            waits = LEAD if "rewind" in seen[-1] else max(0, waits - 1)
            await ctx.tick()

    simulator = Simulator(control)
    simulator.add_clock(1e-6)
    simulator.add_testbench(bench)
    simulator.run()
    return seen


def test_it_waits_for_the_command_under_way():
    waiting = ["", "holds", "holds", "holds", "holds rewind"]
    assert play([False, True] + 10 * [False], busy=4) == [*waiting, *LEAD * [""], "reloaded", ""]


def test_a_second_fault_of_the_same_command_asks_for_the_same_reload():
    faults = [True, False, False, True] + 8 * [False]
    assert play(faults, busy=4)[4:] == ["holds rewind", *LEAD * [""], "reloaded", ""]
    assert play(faults, busy=3)[3:] == ["holds rewind", *LEAD * [""], "reloaded", "", ""]


def test_a_register_that_is_broken_for_good_does_not_hold_it_for_ever():
    """Faults at all edges of going back; the last one shows with ``reloaded``."""
    faults = [True, False] + LEAD * [True] + [True] + 3 * [False]
    going_back = LEAD * ["holds"]
    assert play(faults) == ["holds", "holds rewind", *going_back, "holds reloaded", "", "", ""]


def test_without_reload_a_fault_holds_for_its_cycle():
    assert play([False, True, False, False], reload=False) == ["", "holds", "", ""]
