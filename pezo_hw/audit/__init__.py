"""Cores on a disk: found again, and held against the configurations that they should be of."""

from .cores import CoreOnDisk, cores_on_disk, verilog_without_manifest

__all__ = ["CoreOnDisk", "cores_on_disk", "verilog_without_manifest"]
