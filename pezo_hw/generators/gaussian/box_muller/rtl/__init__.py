"""The hardware of the Box-Muller transform."""
