"""Banks of RNGs, as the driver knows them."""

from .bank import Bank
from .family import OnTheFlyFamily
from .scale_table import scale_table

__all__ = ["Bank", "OnTheFlyFamily", "scale_table"]
