"""Designs around the generators, to read, run and copy."""
