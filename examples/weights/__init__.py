"""A consumer of the beats: weights in, perturbed weights out, one beat a cycle."""
