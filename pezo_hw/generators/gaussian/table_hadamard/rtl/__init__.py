"""The hardware of the table-Hadamard generator."""
