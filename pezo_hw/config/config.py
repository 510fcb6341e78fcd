"""A loaded configuration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from ..errors import ConfigError, PezoError
from ..generators.facts import Chart
from ..generators.generator import Generator, GeneratorParameters
from ..generators.replay.options import SystemOptions
from ..notebook import bars, card
from ..numbers.fast_stream import FastStream
from ..numbers.stream import Stream

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


@dataclass(frozen=True, kw_only=True)
class Config:
    """A configuration with the name that its files and reports go by.

    Attributes
    ----------
    name : str
        The preset's name, or the config file's name without its ending.
    generator : Generator
        What the strategy's sections say.
    system : SystemOptions
        What the systems around the generator have beyond it.

    Examples
    --------
    >>> import pezo_hw
    >>> config = pezo_hw.load("paper-roberta")
    >>> config.stream().window(10**12, 2).mantissa.shape
    (2, 31)
    >>> config.resolved()["on-the-fly"]["rngs"]
    31
    """

    name: str
    generator: Generator
    system: SystemOptions = field(default_factory=SystemOptions)

    @property
    def parameters(self) -> GeneratorParameters:
        """The generator's parameters, as data."""
        return self.generator.parameters

    def stream(self) -> Stream:
        """The golden model of the stream."""
        return self.generator.stream()

    def fast_stream(self) -> FastStream:
        """The same stream, bit for bit, at the speed of copying memory."""
        return self.generator.fast_stream()

    def create(self) -> Component:
        """The core in Amaranth; raises PezoError as `require_hardware` does."""
        self.require_hardware()
        return self.generator.create()

    def require_hardware(self) -> None:
        """Checks that hardware can be made of it.

        Raises
        ------
        PezoError
            Naming the configuration, and the key that has hardware only with another value.
        """
        try:
            self.generator.require_hardware()
        except ConfigError as error:
            raise PezoError(f"{self.name}: {error}") from None

    def resolved(self) -> dict[str, dict[str, object]]:
        """The sections of the config file with every default filled in."""
        return {
            "perturbation": {
                "strategy": self.generator.strategy,
                "start": self.generator.start,
            },
            **self.generator.resolved(),
            "system": asdict(self.system),
        }

    def described(self, tensors: Sequence[int] = ()) -> dict[str, str]:
        """What it is, in words and numbers, by what is described.

        Parameters
        ----------
        tensors : sequence of int
            Numbers of each tensor of a model, of which the different perturbations are counted.
        """
        p = self.parameters
        perturbations = f"at most {self.generator.starts:,} different ones of a length"
        if tensors:
            different = self.generator.different(tensors)
            perturbations += f"; {different:,} of {sum(tensors):,} numbers"
        return {
            "numbers a cycle": f"{p.lanes} lanes",
            "joint orbit": f"{p.joint_orbit:,} cycles, {p.joint_orbit * p.lanes:,} numbers",
            "perturbations": perturbations,
            "mantissa": str(p.fixed_point),
            "latency": f"{p.latency} enabled clock edges from reset to the first beat",
            **self.generator.facts().described,
        }

    def _repr_html_(self) -> str:
        charts = self.generator.facts().charts
        title = f"{self.name}: {self.generator.strategy}"
        return card(title, self.described().items(), "".join(map(_bars, charts)))


def _bars(chart: Chart) -> str:
    names = [" ".join(cells[:1]) for cells, _ in chart.rows]
    return bars(names, [share for _, share in chart.rows], f"{chart.title}: {chart.headings[0]}")
