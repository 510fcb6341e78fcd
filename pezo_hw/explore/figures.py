"""The figures of a point of a space: what each is called, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

COST: Mapping[str, str] = MappingProxyType(
    {
        "lut": "look-up tables (xcup)",
        "lut_sites": "LUT sites, two small LUTs sharing one (xcup)",
        "ff": "flip-flops",
        "bram": "block RAMs (RAMB36)",
    }
)
PER_NUMBER: Mapping[str, str] = MappingProxyType(
    {
        "lanes": "numbers a cycle",
        "sites_a_number": "LUT sites for each number of a cycle",
        "toggles": "bits of a number that change from one cycle to the next",
    }
)
QUALITY: Mapping[str, str] = MappingProxyType(
    {
        "isotropy": "participation ratio / d: 1 for independent numbers",
        "participation": "participation ratio of E[uuᵀ]: in how many directions u goes",
        "kurtosis": "kurtosis of a number; a Gaussian one has 3",
        "cycle_cv": "coefficient of variation of a cycle's norm",
        "norm_cv": "coefficient of variation of the norm of u",
        "lane_correlation": "strongest correlation in a cycle",
        "lag_correlation": "strongest correlation with a later cycle",
        "cosine_rms": "root mean square cosine with the next perturbation",
        "starts": "different perturbations",
        "entropy_bytes": "bytes of entropy a step",
    }
)
ENERGY: Mapping[str, str] = MappingProxyType(
    {
        "net_toggles": "transitions a cycle of the core's nets, for energy",
        "net_toggles_a_number": "the same for each number of a cycle",
    }
)
TRAINING: Mapping[str, str] = MappingProxyType(
    {
        "accuracy": "share of digits that a small model tells after a short training",
        "accuracy_error": "standard error of the accuracy, from run to run",
        "loss": "cross-entropy after that training",
    }
)
FIGURES: Mapping[str, str] = MappingProxyType(
    {**COST, **PER_NUMBER, **ENERGY, **QUALITY, **TRAINING}
)
"""Every figure by its name, in the order of the columns of a table."""

ORIGINS: Mapping[str, str] = MappingProxyType(
    {
        "cost_from": "how its cost is known: estimate or synthesis",
        "toggles_from": "how the toggles of its nets are known: estimate or netlist",
        "samples": "of how many perturbations, drawn at random; nothing where of all of them",
    }
)
