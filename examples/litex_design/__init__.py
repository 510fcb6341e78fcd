"""Perturbations in a LiteX design."""
