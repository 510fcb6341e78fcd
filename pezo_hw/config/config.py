"""A loaded configuration."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from ..errors import ConfigError, PezoError
from ..generators.on_the_fly.parameters import OnTheFlyParameters
from ..generators.pre_generated.parameters import PreGeneratedParameters
from ..generators.replay.options import SystemOptions
from ..numbers.buses import check_core_buses
from ..systems.axi.parameters import AXIParameters
from ..systems.replay.parameters import ReplayParameters


@dataclass(frozen=True, kw_only=True)
class Config:
    """A configuration with the name that its files and reports go by.

    Attributes
    ----------
    name : str
        The preset's name, or the config file's name without its ending.
    parameters : OnTheFlyParameters or PreGeneratedParameters
        What the strategy's sections say; gives out the golden model and the hardware.
    values_file : str or None
        The file of the pool's numbers as the config names it, where there is one.
    system : SystemOptions
        What the systems around the generator have beyond it.
    """

    name: str
    parameters: OnTheFlyParameters | PreGeneratedParameters
    values_file: str | None = None
    system: SystemOptions = field(default_factory=SystemOptions)

    def require_hardware(self) -> None:
        """Checks that hardware can be made of it.

        Raises
        ------
        PezoError
            Naming the configuration, with ``leftover = "number"``, or lanes or RNGs that make a bus
            too wide.
        """
        try:
            if isinstance(self.parameters, PreGeneratedParameters):
                self.parameters.require_rows()
            check_core_buses(self.parameters)
        except ConfigError as error:
            raise PezoError(f"{self.name}: {error}") from None

    def replay(self) -> ReplayParameters:
        """The parameters of the systems that give perturbations on command.

        Raises
        ------
        ConfigError
            Where the generator cannot be part of one with these options.
        """
        return ReplayParameters(generator=self.parameters, options=self.system)

    def axi(self) -> AXIParameters:
        """The parameters of the system behind AXI4-Lite and AXI4-Stream.

        Raises
        ------
        ConfigError
            Where the generator cannot be part of one with these options.
        """
        return AXIParameters(replay=self.replay())

    def resolved(self) -> dict[str, dict[str, object]]:
        """The sections of the config file with every default filled in."""
        sections: dict[str, dict[str, object]] = {
            "perturbation": {"strategy": self.parameters.strategy}
        }
        if isinstance(self.parameters, OnTheFlyParameters):
            sections |= _on_the_fly_sections(self.parameters)
        else:
            sections["pre-generated"] = self._pre_generated_section(self.parameters)
        return sections | {"system": asdict(self.system)}

    def _pre_generated_section(self, parameters: PreGeneratedParameters) -> dict[str, object]:
        section: dict[str, object] = {
            "pool": parameters.pool,
            "width": parameters.width,
            "lanes": parameters.lanes,
            "leftover": parameters.leftover,
        }
        if parameters.values is None:
            section["seed"] = parameters.seed or 0
        else:
            section["values"] = self.values_file
        return section


def _on_the_fly_sections(parameters: OnTheFlyParameters) -> dict[str, dict[str, object]]:
    generator: dict[str, object] = {
        "rngs": parameters.rngs,
        "width": parameters.width,
        "taps": list(parameters.lfsr.taps or ()),
        "steps_per_cycle": parameters.steps_per_cycle,
        "seeds": list(parameters.bank.seeds),
        "rotate": parameters.rotate,
        "format": parameters.format,
        "tile": parameters.lanes,
    }
    scaling = parameters.scaling
    return {
        "on-the-fly": generator,
        "scaling": {
            "rounding": scaling.rounding,
            "gain": scaling.gain,
            "code_bits": scaling.code_bits,
            "output": scaling.output,
        },
    }
