"""What the AXI system needs to know of a generator, beyond replay."""

from __future__ import annotations

from dataclasses import dataclass

from ...config import Config
from ...numbers.beat_layout import BeatLayout
from ...numbers.fixed_point import FixedPoint
from ..replay.parameters import ReplayParameters

ADDRESS_BITS = 12
DATA_BITS = 32
UNUSED_BITS = 16
_SLOT_BYTES = (1, 2, 4)
# Constants that a generator gives through its plan, or else does not have.
_OF_SOME = (
    *("CAPABILITIES.midrise", "CAPABILITIES.fixed_point", "CAPABILITIES.constant"),
    *("CAPABILITIES.unused", "NUMBER.base"),
    *("GENERATOR.number_bits", "GENERATOR.depth", "TAPS.taps", "STEPS.steps"),
    *("WINDOW.words", "WINDOW.tracker_bits"),
    *(f"MODULI.modulus_{index}" for index in range(4)),
)


@dataclass(frozen=True, kw_only=True)
class AXIParameters:
    """Perturbations on command behind AXI4-Lite registers and an AXI4-Stream.

    Parameters
    ----------
    replay : ReplayParameters
        The generator and its options.
    fixed_point : FixedPoint
        What a mantissa means.
    family_code : int
        Which family of generators it is of, as the registers say it.

    Raises
    ------
    ConfigError
        Where a constant of the generator does not fit the register that shows it.
    """

    replay: ReplayParameters
    fixed_point: FixedPoint
    family_code: int

    def __post_init__(self) -> None:
        _ = self.constants

    @classmethod
    def of(cls, config: Config) -> AXIParameters:
        """Those of a configuration; raises ConfigError where its generator has no such system."""
        replay = ReplayParameters.of(config)
        return cls(
            replay=replay,
            fixed_point=config.parameters.fixed_point,
            family_code=config.generator.family_code,
        )

    @property
    def layout(self) -> BeatLayout:
        """How a beat lies in the engine's word."""
        return self.replay.layout

    @property
    def slot_bytes(self) -> int:
        """Bytes of a mantissa on m_axis: 1, 2 or 4, the fewest that hold it."""
        return next(size for size in _SLOT_BYTES if self.layout.lane_bits <= 8 * size)

    @property
    def filled_bits(self) -> int:
        """Bits of a slot for each mantissa, and one for the code if there is one."""
        return 8 * self.slot_bytes * (self.layout.lanes + bool(self.layout.code_bits))

    @property
    def stream_bits(self) -> int:
        """Bits of m_axis_tdata: those, or the next power of two from them on."""
        filled = self.filled_bits
        return 1 << (filled - 1).bit_length() if self._is_padded else filled

    @property
    def padding_bits(self) -> int:
        """Zeros on top of m_axis_tdata."""
        return self.stream_bits - self.filled_bits

    @property
    def _is_padded(self) -> bool:
        return self.replay.options.tdata == "power-of-two"

    @property
    def answers_errors(self) -> bool:
        """Whether SLVERR answers what cannot be, rather than OKAY."""
        return self.replay.options.errors == "slverr"

    @property
    def marks_first(self) -> bool:
        """Whether m_axis has ``tuser``."""
        return self.replay.options.tuser

    @property
    def constants(self) -> dict[str, int]:
        """The fields of the registers that never change, as ``REGISTER.field``.

        Among them the fields of options that this system does not have: they are 0.
        """
        return self._of_every_generator | self.replay.plan.register_fields() | self._absent

    @property
    def _of_every_generator(self) -> dict[str, int]:
        options = self.replay.options
        return dict.fromkeys(_OF_SOME, 0) | {
            "CAPABILITIES.family": self.family_code,
            "CAPABILITIES.load_phase": int(options.loads),
            "CAPABILITIES.load_contents": int(options.loads_contents),
            "CAPABILITIES.health": int(options.checks_health),
            "CAPABILITIES.reload": int(options.reloads),
            "CAPABILITIES.count_bits": options.count_bits,
            "BEAT.lanes": self.layout.lanes,
            "BEAT.slot_bytes": self.slot_bytes,
            "BEAT.padded": int(self.padding_bits > 0),
            "NUMBER.mantissa_bits": self.layout.lane_bits,
            "NUMBER.frac": self.fixed_point.frac,
            "NUMBER.code_bits": self.layout.code_bits,
        }

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
            ("UNUSED.unused", self.replay.unused_bits > 0),
        }
        return {name: 0 for name, present in sorted(fields) if not present}
