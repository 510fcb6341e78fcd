"""One folder a system around a generator."""
