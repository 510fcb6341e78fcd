"""How often a core's nets will switch, worked out from its parts in place of being simulated."""

from __future__ import annotations

from ..generators.generator import Generator
from ..synth.estimate import estimated


def estimated_toggles(generator: Generator) -> float | None:
    """Transitions a cycle of a core's nets in the device, as `Toggles.total` counts them.

    What holds or sums bits of a maximal LFSR changes in 2^(b - 1) of 2^b - 1 cycles, whatever it is
    used for, and what stands behind a table changes as its words do. Over a whole joint orbit that
    is what a simulation of the netlist counts, to the last transition; a window of 4096 cycles of a
    longer one is a few thousandths off.

    Returns
    -------
    float or None
        None where the core's look-up tables are not known without mapping it, or where they are
        other functions, such as adders: only a simulation says how often these switch.

    Examples
    --------
    >>> import pezo_hw
    >>> from pezo_hw.power.estimate import estimated_toggles
    >>> round(estimated_toggles(pezo_hw.load("paper-roberta").generator), 1)
    144.6
    >>> estimated_toggles(pezo_hw.load("mezo").generator) is None
    True
    """
    parts = generator.inventory()
    if parts is None or estimated(generator) is None:
        return None
    return parts.toggles
