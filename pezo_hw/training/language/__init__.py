"""Experiments on a pretrained language model; most modules need the extra ``lm``."""
