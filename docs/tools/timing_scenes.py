"""The stories that the timing diagrams of the documentation tell, one for each system."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pezo_hw import load
from pezo_hw.registers import register_map

Pinned = dict[str, int]
Story = Callable[[int, Pinned], Pinned]
# What a story remembers from one cycle to the next, beside the pins.
NOTES = ("replay", "asked", "done", "sent")
ADDRESS = {register.name: register.address for register in register_map().registers}


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A diagram to be made.

    Attributes
    ----------
    system, preset : str
        What is played.
    cycles : int
        For how long.
    story : callable
        The inputs of a cycle, given its number and all pins of the cycle before.
    valid, ready : str
        The pins that are both high where a beat is taken.
    beats : sequence of int
        The cycles of the stream that are to be taken.
    rows : dict of str to tuple of str
        What is drawn, by groups: pins, and numbers as ``pin:name``.
    title : str
        What it shows, for those who cannot see it.
    """

    system: str
    preset: str
    cycles: int
    story: Story
    valid: str
    ready: str
    beats: Sequence[int]
    rows: dict[str, tuple[str, ...]]
    title: str


def core_story(cycle: int, _: Pinned) -> Pinned:
    """A reset, then a stall of two cycles, then another reset."""
    return {"rst": int(cycle in (0, 10)), "en": int(cycle not in (0, 5, 6))}


def stream_story(cycle: int, _: Pinned) -> Pinned:
    """A consumer that is not ready at first, and not in the midst of it."""
    return {"rst": int(cycle == 0), "o__ready": int(cycle >= 4 and cycle not in (6, 7))}


def replay_story(count_bits: int) -> Story:
    """Three new beats, and the same again; the consumer stalls once."""

    def story(cycle: int, seen: Pinned) -> Pinned:
        taken = seen.get("command__valid", 0) & seen.get("command__ready", 0)
        replay = seen.get("replay", 0) | taken
        asked = seen.get("asked", 0) + taken
        return {
            "rst": int(cycle == 0),
            "command__valid": int(cycle >= 2 and asked < 2),
            "command__payload": 2 | replay << count_bits,
            "o__ready": int(cycle != 4),
            "replay": replay,
            "asked": asked,
        }

    return story


def axi_story(cycle: int, seen: Pinned) -> Pinned:
    """BEATS = 3, then COMMAND = 0, each as soon as the last one is answered."""
    writes = (("BEATS", 3), ("COMMAND", 0))
    done = seen.get("done", 0) + (seen.get("s_axi_bvalid", 0) & seen.get("s_axi_bready", 0))
    sent = seen.get("sent", 0) + (seen.get("s_axi_wvalid", 0) & seen.get("s_axi_wready", 0))
    offers = int(cycle >= 2 and sent == done < len(writes))
    name, word = writes[min(sent, len(writes) - 1)]
    return {
        "aresetn": int(cycle != 0),
        "s_axi_awvalid": offers,
        "s_axi_awaddr": ADDRESS[name],
        "s_axi_wvalid": offers,
        "s_axi_wdata": word,
        "s_axi_wstrb": 0b1111,
        "s_axi_bready": 1,
        "m_axis_tready": int(cycle != 9),
        "done": done,
        "sent": sent,
    }


def scenes() -> list[Scene]:
    """All diagrams."""
    pool = load("paper-pool")
    return [
        Scene(
            system="core",
            preset="paper-roberta",
            cycles=15,
            story=core_story,
            valid="valid",
            ready="en",
            beats=(0, 1, 2, 3, 4, 0, 1),
            rows={"": ("rst", "en", "valid", "code"), "mantissa": _lanes("mantissa:lane", 30)},
            title="A core: a reset, two beats, a stall of two cycles, more beats, and a reset",
        ),
        Scene(
            system="stream",
            preset="paper-roberta",
            cycles=13,
            story=stream_story,
            valid="o__valid",
            ready="o__ready",
            beats=(0, 1, 2, 3, 4, 5, 6),
            rows={
                "": ("rst", "o__valid", "o__ready"),
                "o__payload": (*_lanes("o__payload:mantissa lane", 30), "o__payload:code"),
            },
            title="The stream: a beat stays until valid and ready are both high",
        ),
        Scene(
            system="replay",
            preset="paper-pool",
            cycles=17,
            story=replay_story(pool.system.count_bits),
            valid="o__valid",
            ready="o__ready",
            beats=(0, 1, 2, 0, 1, 2),
            rows={
                "": ("rst",),
                "command": ("command__valid", "command__ready", "replay", "busy"),
                "o": ("o__valid", "o__ready", "o__payload:last"),
                "payload": _lanes("o__payload:mantissa lane", 7),
            },
            title="Replay: three new beats, then the same three again",
        ),
        Scene(
            system="axi",
            preset="paper-pool",
            cycles=16,
            story=axi_story,
            valid="m_axis_tvalid",
            ready="m_axis_tready",
            beats=(0, 1, 2),
            rows={
                "": ("aresetn",),
                "s_axi": (
                    *("s_axi_awvalid", "s_axi_awready", "s_axi_awaddr"),
                    *("s_axi_wvalid", "s_axi_wready", "s_axi_wdata", "s_axi_bvalid"),
                ),
                "m_axis": ("m_axis_tvalid", "m_axis_tready", "m_axis_tuser", "m_axis_tlast"),
                "tdata": _lanes("m_axis_tdata:mantissa lane", 7),
            },
            title="AXI: BEATS and COMMAND are written, and a frame of three beats comes",
        ),
    ]


def _lanes(stem: str, last: int) -> tuple[str, ...]:
    return tuple(f"{stem} {lane}" for lane in (0, 1, last))
