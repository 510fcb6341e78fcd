"""The hardware of the on-the-fly generator."""
