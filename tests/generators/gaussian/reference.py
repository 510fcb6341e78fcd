"""An independent reading of the Gaussian generators' definition, for the tests to compare with.

Written from the definition alone, bit-serially and with plain Python numbers: registers are lists
of bits, cycles are stepped from the start.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

TAPS = {7: (7, 6), 8: (8, 6, 5, 4), 9: (9, 5), 10: (10, 7), 89: (89, 38), 127: (127, 63)}
# Bit 7 first.
WIDTHS = (8, 9, 10, 7, 8, 9, 7, 10)
# T by the bits before, the sign being 0; None is the inverted lowest bit of the register.
TREE: dict[int, list[int | None]] = {
    7: [128],
    6: [23],
    5: [59, 292],
    4: [19, 29, 41, 56],
    3: [72, 79, 86, 93, 101, 108, 116, 124],
    2: [195, 199, 203, 207, 211, 214, 218, 222, 226, 230, 234, 238, 242, 246, 250, 254],
    1: [56, 57, 57, 58, 58, 59, 59, 60, 60, 61, 61, 62, 62, 63, 63, None],
    0: [481, 486, 486, 494, 494, 502, 507, None],
}
# How many bits choose a node, the sign among them.
PREFIX = {6: 1, 5: 2, 4: 3, 3: 4, 2: 5, 1: 5, 0: 4}


def step(bits: list[int]) -> list[int]:
    """Bit 0 first; the feedback of the taps is inverted and comes in at bit 0."""
    feedback = 1
    for tap in TAPS[len(bits)]:
        feedback ^= bits[tap - 1]
    return [feedback, *bits[:-1]]


def bits_of(number: int, width: int) -> list[int]:
    return [(number >> place) & 1 for place in range(width)]


def number_of(bits: list[int]) -> int:
    return sum(bit << place for place, bit in enumerate(bits))


def tree_code(words: list[int]) -> int:
    """The offset-binary code, 0 to 255, of the random words of bits 7 to 0."""
    word = dict(zip(range(7, -1, -1), words, strict=True))
    code = "1" if word[7] >= 128 else "0"
    for place in range(6, -1, -1):
        prefix, nodes = code[: PREFIX[place]], TREE[place]
        low = int(prefix[1:] or "0", 2)
        negated = prefix[0] == "1"
        threshold = nodes[len(nodes) - 1 - low if negated else low]
        bit = 1 - (word[place] & 1) if threshold is None else int(word[place] >= threshold)
        code += str(bit ^ negated)
    return int(code, 2)


def tree_lanes(starts: list[list[int]]) -> Iterator[list[int]]:
    """The mantissas of cycle 0, 1, 2, ... of lanes with these start states."""
    lanes = [[bits_of(s, w) for s, w in zip(own, WIDTHS, strict=True)] for own in starts]
    while True:
        samples = [tree_code([number_of(bits) for bits in lane]) - 128 for lane in lanes]
        yield [2 * s + 1 for s in samples]
        lanes = [[step(bits) for bits in lane] for lane in lanes]


def tree_starts(seed: int, lanes: int) -> list[list[int]]:
    generator = np.random.PCG64(seed)
    return [
        [int(generator.random_raw()) % (2**width - 1) for width in WIDTHS] for _ in range(lanes)
    ]


def hadamard_groups(starts: list[int], magnitudes: list[int]) -> Iterator[list[int]]:
    """The mantissas of cycle 0, 1, 2, ... of groups of 16 with these start states."""
    for registers in long_registers(starts, 127, 112):
        shown: list[int] = []
        for bits in registers:
            words = [number_of(bits[7 * i : 7 * i + 7]) for i in range(16)]
            halves = [(2 * magnitudes[w % 64] + 1) * (-1) ** (w // 64) for w in words]
            for k in range(16):
                total = sum(h * (-1) ** bin(i & k).count("1") for i, h in enumerate(halves))
                assert total % 2 == 0
                shown.append(total // 2)
        yield shown


def long_starts(seed: int, registers: int, width: int) -> list[int]:
    generator = np.random.PCG64(seed)
    pairs = [(int(generator.random_raw()), int(generator.random_raw())) for _ in range(registers)]
    return [(low + 2**64 * high) % (2**width - 1) for low, high in pairs]


def long_registers(starts: list[int], width: int, leap: int) -> Iterator[list[list[int]]]:
    """The bits of registers in cycle 0, 1, 2, ..., each bit 0 first."""
    registers = [bits_of(start, width) for start in starts]
    while True:
        yield registers
        for _ in range(leap):
            registers = [step(bits) for bits in registers]


def clt_lanes(starts: list[int]) -> Iterator[list[int]]:
    """The mantissas of cycle 0, 1, 2, ... of lanes with these start states."""
    for registers in long_registers(starts, 127, 96):
        yield [
            sum((-1) ** i * number_of(bits[8 * i : 8 * i + 8]) for i in range(12))
            for bits in registers
        ]


def piecewise_lanes(
    starts: list[int], thresholds: list[int], alternates: list[int]
) -> Iterator[list[int]]:
    """The mantissas of cycle 0, 1, 2, ... of lanes with these start states."""
    for registers in long_registers(starts, 89, 72):
        shown: list[int] = []
        for bits in registers:
            w = [number_of(bits[8 * i : 8 * i + 8]) for i in range(4)]
            column = number_of(bits[64:69])
            is_own = number_of(bits[32:64]) < thresholds[column]
            place = column if is_own else alternates[column]
            shown.append((w[3] - w[2]) - (w[1] - w[0]) + (-256 if bits[69] else 256) * place)
        yield shown


def box_muller_pair(
    bits: list[int],
    logs: list[tuple[int, int, int]],
    octaves: list[int],
    roots: list[tuple[int, int]],
    cosines: list[tuple[int, int]],
) -> list[int]:
    """Both mantissas of 64 random bits, bit 0 first."""
    digits = format(2 * number_of(bits[:48]) + 1, "049b")
    zeros = digits.index("1")
    below = (digits[zeros + 1 :] + "0" * 49)[:24]
    i, t = int(below[:8], 2), int(below[8:], 2)
    c0, c1, c2 = logs[i]
    square = (octaves[zeros] + c0 - ((c1 - (c2 * t // 2**16)) * t // 2**16)) // 16
    pairs = 0
    while pairs < 15 and square * 4 ** (pairs + 1) < 2**32:
        pairs += 1
    normal = square * 4**pairs
    d0, d1 = roots[normal // 2**25]
    length = 8 * (d0 + d1 * (normal // 2**9 % 2**16) // 2**16) // 2**pairs
    angle = number_of(bits[48:62])
    shown = []
    for a, sign in ((angle, bits[62]), (2**14 - 1 - angle, bits[63])):
        c0, c1 = cosines[a // 128]
        cosine = (c0 - c1 * (2 * (a % 128) + 1) // 256) // 16
        magnitude = (length * cosine + 2**22) // 2**23
        shown.append(-magnitude if sign else magnitude)
    return shown
