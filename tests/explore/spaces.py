"""Small spaces that several tests share."""

from __future__ import annotations

SMALL = """
[[part]]
perturbation.strategy = "on-the-fly"
on-the-fly.rngs = 7
on-the-fly.width = [7, 8]
on-the-fly.steps_per_cycle = [1, 2, 3]
scaling.mode = ["adaptive", "constant"]
"""
