"""What a design does: how often it switches, and in which directions its perturbations go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from inspect import getsource
from typing import Any

from ..config import Config
from ..power import Request, activity, copies, gates, measure, toggles
from ..quality import exact, orbit_numbers, quality_of, sampled, samples, spectrum
from ..synth.cache import NO_CACHE, Cache, key_of

LENGTH = 992
"""d, the numbers of a perturbation."""

_SEEN = 256
# What decides the figures beside the core itself: another way of measuring may give other ones.
_SWITCHING = (activity, copies, gates, toggles)
_DIRECTIONS = (exact, orbit_numbers, sampled, samples, spectrum)


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """Figures of a design that are not counts.

    Attributes
    ----------
    toggles : float
        A cycle, of the mapped netlist (`pezo_hw.power`).
    different : int
        Numbers of a cycle that are not another one of the same cycle again.
    participation : float
        In how many directions perturbations of `LENGTH` numbers go (`pezo_hw.quality`).
    participation_error : float or None
        Its standard error, where it is of a sample; else it is exact.
    smallest_eigenvalue : float
        Of E[u u^T], in units of the mean.
    smallest_independent : float
        The same of independent numbers, of as large a sample where it is of one; else 1.
    """

    toggles: float
    different: int
    participation: float
    participation_error: float | None
    smallest_eigenvalue: float
    smallest_independent: float

    @staticmethod
    def of(plain: Any) -> Behaviour:
        """From plain data, as `dataclasses.asdict` gives it.

        Raises
        ------
        TypeError
            Where it is not that.
        """
        if not isinstance(plain, Mapping) or set(plain) != {
            each.name for each in fields(Behaviour)
        }:
            raise TypeError("not the figures of a design")
        for name, number in plain.items():
            missing = number is None and name == "participation_error"
            if not missing and (isinstance(number, bool) or not isinstance(number, (int, float))):
                raise TypeError(f"{name} is no number")
        return Behaviour(**plain)


def behaviour_key(config: Config, resources_key: str) -> str:
    """A key from all that decides the figures.

    Parameters
    ----------
    config : Config
        The design.
    resources_key : str
        What `pezo_hw.synth.record.resources_key` gives for its core.
    """
    switching = tuple(map(getsource, _SWITCHING))
    return key_of("behaviour", _SEEN, resources_key, *switching, _directions_key(config))


def measured_behaviour(config: Config, key: str, *, cache: Cache = NO_CACHE) -> Behaviour:
    """The figures of a design, measured where the cache does not hold them under their key."""
    try:
        return Behaviour.of(cache.get(key))
    except TypeError:
        found = _measure(config, cache)
        cache.put(key, asdict(found))
        return found


def different_numbers(config: Config) -> int:
    """How many lanes show something else than every lane before them, over a few hundred cycles."""
    values = config.stream().values(0, _SEEN)
    return len({values[:, lane].tobytes() for lane in range(values.shape[1])})


def _directions_key(config: Config) -> str:
    resolved = config.generator.resolved()
    return key_of("directions", LENGTH, resolved, *map(getsource, _DIRECTIONS))


def _measure(config: Config, cache: Cache) -> Behaviour:
    (power,) = measure([config], Request(cache=cache))
    return Behaviour(
        toggles=power.toggles.total,
        different=different_numbers(config),
        **_directions(config, cache),
    )


def _directions(config: Config, cache: Cache) -> dict[str, Any]:
    """The figures of isotropy; kept apart, since they do not change with how a core is mapped."""
    key = _directions_key(config)
    found = cache.get(key)
    if not isinstance(found, dict):
        quality = quality_of(config, length=LENGTH)
        found = {
            "participation": quality.participation,
            "participation_error": quality.errors.get("participation"),
            "smallest_eigenvalue": quality.smallest_eigenvalue,
            "smallest_independent": quality.gaussian.smallest_eigenvalue,
        }
        cache.put(key, found)
    return found
