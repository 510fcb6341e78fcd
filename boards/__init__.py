"""Boards that the cores can be tried on: a platform each, and one self-test for all of them."""
