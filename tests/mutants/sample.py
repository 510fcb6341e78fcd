"""Which mutants are tried: a random choice that is the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from tests.mutants.mutant import Mutant, is_other_program, mutants_of


def sample(sources: Mapping[str, str], *, count: int, seed: int) -> list[Mutant]:
    """Mutants in turns, one of each file, then a second one of each, until there are enough.

    No line is broken twice. Mutants that are the same program as before, or none, do not count.

    Parameters
    ----------
    sources : mapping of str to str
        The text of each file by its path.
    count : int
        How many are wanted; there are fewer where the files have fewer lines to break.
    seed : int
        Another seed, another choice.
    """
    paths = sorted(sources)
    random.Random(seed).shuffle(paths)
    turns = [_in_random_order(path, sources[path], f"{seed} {path}") for path in paths]
    chosen: list[Mutant] = []
    while turns and len(chosen) < count:
        drawn = [(turn, next(turn, None)) for turn in turns]
        chosen += [mutant for _, mutant in drawn if mutant is not None]
        turns = [turn for turn, mutant in drawn if mutant is not None]
    return chosen[:count]


def _in_random_order(path: str, source: str, seed: str) -> Iterator[Mutant]:
    """One mutant of each line that can be broken."""
    chance = random.Random(seed)
    by_line: dict[int, list[Mutant]] = {}
    for mutant in mutants_of(path, source):
        by_line.setdefault(mutant.line, []).append(mutant)
    lines = sorted(by_line)
    chance.shuffle(lines)
    for line in lines:
        chance.shuffle(by_line[line])
        for mutant in by_line[line]:
            if is_other_program(source, mutant.apply(source)):
                yield mutant
                break
