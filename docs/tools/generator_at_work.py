"""``make diagrams``: the generator at work, drawn from the golden model of `paper-roberta`.

Each frame is a cycle: the states of the bank, the scale factor that RNG 0's state is looked up as,
and the numbers that come out. The picture moves where that is wanted, and else shows the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from pezo_hw import load
from pezo_hw.generators.on_the_fly.model import OnTheFlyStream
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.tools.files import write_files

ROOT = Path(__file__).parents[2]
IMAGE = "docs/images/at-work.svg"
PRESET, CYCLES, SECONDS = "paper-roberta", 6, 1.5
# Positions that are shown, from the first on, then a gap and the last.
SHOWN = 7
# Of the time that a frame is there; rounded down, or two would be at once.
_SHARE = 100_000 // CYCLES / 1000
_STYLE = f"""\
:root{{--card:#fff;--ink:#1b2a41;--dim:#57606a;--line:#8c959f;--box:#f6f8fa;--off:#d0d7de;--l:42%}}
@media (prefers-color-scheme:dark){{:root{{--card:#0d1117;--ink:#e6edf3;--dim:#9198a1;\
--line:#7d8590;--box:#161b22;--off:#30363d;--l:62%}}}}
text{{font:12px system-ui,Helvetica,Arial,sans-serif;fill:var(--ink)}}
.h{{font-size:14px;font-weight:600}}.d{{fill:var(--dim)}}.m{{text-anchor:middle}}.e{{text-anchor:end}}.s{{font-size:9px}}
.n{{font-variant-numeric:tabular-nums}}
.box{{fill:var(--box);stroke:var(--line)}}.o{{fill:var(--off)}}
.a{{fill:none;stroke:var(--line);stroke-width:1.5}}.p{{fill:var(--line)}}
.f{{visibility:hidden;animation:turn {CYCLES * SECONDS:g}s step-end infinite}}
.f0{{visibility:visible}}
@keyframes turn{{0%{{visibility:visible}}{_SHARE}%{{visibility:hidden}}}}
@media (prefers-reduced-motion:reduce){{.f{{animation:none}}}}"""
_WIDTH, _HEIGHT, _LEFT, _STEP, _BOX = 756, 446, 18, 81, 72
_BANK, _SCALE, _LANES, _UNIT = 52, 186, 358, 26
_BIT = 7


class Picture:
    """The golden numbers of some cycles, and how they are drawn."""

    def __init__(self) -> None:
        config = load(PRESET)
        self._parameters = cast(OnTheFlyParameters, config.parameters)
        self._stream = cast(OnTheFlyStream, config.stream())
        self._window = self._stream.window(0, CYCLES)
        rngs = self._parameters.rngs
        self._positions = [*range(SHOWN), None, rngs - 1]

    def svg(self) -> str:
        """All of it."""
        frames = [
            f'<g class="f f{t}" style="animation-delay:{(t - CYCLES) * SECONDS if t else 0:g}s">\n'
            + "\n".join(self._frame(t))
            + "\n</g>"
            for t in range(CYCLES)
        ]
        return "\n".join([*self._head(), *self._still(), *frames, "</svg>"]) + "\n"

    def _head(self) -> Iterator[str]:
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
            f'width="{_WIDTH}" height="{_HEIGHT}" role="img">'
        )
        yield f"<title>The generator at work: the first cycles of {PRESET}</title>"
        yield f"<style>{_STYLE}</style>"
        yield (
            '<defs><marker id="m" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
            'markerHeight="7" orient="auto"><path class="p" d="M0,0 L10,5 L0,10 z"/></marker>'
            "</defs>"
        )
        yield f'<rect width="{_WIDTH}" height="{_HEIGHT}" rx="6" style="fill:var(--card)"/>'

    def _heading(self, y: int, title: str, about: str) -> str:
        words = f'<tspan class="h">{title}</tspan> <tspan class="d">{about}</tspan>'
        return f'<text x="{_LEFT}" y="{y}">{words}</text>'

    def _still(self) -> Iterator[str]:
        """What is the same in every cycle."""
        p = self._parameters
        about = f"{p.rngs} LFSRs of {p.width} bits, each one step on in every cycle"
        yield self._heading(26, "Bank", about)
        yield from self._ring()
        about = "a power of two, looked up by the state of RNG 0"
        yield self._heading(_SCALE, "Scale factor", about)
        for x, width in ((_LEFT, 150), (258, 130), (478, 170)):
            yield _box(x, _SCALE + 12, width, 40)
        for x, end in ((_LEFT + 150, 258), (388, 478)):
            yield _arrow(f"M{x},{_SCALE + 32} H{end}")
        about = "one a lane: the state, read as a signed number, times the scale"
        yield self._heading(_SCALE + 84, "Numbers", about)
        yield f'<path class="a" style="stroke-width:1" d="M{_LEFT},{_LANES} H{_WIDTH - _LEFT}"/>'
        for column, position in enumerate(self._positions):
            if position is not None:
                yield _centred(column, _HEIGHT - 12, f"lane {position}", "d")

    def _ring(self) -> Iterator[str]:
        below = _BANK + 70
        for column, position in enumerate(self._positions):
            x = _LEFT + column * _STEP
            if position is None:
                yield _centred(column, _BANK + 38, "…", "h")
            else:
                yield _box(x, _BANK - 10, _BOX, 66)
            if column:
                yield _arrow(f"M{x},{_BANK + 26} H{x - _STEP + _BOX + 1}")
        first, last = _middle(0), _middle(len(self._positions) - 1)
        yield _arrow(f"M{first:g},{_BANK + 56} V{below + 6} H{last:g} V{_BANK + 57}")
        words = "circular shift: wiring only, every state moves on by a position"
        yield f'<text class="m d" x="{_WIDTH / 2:g}" y="{below + 24}">{words}</text>'

    def _frame(self, t: int) -> Iterator[str]:
        yield f'<text class="h n e" x="{_WIDTH - _LEFT}" y="26">cycle {t}</text>'
        states = self._stream.states(t, 1)[0].tolist()
        for column, position in enumerate(self._positions):
            if position is not None:
                rng = (position + t) % self._parameters.rngs
                yield from self._register(column, rng, states[position])
                yield from self._number(column, rng, t, position)
        yield from self._scale(t, states[-t % self._parameters.rngs])

    def _register(self, column: int, rng: int, state: int) -> Iterator[str]:
        yield _centred(column, _BANK + 8, f"RNG {rng}")
        yield from self._bits(_middle(column), _BANK + 16, rng, state)
        yield _centred(column, _BANK + 46, str(state))

    def _bits(self, middle: float, y: int, rng: int, state: int) -> Iterator[str]:
        """The bits of a state, the highest first; those that are set have the LFSR's colour."""
        width = self._parameters.width
        left = middle - width * (_BIT + 1) / 2
        for place, bit in enumerate(f"{state:0{width}b}"):
            colour = f' style="fill:{_colour(rng)}"' if bit == "1" else ' class="o"'
            x = left + place * (_BIT + 1)
            yield f'<rect{colour} x="{x:g}" y="{y}" width="{_BIT}" height="{_BIT + 5}"/>'

    def _scale(self, t: int, state: int) -> Iterator[str]:
        y, code = _SCALE + 36, int(self._window.code[t])
        yield f'<text x="{_LEFT + 10}" y="{y}">RNG 0</text>'
        yield from self._bits(_LEFT + 90, y - 10, 0, state)
        yield f'<text class="n" x="268" y="{y}">table[{state}] = {code}</text>'
        exponent = self._parameters.scale_table.base + code
        power = f'2<tspan class="s" dy="-5">{exponent}</tspan>'
        of_power = f'<tspan dy="5"> = {2.0**exponent:g}</tspan>'
        yield f'<text class="n" x="488" y="{y}">every number × {power}{of_power}</text>'
        yield self._example(t, 2.0**exponent)

    def _example(self, t: int, scale: float) -> str:
        """How lane 0 comes about."""
        state = int(self._stream.states(t, 1)[0, 0])
        integer, one = int(self._window.mantissa[t, 0]), 1 << self._parameters.state_format.frac
        value = f"{float(self._window.value[t, 0]):.2f}"
        words = f"{state} is {integer}; {integer} / {one} × {scale:g} = {value}".replace("-", "−")
        return f'<text class="d n e" x="{_WIDTH - _LEFT}" y="{_SCALE + 84}">{words}</text>'

    def _number(self, column: int, rng: int, t: int, position: int) -> Iterator[str]:
        value = float(self._window.value[t, position])
        height = abs(value) * _UNIT
        y = _LANES - height if value > 0 else _LANES
        x, fill = _middle(column) - 13, f'style="fill:{_colour(rng)}"'
        yield f'<rect {fill} x="{x:g}" y="{y:.1f}" width="26" height="{height:.1f}"/>'
        said = f"{value:.2f}".replace("-", "−")
        yield _centred(column, _LANES + 14 if value > 0 else _LANES - 5, said)


def _centred(column: int, y: int, text: str, kind: str = "n") -> str:
    return f'<text class="m {kind}" x="{_middle(column):g}" y="{y}">{text}</text>'


def _box(x: int, y: int, width: int, height: int) -> str:
    return f'<rect class="box" x="{x}" y="{y}" width="{width}" height="{height}" rx="4"/>'


def _arrow(path: str) -> str:
    return f'<path class="a" d="{path}" marker-end="url(#m)"/>'


def _middle(column: int) -> float:
    return _LEFT + column * _STEP + _BOX / 2


def _colour(rng: int) -> str:
    """Neighbours have hues far apart."""
    return f"hsl({rng * 137 % 360} 65% var(--l))"


def derived_files() -> dict[str, str]:
    """The text by its place in the checkout."""
    return {IMAGE: Picture().svg()}


if __name__ == "__main__":
    write_files(ROOT, derived_files())
