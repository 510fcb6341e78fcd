"""Perturbations on command: the next one, or the same again."""
