"""What the AXI system needs to know of a generator, beyond replay."""

from __future__ import annotations

from dataclasses import dataclass

from ... import checks
from ...errors import ConfigError
from ...generators.on_the_fly.parameters import OnTheFlyParameters
from ...generators.pre_generated.parameters import PreGeneratedParameters
from ...numbers.beat_layout import BeatLayout
from ...numbers.buses import check_beat_buses
from ..replay.parameters import ReplayParameters

ADDRESS_BITS = 12
DATA_BITS = 32
_SLOT_BYTES = (1, 2, 4)
_MOST_MODULI = 4


@dataclass(frozen=True, kw_only=True)
class AXIParameters:
    """Perturbations on command behind AXI4-Lite registers and an AXI4-Stream.

    Parameters
    ----------
    replay : ReplayParameters
        The generator and its options.

    Raises
    ------
    ConfigError
        Where a constant of the generator does not fit the register that shows it.
    """

    replay: ReplayParameters

    def __post_init__(self) -> None:
        generator = self.replay.generator
        if isinstance(generator, OnTheFlyParameters):
            checks.integer("on-the-fly.steps_per_cycle", generator.steps_per_cycle, 1, 0xFFFFFFFF)
        for what, value in (("base", self._base), ("frac", generator.fixed_point.frac)):
            if not -0x80 <= value <= 0x7F:
                allowed = f"a gain for which {what}, here {value}, fits a byte of --system axi"
                raise ConfigError("scaling.gain", self._gain, allowed)
        slot = 8 * self.slot_bytes
        more = slot if self.layout.code_bits else 0
        check_beat_buses(generator, lane_bits=slot, more_bits=more)
        if self.replay.options.loads and len(self._moduli) > _MOST_MODULI:
            allowed = f'"none": this pool\'s rows have an address of {len(self._moduli)} counters'
            raise ConfigError("system.load", self.replay.options.load, allowed)

    @property
    def _moduli(self) -> tuple[int, ...]:
        """The counters of a row's address; none where the address is the row."""
        generator = self.replay.generator
        if isinstance(generator, OnTheFlyParameters):
            return ()
        moduli = generator.address_sequence.moduli
        return moduli if len(moduli) > 1 else ()

    @property
    def layout(self) -> BeatLayout:
        """How a beat lies in the engine's word."""
        return BeatLayout.of(self.replay.generator)

    @property
    def slot_bytes(self) -> int:
        """Bytes of a mantissa on m_axis: 1, 2 or 4, the fewest that hold it."""
        return next(size for size in _SLOT_BYTES if self.layout.lane_bits <= 8 * size)

    @property
    def stream_bits(self) -> int:
        """Bits of m_axis_tdata: a slot for each mantissa, and one for the code if there is one."""
        return 8 * self.slot_bytes * (self.layout.lanes + bool(self.layout.code_bits))

    @property
    def constants(self) -> dict[str, int]:
        """The fields of the registers that never change, as ``REGISTER.field``.

        Among them the fields of options that this system does not have: they are 0.
        """
        generator = self.replay.generator
        particular = (
            self._of_on_the_fly(generator)
            if isinstance(generator, OnTheFlyParameters)
            else self._of_pool(generator)
        )
        return self._of_both | particular | self._absent

    @property
    def _base(self) -> int:
        generator = self.replay.generator
        if isinstance(generator, OnTheFlyParameters) and generator.code_bits:
            return generator.scale_table.base
        return 0

    @property
    def _gain(self) -> float:
        generator = self.replay.generator
        return generator.scaling.gain if isinstance(generator, OnTheFlyParameters) else 1.0

    @property
    def _of_both(self) -> dict[str, int]:
        options, generator = self.replay.options, self.replay.generator
        return {
            "CAPABILITIES.load_phase": int(options.loads),
            "CAPABILITIES.load_contents": int(options.loads_contents),
            "CAPABILITIES.health": int(options.checks_health),
            "CAPABILITIES.reload": int(options.reloads),
            "CAPABILITIES.count_bits": options.count_bits,
            "BEAT.lanes": self.layout.lanes,
            "BEAT.slot_bytes": self.slot_bytes,
            "NUMBER.mantissa_bits": self.layout.lane_bits,
            "NUMBER.frac": generator.fixed_point.frac,
            "NUMBER.code_bits": self.layout.code_bits,
            "NUMBER.base": self._base,
            "GENERATOR.width": generator.width,
        }

    def _of_on_the_fly(self, generator: OnTheFlyParameters) -> dict[str, int]:
        return {
            "CAPABILITIES.pre_generated": 0,
            "CAPABILITIES.midrise": int(generator.format == "midrise"),
            "CAPABILITIES.fixed_point": int(generator.scaling.is_shifted),
            "GENERATOR.count": generator.rngs,
            "TAPS.mask": sum(1 << tap - 1 for tap in generator.lfsr.taps or ()),
            "STEPS.steps": generator.steps_per_cycle,
            "WINDOW.words": self.replay.lead,
            "WINDOW.tracker_bits": generator.entry_bits,
        } | {f"MODULI.modulus_{index}": 0 for index in range(_MOST_MODULI)}

    def _of_pool(self, generator: PreGeneratedParameters) -> dict[str, int]:
        padded = [*self._moduli, *[0] * _MOST_MODULI][:_MOST_MODULI]
        return {
            "CAPABILITIES.pre_generated": 1,
            "CAPABILITIES.midrise": 0,
            "CAPABILITIES.fixed_point": 0,
            "GENERATOR.count": generator.rows,
            "TAPS.mask": 0,
            "STEPS.steps": 0,
            "WINDOW.words": 1,
            "WINDOW.tracker_bits": 0,
        } | {f"MODULI.modulus_{index}": modulus for index, modulus in enumerate(padded)}

    @property
    def _absent(self) -> dict[str, int]:
        options = self.replay.options
        fields = {
            ("STATUS.load_busy", options.loads),
            ("STATUS.load_needed", options.loads),
            ("STATUS.load_ready", options.loads),
            ("INTERRUPT_STATUS.load_done", options.loads),
            ("INTERRUPT_STATUS.load_refused", options.loads),
            ("INTERRUPT_STATUS.fault", options.checks_health),
            ("INTERRUPT_STATUS.reloaded", options.reloads),
            ("HEALTH.reload", options.reloads),
            ("HEALTH.faults", options.checks_health),
        }
        return {name: 0 for name, present in sorted(fields) if not present}
