"""The hardware of the pool."""
