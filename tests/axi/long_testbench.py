"""A million beats through somebody else's receiver."""

from __future__ import annotations

import os

from tests.axi.device import Device, in_simulation

FRAMES, BEATS = 50, 20_000


@in_simulation(milliseconds=50)
async def a_million_beats(dut):
    """The first frames without a pause, a replay, the last with pauses."""
    device = await Device.started(dut)
    for number in range(FRAMES):
        await device.ready()
        await device.command(BEATS, replay=False)
        assert await device.frame() == device.golden(number * BEATS, BEATS)
    assert await device.read("TRANSFERS") == FRAMES * BEATS
    device.pause_everything(8)
    await device.ready()
    await device.command(BEATS, replay=True)
    assert await device.frame() == device.golden((FRAMES - 1) * BEATS, BEATS)


if "PEZO_TEST_CONFIG" not in os.environ:
    raise ImportError("runs inside a simulation only")
