"""Cores on a disk: found again, and held against the configurations that they should be of."""

from .cores import WrittenCore, without_manifest, written_cores

__all__ = ["WrittenCore", "without_manifest", "written_cores"]
