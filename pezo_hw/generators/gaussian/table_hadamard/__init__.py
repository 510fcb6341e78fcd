"""Table-Hadamard: numbers from a small table, mixed by a Walsh-Hadamard transform."""

from .kind import TableHadamardKind

__all__ = ["TableHadamardKind"]
