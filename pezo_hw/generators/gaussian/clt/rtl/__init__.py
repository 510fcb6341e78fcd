"""The hardware of the sums."""
