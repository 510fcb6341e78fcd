"""The hardware of the piecewise sums."""
