"""What a perturber needs to know of the weights and of the beats."""

from __future__ import annotations

from dataclasses import dataclass

from pezo_hw import ConfigError
from pezo_hw.config import Config
from pezo_hw.systems.axi.parameters import AXIParameters

INT8, BFLOAT16 = "int8", "bfloat16"
_BITS = {INT8: 8, BFLOAT16: 16}
# How far e can be: z * 2^e has all its bits in a float32, and no overflow.
EXPONENT_BITS = 7
_WIDEST_MANTISSA = 16


@dataclass(frozen=True, kw_only=True)
class PerturberParameters:
    """Weights of a type, and beats of ``--system axi`` as they lie on ``m_axis_tdata``.

    Parameters
    ----------
    weight : str
        ``"int8"`` or ``"bfloat16"``.
    lanes : int
        Weights of a beat, and numbers.
    slot_bits, mantissa_bits, code_bits : int
        Bits of a number's slot, of the mantissa in it (at most 16), and of the code in one more
        slot above them (0: there is none).
    exponent : int
        A number is worth mantissa * 2^(exponent + code).

    Raises
    ------
    ConfigError
        For anything else.
    """

    weight: str
    lanes: int
    slot_bits: int
    mantissa_bits: int
    code_bits: int
    exponent: int

    def __post_init__(self) -> None:
        if self.weight not in _BITS:
            raise ConfigError("weight", self.weight, '"int8" or "bfloat16"')
        # A wider one could be rounded once too often on its way to 8 bits.
        if not 1 <= self.mantissa_bits <= _WIDEST_MANTISSA:
            raise ConfigError(
                "mantissa_bits", self.mantissa_bits, f"an integer from 1 to {_WIDEST_MANTISSA}"
            )

    @classmethod
    def of(cls, config: Config, weight: str) -> PerturberParameters:
        """Those of a configuration; its gain must be 1, since there is no multiplier."""
        gain = config.generator.facts().constants.get("GAIN", "1.0")
        if float(gain) != 1:
            raise ConfigError("scaling.gain", float(gain), "1, for weights without a multiplier")
        axi = AXIParameters.of(config)
        constants = axi.constants
        return cls(
            weight=weight,
            lanes=axi.layout.lanes,
            slot_bits=8 * axi.slot_bytes,
            mantissa_bits=axi.layout.lane_bits,
            code_bits=axi.layout.code_bits,
            exponent=constants["NUMBER.base"] - constants["NUMBER.frac"],
        )

    @property
    def weight_bits(self) -> int:
        """Bits of a weight."""
        return _BITS[self.weight]

    @property
    def beat_bits(self) -> int:
        """Bits of a beat of numbers."""
        return self.slot_bits * (self.lanes + (self.code_bits > 0))
