"""The registers of the AXI system: one description, from which everything else is made."""

from .register import Field, Meaning, Register
from .register_map import DESCRIPTION, WORD_BYTES, RegisterMap, compile_description, register_map

__all__ = [
    "DESCRIPTION",
    "WORD_BYTES",
    "Field",
    "Meaning",
    "Register",
    "RegisterMap",
    "compile_description",
    "register_map",
]
