"""Perturbing weights in place, at the speed of copying memory."""
