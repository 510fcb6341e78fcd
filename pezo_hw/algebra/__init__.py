"""Polynomials, matrices, taps, counters: the algebra under all of it."""
