"""The configurations of a space, and what its other combinations are."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..config import Config, parse
from ..errors import ConfigError, JointOrbitWarning, PezoError
from .axis import Value
from .space import Space, toml_of


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A configuration of a space.

    Attributes
    ----------
    index : int
        Its place among those of the space, from 0.
    name : str
        The space's name and the index.
    toml : str
        The config file that it is.
    values : mapping of str to value
        What it has for each key that the space gives values to, defaults filled in; none for a key
        of another strategy.
    """

    index: int
    name: str
    toml: str
    values: Mapping[str, Value]

    @property
    def config(self) -> Config:
        """The loaded configuration; a joint orbit below what one would expect is not warned of."""
        return _parsed(self.toml, self.name)


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """What the combinations of a space are.

    Attributes
    ----------
    found : list of Candidate
        Every different configuration, in the order of the space.
    refused : mapping of str to int
        How many are none, by the error of the first of each key.
    repeated : int
        How many are the same as one before, once defaults are filled in.
    """

    found: list[Candidate]
    refused: Mapping[str, int] = field(default_factory=dict)
    repeated: int = 0


def candidates_of(
    space: Space, *, on_combination: Callable[[], object] = lambda: None
) -> Candidates:
    """Every configuration of a space that hardware can be made of, once.

    Parameters
    ----------
    space : Space
        The space.
    on_combination : callable
        Called after each of its `Space.size` combinations.

    Raises
    ------
    PezoError
        Where none of the combinations is one, with the reason of the first.

    Examples
    --------
    >>> from pezo_hw.explore.candidates import candidates_of
    >>> from pezo_hw.explore.space import parse_space
    >>> space = parse_space('''
    ... [[part]]
    ... perturbation.strategy = "on-the-fly"
    ... on-the-fly.steps_per_cycle = [1, 2, 3]
    ... ''', name="mine")
    >>> listed = candidates_of(space)
    >>> [candidate.name for candidate in listed.found], list(listed.refused.values())
    (['mine-0', 'mine-1'], [1])
    """
    found: list[Candidate] = []
    seen: set[str] = set()
    refused: Counter[str] = Counter()
    reasons: dict[str, str] = {}
    for combination in space.combinations():
        text = toml_of(combination)
        name = f"{space.name}-{len(found)}"
        try:
            config = _parsed(text, name)
            config.generator.require_hardware()
        except PezoError as error:
            key = error.key if isinstance(error, ConfigError) else str(error)
            reasons.setdefault(key, str(error))
            refused[key] += 1
        else:
            resolved = config.resolved()
            content = json.dumps(resolved, sort_keys=True)
            if content not in seen:
                seen.add(content)
                values = _values(space, combination, resolved)
                found.append(Candidate(index=len(found), name=name, toml=text, values=values))
        on_combination()
    if not found:
        raise PezoError(
            f"none of {space.size:,} combinations is a configuration; the first is "
            f"not since {next(iter(reasons.values()), 'there is none')}"
        )
    repeated = space.size - len(found) - refused.total()
    named = {reasons[key]: number for key, number in refused.most_common()}
    return Candidates(found=found, refused=named, repeated=repeated)


def _parsed(text: str, name: str) -> Config:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JointOrbitWarning)
        return parse(text, name=name)


def _values(
    space: Space,
    combination: Mapping[str, Mapping[str, Value]],
    resolved: Mapping[str, Mapping[str, object]],
) -> dict[str, Value]:
    """What each key of the space is here: as resolved, since a default may follow another key."""
    found: dict[str, Value] = {}
    for name in space.keys:
        section, _, key = name.rpartition(".")
        said = combination.get(section, {}).get(key)
        value = resolved.get(section, {}).get(key, said)
        if value is not None:
            found[name] = value  # type: ignore[assignment]
    return found
